//! Semaphores.

use core::cell::Cell;

use coopt_sync::{Deadline, Error};

use crate::calls;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;

/// A semaphore: `sem_t`.
#[repr(C)]
pub struct Semaphore {
    inner: coopt_sync::Semaphore,
    reserved: Cell<[u32; 3]>,
}

impl Semaphore {
    /// A semaphore with `value` units, at most
    /// [`VALUE_MAX`](coopt_sync::VALUE_MAX).
    #[must_use]
    pub const fn new(value: u32) -> Self {
        Self {
            inner: coopt_sync::Semaphore::new(value),
            reserved: Cell::new([0; 3]),
        }
    }

    /// Takes a unit, waiting until `deadline` for one; a cancellation point,
    /// even when there is one to take.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::Semaphore::wait`].
    #[inline(always)]
    pub fn wait<S: System>(&self, s: &S, deadline: Deadline) -> Result<(), Error> {
        switch::begin(s, calls::SEM_WAIT);
        // A call that does not wait cannot be interrupted.
        if self.inner.try_wait().is_ok() {
            return Ok(());
        }
        // SWITCH: any thread may run until there is a unit.
        switch::wait(s, calls::SEM_WAIT, || self.inner.wait(&Posix(s), deadline))
    }

    /// Takes a unit if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`].
    pub fn try_wait<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        self.inner.try_wait()
    }

    /// Adds a unit, or gives it to the first waiter.
    ///
    /// # Errors
    ///
    /// [`Error::TooMany`].
    #[inline]
    pub fn post<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        // SWITCH: to a waiter of higher priority.
        self.inner.post(&Posix(s))
    }

    /// The number of units; 0 while threads wait.
    pub fn value<S: System>(&self, s: &S) -> u32 {
        switch::begin(s, calls::ASK);
        self.inner.value()
    }

    /// Ends the use of the semaphore, which holds nothing to free. POSIX leaves
    /// this undefined while threads wait; here they go on waiting.
    pub fn destroy<S: System>(&self, s: &S) {
        switch::begin(s, calls::ASK);
    }
}
