//! A gate that opens once, such as the end of a thread.

use coopt_abi::wait::Reason;

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, Platform, Word};

const CLOSED: u32 = 0;
const AWAITED: u32 = 1;
const OPEN: u32 = 2;

/// A gate that is closed until it is opened, and then open for ever.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct Latch {
    word: Word,
}

impl Latch {
    /// A closed gate.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            word: Word::new(CLOSED),
        }
    }

    /// Whether the gate is open.
    #[inline]
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.word.get() == OPEN
    }

    /// Opens the gate and lets all waiters go. No waiter runs before the caller
    /// gives up its turn, not even one of higher priority: a thread that opens
    /// the gate at its own end must not switch again.
    pub fn open<P: Platform>(&self, p: &P) {
        debug_assert!(!self.is_open(), "a gate opens once");
        let awaited = self.word.get() == AWAITED;
        self.word.set(OPEN);
        if awaited {
            p.wake(&self.word, u32::MAX);
        }
    }

    /// Waits until `deadline` for the gate to open, for the given reason.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`]; [`Error::Malformed`]; [`Error::Interrupted`] if
    /// the reason's wait can be interrupted.
    pub fn wait<P: Platform>(
        &self,
        p: &P,
        deadline: Deadline,
        reason: Reason,
    ) -> Result<(), Error> {
        acquire(
            p,
            &Passage {
                latch: self,
                reason,
            },
            deadline,
        )
    }
}

/// A thread that waits at a gate.
struct Passage<'a> {
    latch: &'a Latch,
    reason: Reason,
}

impl<P: Platform> Acquire<P> for Passage<'_> {
    fn try_take(&self, _p: &P) -> Option<Result<(), Error>> {
        self.latch.is_open().then_some(Ok(()))
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        self.latch.word.set(AWAITED);
        (&self.latch.word, self.reason)
    }
}
