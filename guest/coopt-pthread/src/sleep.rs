//! Sleeping: the one wait that `libc.a` does by itself, in `clock_nanosleep`.

use core::ffi::c_int;

use coopt_abi::guest::WAIT_INTERRUPTED;
use coopt_sync::Error;

use crate::cancel;
use crate::errno::status;
use crate::imports;

/// Parks the caller until `deadline_ns` on the monotonic clock; a cancellation
/// point. Returns 0, or `EINTR`.
#[unsafe(no_mangle)]
pub extern "C" fn __coopt_sleep_until(deadline_ns: i64) -> c_int {
    status(cancel::at_point(|| {
        // SWITCH: other threads run until the deadline.
        match imports::sleep_until(deadline_ns) {
            WAIT_INTERRUPTED => Err(Error::Interrupted),
            _timed_out => Ok(()),
        }
    }))
}
