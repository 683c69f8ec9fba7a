//! `__wasilibc_futex_wait` and `__wasilibc_futex_wake`: the futex that
//! wasi-libc offers to other runtimes (its `wasi/libc.h`), in its form for
//! cooperative threads.
//!
//! `coopt.h` has what it lacks: requeueing, hand-off, reasons for reports.

use core::ffi::{c_int, c_uint};

use coopt_abi::header::{__WASILIBC_FUTEX_TIMESPEC_ABSOLUTE, __WASILIBC_FUTEX_YIELD};
use coopt_sync::{Deadline, Error, Word};
use coopt_threads::objects::futex::{self, Turn};

use crate::answer::c_functions;
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::time::{ClockId, Timespec};

const YIELD: c_uint = __WASILIBC_FUTEX_YIELD.cast_unsigned();
const ABSOLUTE: c_uint = __WASILIBC_FUTEX_TIMESPEC_ABSOLUTE.cast_unsigned();

/// The word at an address that a program passed.
fn word_at(address: *const Word) -> Result<&'static Word, Errno> {
    if address.is_null() || !address.is_aligned() {
        return Err(Errno::INVAL);
    }
    // SAFETY: the program promises that `address` is a word of its memory,
    // which never goes away. The word is read and written through cells only.
    Ok(unsafe { &*address })
}

/// The deadline that the arguments of a wait mean.
fn deadline(clock: ClockId, at: Option<&Timespec>, flags: c_uint) -> Result<Deadline, Errno> {
    let Some(at) = at else {
        return Ok(Deadline::Never);
    };
    if flags & ABSOLUTE != 0 {
        return at.deadline_on(clock);
    }
    clock.clock()?;
    at.deadline_from_now()
}

fn check(flags: c_uint, known: c_uint) -> Result<(), Errno> {
    if flags & !known != 0 {
        return Err(Errno::INVAL);
    }
    Ok(())
}

c_functions! {
    /// Parks the caller, if `*address == expected`, until it is woken or until
    /// `at`: a time of `clock` with `__WASILIBC_FUTEX_TIMESPEC_ABSOLUTE`, else
    /// a time from now. Without `at` the caller may wait for ever.
    ///
    /// Returns 0, or a negated `EAGAIN` (the word differs), `ETIMEDOUT`,
    /// `EINVAL` (an invalid flag, clock, time or address) or `EINTR`.
    fn __wasilibc_futex_wait(
        address: *const Word,
        expected: c_int,
        clock: ClockId,
        at: Option<&Timespec>,
        flags: c_uint,
    ) -> negated {
        check(flags, ABSOLUTE)?;
        let word = word_at(address)?;
        let deadline = deadline(clock, at, flags)?;
        futex::wait(&Coopt, word, expected.cast_unsigned(), deadline).map_err(
            |error| match error {
                Error::Busy => Errno::AGAIN,
                error => error.into(),
            },
        )?;
        0
    }

    /// Wakes up to `count` waiters of `address`, by priority and then by
    /// arrival, or all when `count` is negative. `__WASILIBC_FUTEX_YIELD` lets
    /// them run at once. Returns how many were woken, or a negated `EINVAL`.
    fn __wasilibc_futex_wake(address: *const Word, count: c_int, flags: c_uint) -> negated {
        check(flags, YIELD)?;
        let turn = if flags & YIELD != 0 { Turn::Yield } else { Turn::Keep };
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        futex::wake(&Coopt, word_at(address)?, count, turn)
    }
}
