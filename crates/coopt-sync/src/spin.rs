//! Spin locks.

use crate::{Error, LockWord, Platform};

/// A lock whose waiters stay runnable. There is no second processor to hold
/// it meanwhile, so a waiter yields at once instead of spinning.
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
        let me = p.current();
        while !self.0.try_lock(me) {
            if self.0.owner() == Some(me) {
                return Err(Error::Deadlock);
            }
            // SWITCH: any thread may run; the lock may be free, or another's.
            p.yield_now();
        }
        Ok(())
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
            Ok(())
        } else {
            Err(Error::NotOwner)
        }
    }
}
