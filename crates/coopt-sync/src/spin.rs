//! Spin locks.

use coopt_abi::wait::{Reason, WaitKind};

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, LockWord, Platform, Word};

/// A lock in one word. A thread that finds the lock held parks and is handed
/// it. Spinning would not help: no second processor runs the owner, and a
/// spinning thread of higher priority would keep the owner from releasing the
/// lock.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct SpinLock(LockWord);

impl SpinLock {
    /// A free lock.
    #[must_use]
    pub const fn new() -> Self {
        Self(LockWord::new())
    }

    /// Locks.
    ///
    /// # Errors
    ///
    /// [`Error::Deadlock`] when the caller already holds it.
    #[inline]
    pub fn lock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.0.try_lock(p.current()) {
            return Ok(());
        }
        self.lock_contended(p)
    }

    /// Locks without waiting.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when anybody holds it.
    #[inline]
    pub fn try_lock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.0.try_lock(p.current()) {
            Ok(())
        } else {
            Err(Error::Busy)
        }
    }

    /// Whether anybody holds the lock.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.0.owner().is_some()
    }

    /// Unlocks.
    ///
    /// # Errors
    ///
    /// [`Error::NotOwner`] when the caller does not hold it.
    #[inline]
    pub fn unlock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.0.try_unlock(p.current()) {
            return Ok(());
        }
        self.unlock_contended(p)
    }

    #[cold]
    #[inline(never)]
    fn lock_contended<P: Platform>(&self, p: &P) -> Result<(), Error> {
        acquire(p, self, Deadline::Never)
    }

    #[cold]
    #[inline(never)]
    fn unlock_contended<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.0.owner() != Some(p.current()) {
            return Err(Error::NotOwner);
        }
        self.0.hand_off(p);
        // SWITCH: whoever got the lock runs first if its priority is higher.
        p.preempt();
        Ok(())
    }
}

impl<P: Platform> Acquire<P> for SpinLock {
    fn try_take(&self, p: &P) -> Option<Result<(), Error>> {
        if self.0.owner() == Some(p.current()) {
            return Some(Err(Error::Deadlock));
        }
        self.0.try_lock(p.current()).then_some(Ok(()))
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        self.0.mark_waiters();
        (self.0.word(), Reason::owned(WaitKind::SpinLock))
    }
}
