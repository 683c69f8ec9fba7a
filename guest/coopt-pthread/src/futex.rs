//! `__wasilibc_futex_wait` and `__wasilibc_futex_wake`: the futex that
//! wasi-libc offers to other runtimes (its `wasi/libc.h`), in the form it has
//! since it knows cooperative threads.
//!
//! `coopt.h` has what goes beyond it: requeueing, hand-off, reasons for reports.

use core::ffi::{c_int, c_uint};

use coopt_sync::{Deadline, Outcome, Platform, Reason, WaitKind, Word};

use crate::errno::{Errno, count_or_negated, negated};
use crate::platform::Coopt;
use crate::time::{ClockId, Timespec};

/// `__WASILIBC_FUTEX_*` (`wasi/libc.h`).
const YIELD: c_uint = 1 << 0;
const TIMESPEC_ABSOLUTE: c_uint = 1 << 1;

/// The word at an address that a program passed.
fn word_at(address: *const Word) -> Result<&'static Word, Errno> {
    if address.is_null() || !address.is_aligned() {
        return Err(Errno::INVAL);
    }
    // SAFETY: the program's promise: a word of its memory, which never goes
    // away; it is read and written through cells only.
    Ok(unsafe { &*address })
}

/// The deadline that the arguments of a wait mean.
fn deadline(clock: ClockId, at: Option<&Timespec>, flags: c_uint) -> Result<Deadline, Errno> {
    let Some(at) = at else {
        return Ok(Deadline::Never);
    };
    if flags & TIMESPEC_ABSOLUTE != 0 {
        return at.deadline_on(clock);
    }
    clock.clock()?;
    at.deadline_from_now()
}

fn wait(word: &Word, expected: u32, deadline: Deadline) -> Result<(), Errno> {
    loop {
        if word.get() != expected {
            return Err(Errno::AGAIN);
        }
        let until = deadline.start(&Coopt)?;
        // SWITCH: any thread may run, and any may change the word.
        return match Coopt.wait(word, expected, until, Reason::new(WaitKind::Futex)) {
            Outcome::Woken => Ok(()),
            Outcome::NotEqual => Err(Errno::AGAIN),
            Outcome::Interrupted => Err(Errno::INTR),
            Outcome::TimedOut if deadline.is_over(&Coopt) => Err(Errno::TIMEDOUT),
            Outcome::TimedOut => continue,
        };
    }
}

/// Wakes `count` waiters, or all when that is negative; how many there were.
fn wake(word: &Word, count: c_int, flags: c_uint) -> Result<u32, Errno> {
    if flags & !YIELD != 0 {
        return Err(Errno::INVAL);
    }
    let woken = Coopt.wake(word, u32::try_from(count).unwrap_or(u32::MAX));
    if woken > 0 {
        // SWITCH: with YIELD those who were woken run, among others, else those
        // of higher priority.
        if flags & YIELD != 0 {
            Coopt.yield_now();
        } else {
            Coopt.preempt();
        }
    }
    Ok(woken)
}

/// Parks while `*address == expected`, until it is woken or the time `at` of
/// `clock` has come, or has passed since the call without
/// `__WASILIBC_FUTEX_TIMESPEC_ABSOLUTE`; without `at`, for ever.
///
/// Returns 0, or a negated `EAGAIN` (the word differs), `ETIMEDOUT`, `EINVAL`
/// (a flag, a clock, a time or an address that is none) or `EINTR`.
#[unsafe(no_mangle)]
pub extern "C" fn __wasilibc_futex_wait(
    address: *const Word,
    expected: c_int,
    clock: ClockId,
    at: Option<&Timespec>,
    flags: c_uint,
) -> c_int {
    if flags & !TIMESPEC_ABSOLUTE != 0 {
        return negated(Err(Errno::INVAL));
    }
    negated(word_at(address).and_then(|word| {
        let deadline = deadline(clock, at, flags)?;
        wait(word, expected.cast_unsigned(), deadline)
    }))
}

/// Wakes up to `count` waiters of `address`, oldest first, or all when it is
/// negative; `__WASILIBC_FUTEX_YIELD` lets them run at once. Returns how many,
/// or a negated `EINVAL`.
#[unsafe(no_mangle)]
pub extern "C" fn __wasilibc_futex_wake(
    address: *const Word,
    count: c_int,
    flags: c_uint,
) -> c_int {
    count_or_negated(word_at(address).and_then(|word| wake(word, count, flags)))
}
