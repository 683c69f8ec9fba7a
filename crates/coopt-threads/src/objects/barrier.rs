//! Barriers.

use core::cell::Cell;

use coopt_sync::{Arrival, Error};

use crate::calls;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;

/// A barrier: `pthread_barrier_t`.
#[repr(C)]
pub struct Barrier {
    inner: coopt_sync::Barrier,
    reserved: Cell<u32>,
}

impl Barrier {
    /// A barrier for `limit` threads, at least one.
    #[must_use]
    pub const fn new(limit: u32) -> Self {
        Self {
            inner: coopt_sync::Barrier::new(limit),
            reserved: Cell::new(0),
        }
    }

    /// Waits until as many threads as the barrier is for have arrived.
    pub fn wait<S: System>(&self, s: &S) -> Arrival {
        switch::begin(s, calls::BARRIER_WAIT);
        // SWITCH: any thread may run until the last has arrived.
        self.inner.wait(&Posix(s))
    }

    /// Ends the barrier's use. Waits for threads that may go but have yet to
    /// notice, because a handler runs in them.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] while threads wait for others to arrive.
    pub fn destroy<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        // SWITCH: the threads that have yet to leave.
        self.inner.retire(&Posix(s))
    }
}
