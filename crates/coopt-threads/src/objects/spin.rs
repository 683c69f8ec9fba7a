//! Spin locks. Their waiters do not spin: they wait, and the lock is handed
//! over.

use coopt_sync::{Error, SpinLock};

use crate::calls;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;

/// Locks.
///
/// # Errors
///
/// As [`SpinLock::lock`].
pub fn lock<S: System>(s: &S, lock: &SpinLock) -> Result<(), Error> {
    switch::begin(s, calls::LOCK);
    // SWITCH: if the caller has to wait.
    lock.lock(&Posix(s))
}

/// Locks without waiting.
///
/// # Errors
///
/// As [`SpinLock::try_lock`].
pub fn try_lock<S: System>(s: &S, lock: &SpinLock) -> Result<(), Error> {
    switch::begin(s, calls::ASK);
    lock.try_lock(&Posix(s))
}

/// Unlocks.
///
/// # Errors
///
/// As [`SpinLock::unlock`].
pub fn unlock<S: System>(s: &S, lock: &SpinLock) -> Result<(), Error> {
    // SWITCH: to a waiter of higher priority.
    lock.unlock(&Posix(s))
}

/// Ends the use of a lock.
///
/// # Errors
///
/// [`Error::Busy`] while the lock is held.
pub fn destroy<S: System>(s: &S, lock: &SpinLock) -> Result<(), Error> {
    switch::begin(s, calls::ASK);
    if lock.is_held() {
        return Err(Error::Busy);
    }
    Ok(())
}
