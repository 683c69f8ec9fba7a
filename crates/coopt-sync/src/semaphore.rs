//! Counting semaphores.
//!
//! | word | state |
//! |---|---|
//! | `n` up to [`VALUE_MAX`] | `n` units, nobody waits |
//! | [`WAITERS`] | no unit, somebody may wait |

use coopt_abi::lock_word::WAITERS;
use coopt_abi::wait::{Reason, WaitKind};

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, Platform, Word};

/// The largest value (POSIX's `SEM_VALUE_MAX`).
pub const VALUE_MAX: u32 = i32::MAX.unsigned_abs();

const _: () = assert!(
    VALUE_MAX < WAITERS,
    "a value is told from the mark of waiters"
);

/// A counting semaphore.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct Semaphore {
    word: Word,
}

impl Semaphore {
    /// A semaphore with `value` units, at most [`VALUE_MAX`].
    #[must_use]
    pub const fn new(value: u32) -> Self {
        debug_assert!(value <= VALUE_MAX);
        Self {
            word: Word::new(value),
        }
    }

    /// The number of units; 0 while threads wait.
    #[must_use]
    pub fn value(&self) -> u32 {
        self.word.get() & VALUE_MAX
    }

    /// Takes a unit, waiting until `deadline` for one.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`]; [`Error::Malformed`]; [`Error::Interrupted`].
    // Inlined because each return after a switch costs: the processor predicts
    // a return into the frames of the other thread.
    #[inline(always)]
    pub fn wait<P: Platform>(&self, p: &P, deadline: Deadline) -> Result<(), Error> {
        acquire(p, self, deadline)
    }

    /// Takes a unit if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`].
    #[inline]
    pub fn try_wait(&self) -> Result<(), Error> {
        match self.value() {
            0 => Err(Error::Busy),
            value => {
                self.word.set(value - 1);
                Ok(())
            }
        }
    }

    /// Adds a unit, or gives it to the first waiter.
    ///
    /// # Errors
    ///
    /// [`Error::TooMany`] at [`VALUE_MAX`].
    #[inline]
    pub fn post<P: Platform>(&self, p: &P) -> Result<(), Error> {
        match self.word.get() {
            WAITERS => self.post_contended(p),
            VALUE_MAX => return Err(Error::TooMany),
            value => self.word.set(value + 1),
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn post_contended<P: Platform>(&self, p: &P) {
        debug_assert_eq!(
            self.value(),
            0,
            "threads wait only while there is no unit (I3)"
        );
        self.word.set(match p.handoff(&self.word) {
            Some(handoff) if handoff.more => WAITERS,
            Some(_) => 0,
            None => 1,
        });
        // SWITCH: whoever got the unit runs first if its priority is higher.
        // That thread may destroy the semaphore.
        p.preempt();
    }
}

impl<P: Platform> Acquire<P> for Semaphore {
    fn try_take(&self, _p: &P) -> Option<Result<(), Error>> {
        self.try_wait().ok().map(Ok)
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        debug_assert_eq!(self.value(), 0, "nobody waits while there is a unit (I3)");
        self.word.set(WAITERS);
        (&self.word, Reason::new(WaitKind::Semaphore))
    }
}
