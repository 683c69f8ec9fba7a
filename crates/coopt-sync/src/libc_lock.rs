//! The lock that libc puts around its own state.

use coopt_abi::wait::{Reason, WaitKind};

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, LockWord, Platform, Word};

/// A lock without kinds, deadlines or errors: one word, as C's `int lock[1]`.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct LibcLock(LockWord);

impl LibcLock {
    /// A free lock.
    #[must_use]
    pub const fn new() -> Self {
        Self(LockWord::new())
    }

    /// Takes the lock. The report names a thread that deadlocks on its own
    /// lock.
    #[inline]
    pub fn lock<P: Platform>(&self, p: &P) {
        if !self.0.try_lock(p.current()) {
            self.lock_contended(p);
        }
    }

    /// Releases the lock, which the caller holds.
    #[inline]
    pub fn unlock<P: Platform>(&self, p: &P) {
        debug_assert_eq!(
            self.0.owner(),
            Some(p.current()),
            "libc unlocks what it locked"
        );
        if !self.0.try_unlock(p.current()) {
            self.unlock_contended(p);
        }
    }

    #[cold]
    #[inline(never)]
    fn lock_contended<P: Platform>(&self, p: &P) {
        let taken = acquire(p, self, Deadline::Never);
        debug_assert_eq!(taken, Ok(()), "nothing ends this wait but the hand-off");
    }

    #[cold]
    #[inline(never)]
    fn unlock_contended<P: Platform>(&self, p: &P) {
        self.0.hand_off(p);
        // SWITCH: whoever got the lock runs first if its priority is higher.
        p.preempt();
    }
}

impl<P: Platform> Acquire<P> for LibcLock {
    fn try_take(&self, p: &P) -> Option<Result<(), Error>> {
        self.0.try_lock(p.current()).then_some(Ok(()))
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        self.0.mark_waiters();
        (self.0.word(), Reason::owned(WaitKind::LibcLock))
    }
}
