//! C11 threads: `threads.h`.
//!
//! Other names for what [`crate::thread`] and its neighbours are: a `mtx_t` is
//! a `pthread_mutex_t`, a `tss_t` a `pthread_key_t`, and so on, so that a
//! program may mix both, and POSIX.1-2024 says the same of both. What differs
//! is how a call answers: see [`Outcome`].
//!
//! `thrd_sleep` is part of the C library (`sysroot/src/clock_nanosleep.c`).
//!
//! | file | functions |
//! |---|---|
//! | [`thrd`] | `thrd_*` |
//! | [`mtx`], [`cnd`] | `mtx_*`, `cnd_*` |
//! | [`tss`] | `tss_*`, `call_once` |

mod cnd;
mod mtx;
mod thrd;
mod tss;

use core::ffi::c_int;

use crate::errno::Errno;

/// How a function of `threads.h` answers: `thrd_success` and its kin.
#[derive(Clone, Copy)]
#[repr(i32)]
enum Outcome {
    Success = 0,
    Busy = 1,
    Error = 2,
    NoMemory = 3,
    TimedOut = 4,
}

impl Outcome {
    /// The outcome that an error stands for. It is one to one as far as
    /// `threads.h` has names: each function's page says which it can return.
    const fn of(error: Errno) -> Self {
        match error {
            Errno::BUSY => Self::Busy,
            Errno::TIMEDOUT => Self::TimedOut,
            Errno::NOMEM => Self::NoMemory,
            _ => Self::Error,
        }
    }
}

/// The one place where an outcome becomes an `int`.
fn outcome(result: Result<(), Errno>) -> c_int {
    let outcome = match result {
        Ok(()) => Outcome::Success,
        Err(error) => Outcome::of(error),
    };
    outcome as c_int
}

/// [`outcome`] of a function of `pthread.h`, which answers 0 or an error
/// number.
fn outcome_of(answer: c_int) -> c_int {
    outcome(Errno::check(answer))
}

#[allow(
    unused_imports,
    reason = "the signature asserts name every exported function"
)]
pub mod exports {
    //! The functions of `threads.h` that are defined in this module.
    pub use super::cnd::*;
    pub use super::mtx::*;
    pub use super::thrd::*;
    pub use super::tss::*;
}
