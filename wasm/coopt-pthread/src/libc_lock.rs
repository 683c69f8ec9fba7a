//! What `libc.a` leans on: its locks, the one wait that it does by itself, and
//! its polling.

use core::ffi::c_int;

use coopt_sync::{Error, Instant, LibcLock, Outcome};
use coopt_threads::platform::Posix;
use coopt_threads::{calls, switch};

use crate::answer::c_functions;
use crate::coopt::Coopt;

/// libc's locks are ints, initially 0 (musl's `lock.h`).
const _: () = assert!(size_of::<LibcLock>() == size_of::<c_int>());

c_functions! {
    /// Takes one of libc's locks.
    fn __lock(lock: &LibcLock) {
        lock.lock(&Posix(&Coopt));
    }

    /// Releases one of libc's locks.
    fn __unlock(lock: &LibcLock) {
        lock.unlock(&Posix(&Coopt));
    }

    /// Notes a call of libc that a loop may wait by: to read a clock, to write
    /// to a stream.
    fn __coopt_note_poll() {
        switch::begin(&Coopt, calls::ASK);
    }

    /// Parks the caller until `deadline_ns` on the monotonic clock; a
    /// cancellation point. Returns 0, or `EINTR` when a signal came first,
    /// whatever its handler says about interrupted calls.
    fn __coopt_sleep_until(deadline_ns: i64) -> status {
        // No thread lives for 584 years.
        let deadline = Instant::from_ns(u64::try_from(deadline_ns).unwrap_or(u64::MAX));
        switch::begin(&Coopt, calls::SLEEP);
        // SWITCH: other threads run until the deadline, or a signal.
        switch::wait(&Coopt, calls::SLEEP, || match switch::sleep(&Coopt, deadline) {
            Outcome::Interrupted => Err(Error::Interrupted),
            _timed_out => Ok(()),
        })?
    }
}
