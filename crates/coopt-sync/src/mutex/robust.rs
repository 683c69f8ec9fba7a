//! Robust mutexes: what the death of an owner leaves behind.
//!
//! An owner that ends [*abandons*](Mutex::abandon) the mutex, and whoever gets
//! it next is told ([`Error::OwnerDied`]) and holds it. That thread repairs
//! what the mutex guards and declares it [*consistent*](Mutex::consistent). If
//! that thread unlocks without doing so, nobody can trust the data ever again:
//! every waiter and every later locker is sent away with
//! [`Error::NotRecoverable`].
//!
//! A woken thread reads what it got from the lock's word (invariant I2). Until
//! then other threads change nothing there but the mark of waiters.

use super::{Kind, Mutex};
use crate::{Error, Platform};

impl Mutex {
    /// Set in the kind word of a robust mutex.
    pub const ROBUST: u32 = 4;

    /// A free mutex whose owners may die.
    #[must_use]
    pub const fn robust(kind: Kind) -> Self {
        Self::from_bits(kind.number() | Self::ROBUST)
    }

    /// Whether the death of an owner is noticed.
    #[inline]
    #[must_use]
    pub fn is_robust(&self) -> bool {
        self.bits() & Self::ROBUST != 0
    }

    /// Declares that what the mutex guards is in order again, after a lock
    /// that returned [`Error::OwnerDied`] (POSIX `pthread_mutex_consistent`).
    ///
    /// # Errors
    ///
    /// [`Error::Consistent`] when the mutex is not robust or no owner died;
    /// [`Error::NotOwner`] when the caller does not hold it.
    pub fn consistent<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if !self.is_robust() || !self.lock.is_inconsistent() {
            return Err(Error::Consistent);
        }
        if !self.is_mine(p) {
            return Err(Error::NotOwner);
        }
        self.lock.mend();
        Ok(())
    }

    /// Releases a robust mutex whose owner, the caller, is ending. The first
    /// waiter, or else the next locker, gets it with [`Error::OwnerDied`].
    ///
    /// No other thread runs inside, so an ending thread can abandon several
    /// mutexes, one after the other.
    pub fn abandon<P: Platform>(&self, p: &P) {
        debug_assert!(self.is_robust(), "others stay locked for ever");
        debug_assert!(self.is_mine(p), "one abandons what one holds");
        self.depth.set(0);
        self.lock.hand_down(p);
    }

    /// What a locker gets of a mutex that nobody holds since an owner died;
    /// `None` for any other mutex.
    pub(super) fn take_damaged<P: Platform>(&self, p: &P) -> Option<Result<(), Error>> {
        if self.lock.is_unrecoverable() {
            return Some(Err(Error::NotRecoverable));
        }
        let inherited = self.lock.try_inherit(p.current());
        inherited.then_some(Err(Error::OwnerDied))
    }

    /// What a waiter that was woken got.
    pub(crate) fn granted(&self) -> Result<(), Error> {
        if self.lock.is_unrecoverable() {
            Err(Error::NotRecoverable)
        } else if self.lock.is_inconsistent() {
            Err(Error::OwnerDied)
        } else {
            Ok(())
        }
    }
}
