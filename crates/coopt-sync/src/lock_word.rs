//! A lock in one word, whose bits [`coopt_abi::lock_word`] explains: who holds
//! it, whether somebody waits, and what became of a robust mutex's last owner.

use coopt_abi::lock_word::{Handoff, NOT_RECOVERABLE, OWNER_DIED, WAITERS};
use coopt_abi::thread::ThreadId;

use crate::platform::Platform;
use crate::word::Word;

/// The word of a lock that is handed from owner to owner.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct LockWord(Word);

impl LockWord {
    /// A free lock.
    #[must_use]
    pub const fn new() -> Self {
        Self(Word::new(0))
    }

    /// The word to park on.
    #[inline]
    pub(crate) fn word(&self) -> &Word {
        &self.0
    }

    /// Who holds the lock.
    #[inline]
    #[must_use]
    pub fn owner(&self) -> Option<ThreadId> {
        ThreadId::in_word(self.0.get())
    }

    /// Whether somebody may wait.
    pub(crate) fn has_waiters(&self) -> bool {
        self.0.get() & WAITERS != 0
    }

    /// Takes the lock for `me` if nobody holds it.
    #[inline]
    #[must_use]
    pub fn try_lock(&self, me: ThreadId) -> bool {
        let free = self.0.get() == 0;
        if free {
            self.0.set(me.get());
        }
        free
    }

    /// Frees the lock if `me` holds it and nobody waits.
    #[inline]
    #[must_use]
    pub(crate) fn try_unlock(&self, me: ThreadId) -> bool {
        let quiet = self.0.get() == me.get();
        if quiet {
            self.0.set(0);
        }
        quiet
    }

    /// Notes that a thread is about to wait, or was moved here to wait.
    pub(crate) fn mark_waiters(&self) {
        debug_assert!(self.owner().is_some(), "nobody waits for a free lock (I3)");
        self.0.set(self.0.get() | WAITERS);
    }

    /// Makes `to`, which was woken elsewhere, the owner of this free lock.
    pub(crate) fn grant(&self, to: ThreadId) {
        debug_assert!(self.owner().is_none(), "only a free lock can be given away");
        debug_assert!(!self.is_unrecoverable(), "nobody takes it ever again");
        self.0.set(to.get() | self.0.get() & OWNER_DIED);
    }

    /// Gives the lock to the first waiter, or frees it when there is none.
    #[cold]
    #[inline(never)]
    pub(crate) fn hand_off<P: Platform>(&self, p: &P) {
        debug_assert!(!self.is_inconsistent(), "the next owner would not be told");
        self.hand_off_as(p, 0);
    }

    /// Hands the lock off and leaves `state` in the word, beside the next
    /// owner.
    fn hand_off_as<P: Platform>(&self, p: &P, state: u32) {
        debug_assert!(self.owner().is_some(), "a free lock was released");
        let next = Handoff::to_word(p.handoff(&self.0));
        self.0.set(next | state);
    }
}

/// The states of a robust lock.
impl LockWord {
    /// Whether an owner died and nobody has repaired the damage since.
    pub(crate) fn is_inconsistent(&self) -> bool {
        self.0.get() & OWNER_DIED != 0
    }

    /// Whether nobody takes the lock ever again.
    pub(crate) fn is_unrecoverable(&self) -> bool {
        self.0.get() == NOT_RECOVERABLE
    }

    /// Takes for `me` the free lock of a thread that died.
    pub(crate) fn try_inherit(&self, me: ThreadId) -> bool {
        let orphaned = self.0.get() == OWNER_DIED;
        if orphaned {
            self.grant(me);
        }
        orphaned
    }

    /// Releases the lock of an owner that dies: the next owner is told.
    pub(crate) fn hand_down<P: Platform>(&self, p: &P) {
        self.hand_off_as(p, OWNER_DIED);
    }

    /// Notes that its owner has repaired what the lock guards.
    pub(crate) fn mend(&self) {
        debug_assert!(self.owner().is_some(), "nobody repaired it");
        self.0.set(self.0.get() & !OWNER_DIED);
    }

    /// Releases the lock for ever: all waiters wake and find it unrecoverable.
    pub(crate) fn condemn<P: Platform>(&self, p: &P) {
        debug_assert!(self.owner().is_some(), "a free lock was released");
        self.0.set(NOT_RECOVERABLE);
        p.wake(&self.0, u32::MAX);
    }
}
