//! The word of a lock that names its owner.
//!
//! The locks of coopt-sync store such words, and a deadlock report reads the
//! owner from them. The runtime packs the first waiter into one: what
//! `futex_handoff` returns *is* the word that the lock stores next.
//!
//! | word | state |
//! |---|---|
//! | 0 | free |
//! | id | held by thread `id`, nobody waits |
//! | id, [`WAITERS`] | held by thread `id`, somebody may wait |
//!
//! The lock of a robust mutex has more states. They follow the death of an
//! owner, while nobody has declared the guarded data consistent:
//!
//! | word | state |
//! |---|---|
//! | [`OWNER_DIED`] | free; whoever takes it is told |
//! | id, [`OWNER_DIED`] (, [`WAITERS`]) | held by `id`, which was told |
//! | [`NOT_RECOVERABLE`] | nobody takes it ever again |
//!
//! No such word equals 0 or a bare id, so fast paths need not test for them.

use crate::thread::{ID_MAX, ThreadId};

/// The bits that hold the owner's id.
pub const OWNER: u32 = ID_MAX;

/// Set while threads may wait for the lock.
pub const WAITERS: u32 = 1 << 31;

/// Set in a robust lock's word from its owner's death until a later owner
/// declares the guarded data consistent.
pub const OWNER_DIED: u32 = 1 << 30;

/// A robust lock's word once an owner unlocked it without declaring the guarded
/// data consistent.
pub const NOT_RECOVERABLE: u32 = 1 << 29;

const _: () = assert!(
    OWNER ^ NOT_RECOVERABLE ^ OWNER_DIED ^ WAITERS == u32::MAX,
    "flags and owner share the word"
);

/// Whom a hand-off made runnable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// The first waiter: the one that had waited longest, of those with the
    /// highest priority. It runs when its turn comes.
    pub to: ThreadId,
    /// Whether others still wait.
    pub more: bool,
}

impl Handoff {
    /// The word of a lock after this hand-off, or after one that found nobody.
    #[inline(always)]
    #[must_use]
    pub const fn to_word(handoff: Option<Self>) -> u32 {
        match handoff {
            Some(Self { to, more: true }) => to.get() | WAITERS,
            Some(Self { to, more: false }) => to.get(),
            None => 0,
        }
    }

    /// The hand-off in a word that [`to_word`](Self::to_word) made.
    #[inline(always)]
    #[must_use]
    pub const fn from_word(word: u32) -> Option<Self> {
        match ThreadId::in_word(word) {
            Some(to) => Some(Self {
                to,
                more: word & WAITERS != 0,
            }),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_a_handoff() {
        let to = ThreadId::new(ID_MAX).expect("an id");
        for handoff in [
            None,
            Some(Handoff { to, more: false }),
            Some(Handoff { to, more: true }),
        ] {
            assert_eq!(Handoff::from_word(Handoff::to_word(handoff)), handoff);
        }
    }
}
