//! A lock in one word: who holds it, and whether somebody waits.
//!
//! | word | state |
//! |---|---|
//! | 0 | free |
//! | id | held by thread `id`, nobody waits |
//! | id, [`WAITERS`] | held by thread `id`, somebody may wait |
//!
//! Bits 29 and 30 are free for the states of robust mutexes.

use crate::{Platform, ThreadId, Word};

/// Set in a lock's word while threads may wait for it.
pub const WAITERS: u32 = 1 << 31;

const _: () = assert!(
    WAITERS & ThreadId::MAX == 0,
    "flags and owner share the word"
);

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

    /// Takes the lock for `me` if nobody holds it.
    #[inline]
    #[must_use]
    pub fn try_lock(&self, me: ThreadId) -> bool {
        let free = self.0.get() == 0;
        if free {
            self.0.set(me.number());
        }
        free
    }

    /// Frees the lock if `me` holds it and nobody waits.
    #[inline]
    #[must_use]
    pub(crate) fn try_unlock(&self, me: ThreadId) -> bool {
        let quiet = self.0.get() == me.number();
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
        self.0.set(to.number());
    }

    /// Gives the lock to the oldest waiter, or frees it when there is none.
    #[cold]
    #[inline(never)]
    pub(crate) fn hand_off<P: Platform>(&self, p: &P) {
        debug_assert!(self.owner().is_some(), "a free lock was released");
        let next = match p.handoff(&self.0) {
            Some(handoff) if handoff.more => handoff.to.number() | WAITERS,
            Some(handoff) => handoff.to.number(),
            None => 0,
        };
        self.0.set(next);
    }
}
