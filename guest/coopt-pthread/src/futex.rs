//! `__wasilibc_futex_wait`: what other runtimes know of wasi-libc's futex.

use core::ffi::c_int;

use coopt_sync::{Clock, Instant, Object, Platform, Reason, Wait, Word};

use crate::errno::{Errno, negated};
use crate::platform::Coopt;

/// Parks while `*word == expected`, at most `timeout_ns` nanoseconds (for ever
/// if that is negative). Returns 0, or a negated `EAGAIN` (the word differs),
/// `ETIMEDOUT` or `EINTR`. The operation `_op` is always Linux's `FUTEX_WAIT`.
#[unsafe(no_mangle)]
pub extern "C" fn __wasilibc_futex_wait(
    word: &Word,
    _op: c_int,
    expected: c_int,
    timeout_ns: i64,
) -> c_int {
    let deadline = u64::try_from(timeout_ns).ok().map(|ns| {
        let now = Coopt.now(Clock::Monotonic);
        Instant::from_ns(now.as_ns().saturating_add(ns))
    });
    // SWITCH: any thread may run, and any may change the word.
    let wait = Coopt.wait(
        word,
        expected.cast_unsigned(),
        deadline,
        Reason::new(Object::Futex),
    );
    negated(match wait {
        Wait::Woken => Ok(()),
        Wait::NotEqual => Err(Errno::AGAIN),
        Wait::TimedOut => Err(Errno::TIMEDOUT),
        Wait::Interrupted => Err(Errno::INTR),
    })
}
