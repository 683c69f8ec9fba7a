//! A bare word to wait on: the futex that wasi-libc offers to other runtimes.

use coopt_abi::wait::{Outcome, Reason, WaitKind};
use coopt_sync::{Deadline, Error, Platform as _, Word};

use crate::calls;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;

/// Parks the caller until a wake-up or `deadline`, if `word` holds `expected`.
///
/// # Errors
///
/// [`Error::Busy`] when the word differs; [`Error::TimedOut`],
/// [`Error::Interrupted`], [`Error::Malformed`].
pub fn wait<S: System>(s: &S, word: &Word, expected: u32, deadline: Deadline) -> Result<(), Error> {
    switch::begin(s, calls::FUTEX_WAIT);
    // SWITCH: any thread may run, and any may change the word.
    switch::wait(s, calls::FUTEX_WAIT, || {
        loop {
            if word.get() != expected {
                return Err(Error::Busy);
            }
            let until = deadline.start(&Posix(s))?;
            let reason = Reason::new(WaitKind::Futex);
            return match Posix(s).wait(word, expected, until, reason) {
                Outcome::Woken => Ok(()),
                Outcome::NotEqual => Err(Error::Busy),
                Outcome::Interrupted => Err(Error::Interrupted),
                Outcome::TimedOut if deadline.is_over(&Posix(s)) => Err(Error::TimedOut),
                // The time of day was set back.
                Outcome::TimedOut => continue,
            };
        }
    })
}

/// What a thread that wakes others does about its own turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The thread lets those go first whom it has woken, among others.
    Yield,
    /// The thread keeps its turn, but for threads of higher priority.
    Keep,
}

/// Wakes up to `count` waiters, the first ones; returns how many.
pub fn wake<S: System>(s: &S, word: &Word, count: u32, turn: Turn) -> u32 {
    switch::begin(s, calls::ASK);
    let woken = s.futex_wake(word, count);
    if woken > 0 {
        match turn {
            // SWITCH: every other runnable thread.
            Turn::Yield => switch::yield_now(s),
            // SWITCH: threads of higher priority.
            Turn::Keep => switch::preempt(s),
        }
    }
    woken
}
