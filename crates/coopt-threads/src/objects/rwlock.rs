//! Read-write locks.

use core::cell::Cell;

use coopt_sync::{Deadline, Error};

use crate::calls;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;

/// Who goes first where both sides want the lock: `PTHREAD_RWLOCK_PREFER_*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Readers, but not for ever.
    Readers,
    /// Neither: the sides take turns.
    Turns,
}

/// A read-write lock: `pthread_rwlock_t`. All zero is one that prefers readers.
#[repr(C)]
pub struct RwLock {
    inner: coopt_sync::RwLock,
    reserved: Cell<[u32; 3]>,
}

impl RwLock {
    /// A free lock.
    #[must_use]
    pub const fn new(preference: Preference) -> Self {
        Self {
            inner: match preference {
                Preference::Readers => coopt_sync::RwLock::new(),
                Preference::Turns => coopt_sync::RwLock::taking_turns(),
            },
            reserved: Cell::new([0; 3]),
        }
    }

    /// Takes the lock to read, waiting until `deadline`.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::RwLock::read`].
    #[inline]
    pub fn read<S: System>(&self, s: &S, deadline: Deadline) -> Result<(), Error> {
        switch::begin(s, calls::LOCK);
        // SWITCH: if the caller has to wait.
        self.inner.read(&Posix(s), deadline)
    }

    /// Takes the lock to write, waiting until `deadline`.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::RwLock::write`].
    #[inline]
    pub fn write<S: System>(&self, s: &S, deadline: Deadline) -> Result<(), Error> {
        switch::begin(s, calls::LOCK);
        // SWITCH: if the caller has to wait.
        self.inner.write(&Posix(s), deadline)
    }

    /// Takes the lock to read without waiting.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::RwLock::try_read`].
    pub fn try_read<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        self.inner.try_read(&Posix(s))
    }

    /// Takes the lock to write without waiting.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::RwLock::try_write`].
    pub fn try_write<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        self.inner.try_write(&Posix(s))
    }

    /// Releases the lock, which the caller has taken to read or to write.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::RwLock::unlock`].
    #[inline]
    pub fn unlock<S: System>(&self, s: &S) -> Result<(), Error> {
        // SWITCH: to whoever gets the lock, if its priority is higher.
        self.inner.unlock(&Posix(s))
    }

    /// Ends the use of the lock.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] while the lock is held.
    pub fn destroy<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        if self.inner.is_held() {
            return Err(Error::Busy);
        }
        Ok(())
    }
}
