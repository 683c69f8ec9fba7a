//! Priorities as C has them.

use core::ffi::c_int;

use coopt_sync::Priority;
use coopt_threads::mutex::REALTIME_MIN;

/// The priority with this number, if there is one.
pub fn new(number: c_int) -> Option<Priority> {
    Priority::new(u32::try_from(number).ok()?)
}

/// The priority with this number, if `SCHED_FIFO` and `SCHED_RR` have it.
pub fn realtime(number: c_int) -> Option<Priority> {
    new(number).filter(|priority| *priority >= REALTIME_MIN)
}

/// The number of a priority.
pub fn as_int(priority: Priority) -> c_int {
    priority.get().cast_signed()
}
