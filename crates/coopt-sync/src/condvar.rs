//! Condition variables.
//!
//! A signal *passes the mutex on*. If somebody holds it (as a rule the
//! signaller itself), the waiter is moved to the end of the mutex's queue and
//! sleeps on until the mutex is handed to it; if nobody does, the waiter is
//! made its owner at once. Either way a woken waiter owns the mutex, so a
//! signal costs one switch, and a broadcast wakes no herd.

use crate::{Deadline, Error, Mutex, Object, Platform, Reason, Wait, Word};

/// A condition variable: the number of its waiters, which they park on.
///
/// `waiters` counts the threads that have yet to be signalled or to notice
/// that they gave up (invariant I4). While it is not 0, the mutex of the
/// waiters is in use and exists.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct Condvar {
    waiters: Word,
}

impl Condvar {
    /// A condition variable nobody waits on.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            waiters: Word::new(0),
        }
    }

    /// Whether a signal may find somebody.
    #[inline]
    #[must_use]
    pub fn has_waiters(&self) -> bool {
        self.waiters.get() != 0
    }

    /// Releases `mutex`, waits for a signal, and returns with `mutex` held
    /// again, as often as before. `Ok` may be spurious, as POSIX allows.
    ///
    /// # Errors
    ///
    /// [`Error::NotOwner`] and [`Error::Malformed`] before anything happened;
    /// [`Error::TimedOut`] and [`Error::Interrupted`] with `mutex` held.
    pub fn wait<P: Platform>(&self, p: &P, mutex: &Mutex, deadline: Deadline) -> Result<(), Error> {
        let until = match deadline.start(p) {
            Err(Error::Malformed) => return Err(Error::Malformed),
            until => until,
        };
        let depth = mutex.release(p)?;
        let outcome = match until {
            Ok(until) => self.park(p, until),
            // POSIX wants the mutex released and taken again even so.
            Err(_passed) => Wait::TimedOut,
        };
        if outcome != Wait::Woken {
            mutex.reacquire(p);
        }
        mutex.restore(p, depth);
        match outcome {
            Wait::Woken => Ok(()),
            Wait::Interrupted => Err(Error::Interrupted),
            Wait::TimedOut if deadline.is_over(p) => Err(Error::TimedOut),
            // The time of day was set back. A signal may have come since the
            // platform gave up, so to wait on could be to miss it.
            Wait::TimedOut => Ok(()),
            Wait::NotEqual => unreachable!("nothing ran since the word was read (I1)"),
        }
    }

    /// Lets the oldest waiter go on with `mutex`, the waiters' mutex.
    #[inline]
    pub fn signal<P: Platform>(&self, p: &P, mutex: &Mutex) {
        if self.has_waiters() {
            self.release(p, mutex, 1);
        }
    }

    /// Lets all waiters go on with `mutex`, the waiters' mutex, in the order
    /// in which they came.
    #[inline]
    pub fn broadcast<P: Platform>(&self, p: &P, mutex: &Mutex) {
        if self.has_waiters() {
            self.release(p, mutex, u32::MAX);
        }
    }

    fn park<P: Platform>(&self, p: &P, until: Option<crate::Instant>) -> Wait {
        let waiters = self.waiters.get() + 1;
        self.waiters.set(waiters);
        // SWITCH: any thread may run. One that signalled this thread has
        // counted it out, and the mutex was handed to it (I2).
        let outcome = p.wait(&self.waiters, waiters, until, Reason::new(Object::Condvar));
        if outcome != Wait::Woken {
            self.count_out(1);
        }
        outcome
    }

    fn release<P: Platform>(&self, p: &P, mutex: &Mutex, limit: u32) {
        let lock = mutex.lock_word();
        let mut left = limit;
        if lock.owner().is_none() {
            // The platform may queue nobody: all who are counted gave up.
            let Some(handoff) = p.handoff(&self.waiters) else {
                return;
            };
            lock.grant(handoff.to);
            self.count_out(1);
            left -= 1;
        }
        if left > 0 {
            let moved = p.requeue(&self.waiters, lock.word(), left);
            if moved > 0 {
                lock.mark_waiters();
                self.count_out(moved);
            }
        }
    }

    fn count_out(&self, count: u32) {
        debug_assert!(count <= self.waiters.get(), "more left than came");
        self.waiters.set(self.waiters.get() - count);
    }
}
