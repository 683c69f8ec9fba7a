//! The calls about time: clocks and sleeps.

use crate::runtime::with;
use crate::{host, program_memory};

/// An absolute deadline as the program passes it: negative for never.
pub fn deadline(deadline: i64) -> Option<u64> {
    u64::try_from(deadline).ok()
}

/// `coopt.clock_monotonic`
#[unsafe(no_mangle)]
pub extern "C" fn clock_monotonic() -> u64 {
    with(|runtime| runtime.clock.now())
}

/// preview1's `clock_time_get`: the monotonic clock is read without the
/// detour through the adapter, and is the same clock that deadlines are on.
#[unsafe(no_mangle)]
pub extern "C" fn clock_time_get(id: u32, precision: u64, time: u32) -> i32 {
    if id != host::MONOTONIC {
        return host::preview1::clock_time_get(id, precision, time);
    }
    program_memory::store64(time, host::now());
    0
}

/// `coopt.sleep_until`
#[unsafe(no_mangle)]
pub extern "C" fn sleep_until(until: i64) -> u32 {
    with(|runtime| {
        // No thread lives for 584 years.
        let until = deadline(until).unwrap_or(u64::MAX);
        let action = runtime.scheduler.sleep_until(until);
        runtime.settle(action)
    })
}

/// preview1's `proc_exit`
#[unsafe(no_mangle)]
pub extern "C" fn proc_exit(code: u32) -> ! {
    host::exit(code)
}
