//! The calls about time: clocks and sleeps.

use crate::runtime::with;

/// An absolute deadline as the program passes it: negative for never.
pub fn deadline(deadline: i64) -> Option<u64> {
    u64::try_from(deadline).ok()
}

/// `coopt.clock_monotonic`
#[unsafe(no_mangle)]
pub extern "C" fn clock_monotonic() -> u64 {
    with(|runtime| runtime.clock.now())
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
