//! Condition variables.

use core::cell::Cell;
use core::ptr;

use coopt_sync::{Clock, Deadline, Error};

use crate::calls;
use crate::mutex::Mutex;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;

/// A condition variable: `pthread_cond_t`. If all bytes are zero, its deadlines
/// are on the time of day.
#[repr(C)]
pub struct Condvar {
    inner: coopt_sync::Condvar,
    /// The mutex of the waiters, while there are any: POSIX names it in the
    /// wait only, and a signal needs it.
    mutex: Cell<*const Mutex>,
    /// 1 for the monotonic clock.
    monotonic: Cell<u32>,
    /// 1 if `mutex` was changed while threads that had given up had yet to
    /// leave. Such threads count as waiters and do not keep the new mutex
    /// alive.
    changed_early: Cell<u32>,
    reserved: Cell<[u32; 8]>,
}

impl Condvar {
    /// A condition variable whose deadlines are on `clock`.
    #[must_use]
    pub const fn new(clock: Clock) -> Self {
        Self {
            inner: coopt_sync::Condvar::new(),
            mutex: Cell::new(ptr::null()),
            monotonic: Cell::new(match clock {
                Clock::Realtime => 0,
                Clock::Monotonic => 1,
            }),
            changed_early: Cell::new(0),
            reserved: Cell::new([0; 8]),
        }
    }

    /// The clock of its deadlines.
    pub fn clock(&self) -> Clock {
        match self.monotonic.get() {
            0 => Clock::Realtime,
            _ => Clock::Monotonic,
        }
    }

    /// Waits for a signal until `deadline`; a cancellation point. `mutex` is
    /// released meanwhile, and held again afterwards. `Ok` may be spurious.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::Condvar::wait`]; [`Error::Invalid`] while other threads
    /// wait with another mutex.
    #[inline(always)]
    pub fn wait<S: System>(&self, s: &S, mutex: &Mutex, deadline: Deadline) -> Result<(), Error> {
        switch::begin(s, calls::COND_WAIT);
        if !ptr::eq(self.mutex.get(), mutex) {
            self.change_mutex(s, mutex)?;
        }
        // SWITCH: the mutex is released, and held again afterwards.
        let outcome = switch::wait(s, calls::COND_WAIT, || {
            if mutex.is_tracked() {
                self.wait_tracked(s, mutex, deadline)
            } else {
                self.inner.wait(&Posix(s), mutex.inner(), deadline)
            }
        });
        match outcome {
            // POSIX has no EINTR here: the wake-up is a spurious one.
            Err(Error::Interrupted) => Ok(()),
            outcome => outcome,
        }
    }

    #[cold]
    #[inline(never)]
    fn wait_tracked<S: System>(
        &self,
        s: &S,
        mutex: &Mutex,
        deadline: Deadline,
    ) -> Result<(), Error> {
        // SWITCH: as in `wait`.
        mutex.during_tracked_wait(s, || self.inner.wait(&Posix(s), mutex.inner(), deadline))
    }

    /// Lets the first waiter go on.
    pub fn signal<S: System>(&self, s: &S) {
        self.release(s, |mutex| self.inner.signal(&Posix(s), mutex));
    }

    /// Lets all waiters go on.
    pub fn broadcast<S: System>(&self, s: &S) {
        self.release(s, |mutex| self.inner.broadcast(&Posix(s), mutex));
    }

    /// Ends the use of the condition variable. Waits for threads whose wait is
    /// over and that have yet to notice.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] while threads wait for a signal.
    pub fn destroy<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        // SWITCH: the threads that have yet to leave.
        self.inner.retire(&Posix(s))
    }

    /// Takes note that the waiters' mutex is another from now on.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] while a thread waits with the mutex before.
    #[cold]
    #[inline(never)]
    fn change_mutex<S: System>(&self, s: &S, mutex: &Mutex) -> Result<(), Error> {
        if self.inner.is_awaited(&Posix(s)) {
            return Err(Error::Invalid);
        }
        let early = self.inner.has_waiters();
        self.changed_early.set(u32::from(early));
        self.mutex.set(mutex);
        Ok(())
    }

    /// The mutex of the waiters, or `None` when there are none.
    #[inline]
    fn waiters_mutex<S: System>(&self, s: &S) -> Option<&Mutex> {
        if !self.inner.has_waiters() {
            return None;
        }
        if self.changed_early.get() != 0 && !self.inner.is_awaited(&Posix(s)) {
            return None;
        }
        #[expect(unsafe_code, reason = "the waiters' mutex is kept by its address")]
        // SAFETY: a waiter passed this mutex to `wait`, and has yet to lock it
        // again. If the mutex was changed early, a thread is in the queue, and
        // the mutex does not change while a thread is. Else no waiter was
        // counted at the last change, so all counted ones passed this mutex.
        Some(unsafe { &*self.mutex.get() })
    }

    /// Lets waiters go on by `release`, which moves them to their mutex.
    #[inline]
    fn release<S: System>(&self, s: &S, release: impl FnOnce(&coopt_sync::Mutex)) {
        switch::begin(s, calls::ASK);
        let Some(mutex) = self.waiters_mutex(s) else {
            return;
        };
        // Waiters are moved to a mutex that somebody holds, which stays. The
        // first waiter gets a free mutex, and may destroy both objects.
        let moves = mutex.is_held();
        // SWITCH: if nobody holds the mutex, to a waiter of higher priority.
        release(mutex.inner());
        if moves && mutex.is_tracked() {
            mutex.note_waiters(s);
        }
    }
}
