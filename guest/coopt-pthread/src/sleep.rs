//! Sleeping: the one wait that `libc.a` does by itself, in `clock_nanosleep`.

use core::ffi::c_int;

use coopt_sync::{Error, Outcome};

use crate::cancel;
use crate::errno::status;
use crate::{imports, signal};

/// Parks the caller until `deadline_ns` on the monotonic clock; a cancellation
/// point. Returns 0, or `EINTR` when a signal came first, whatever its handler
/// says about interrupted calls.
#[unsafe(no_mangle)]
pub extern "C" fn __coopt_sleep_until(deadline_ns: i64) -> c_int {
    status(cancel::at_point(|| {
        // SWITCH: other threads run until the deadline, or a signal.
        let answer = imports::sleep_until(deadline_ns);
        signal::act();
        match Outcome::from_bits(answer) {
            Outcome::Interrupted => Err(Error::Interrupted),
            _timed_out => Ok(()),
        }
    }))
}
