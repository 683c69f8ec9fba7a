//! Condition variables.
//!
//! A signal *passes the mutex on*. If a thread holds the mutex (as a rule the
//! signaller), the waiter moves to the mutex's queue and stays parked until the
//! mutex is handed to it. If nobody holds the mutex, the waiter becomes its
//! owner at once. Either way a woken waiter owns the mutex, so a signal costs
//! one switch, and a broadcast wakes no herd.

use coopt_abi::wait::{Outcome, Reason, WaitKind};

use crate::{Deadline, Error, Instant, Mutex, Platform, Word};

/// Set in the number of waiters while a thread waits for the last to leave.
const RETIRING: u32 = 1 << 31;

/// A condition variable: the number of its waiters, which park on it.
///
/// `waiters` counts the threads that have yet to be signalled or to notice that
/// they gave up (invariant I4). While `waiters` is not 0, the mutex of the
/// waiters is in use and exists. The count lags behind the platform's queue: a
/// waiter that gave up has left the queue, and counts until it runs again.
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

    /// Whether a signal may find a waiter.
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
    /// [`Error::TimedOut`] and [`Error::Interrupted`] with `mutex` held. The
    /// errors of a robust mutex come before these two: [`Error::OwnerDied`]
    /// with `mutex` held, [`Error::NotRecoverable`] without.
    // Inlined for the reason that `Semaphore::wait` is.
    #[inline(always)]
    pub fn wait<P: Platform>(&self, p: &P, mutex: &Mutex, deadline: Deadline) -> Result<(), Error> {
        let until = match deadline.start(p) {
            Err(Error::Malformed) => return Err(Error::Malformed),
            until => until,
        };
        let depth = mutex.release_wholly(p)?;
        let outcome = match until {
            Ok(until) => self.park(p, until),
            // POSIX `pthread_cond_timedwait` releases and re-acquires the mutex
            // even when the time has passed.
            Err(_passed) => Outcome::TimedOut,
        };
        let is_over = until.is_err();
        let regained = match outcome {
            Outcome::Woken => mutex.granted(),
            _ => mutex.reacquire(p),
        };
        if regained != Err(Error::NotRecoverable) {
            mutex.restore(p, depth);
        }
        regained?;
        match outcome {
            Outcome::Woken => Ok(()),
            Outcome::Interrupted => Err(Error::Interrupted),
            Outcome::TimedOut if is_over || deadline.is_over(p) => Err(Error::TimedOut),
            // The time of day was set back. A signal may have come since the
            // platform gave up, and a second wait could miss it.
            Outcome::TimedOut => Ok(()),
            Outcome::NotEqual => unreachable!("nothing ran since the word was read (I1)"),
        }
    }

    /// Whether a waiter is there to be signalled. Waiters that gave up and have
    /// yet to notice do not count.
    #[must_use]
    pub fn is_awaited<P: Platform>(&self, p: &P) -> bool {
        self.has_waiters() && p.is_awaited(&self.waiters)
    }

    /// Ends the use of the condition variable: when this returns, no thread
    /// will touch it again. Waits for the waiters that have yet to notice.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when somebody waits.
    pub fn retire<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.is_awaited(p) {
            return Err(Error::Busy);
        }
        while self.has_waiters() {
            let seen = self.waiters.get() | RETIRING;
            self.waiters.set(seen);
            // SWITCH: the last such waiter to leave ends this wait.
            p.wait(&self.waiters, seen, None, Reason::new(WaitKind::Cond));
            self.waiters.set(self.waiters.get() & !RETIRING);
        }
        Ok(())
    }

    /// Lets the first waiter go on with `mutex`, the waiters' mutex.
    #[inline]
    pub fn signal<P: Platform>(&self, p: &P, mutex: &Mutex) {
        if self.has_waiters() {
            self.release(p, mutex, 1);
        }
    }

    /// Lets all waiters go on with `mutex`, the waiters' mutex, in the order of
    /// their queue.
    #[inline]
    pub fn broadcast<P: Platform>(&self, p: &P, mutex: &Mutex) {
        if self.has_waiters() {
            self.release(p, mutex, u32::MAX);
        }
    }

    /// Waits for a signal.
    #[inline(always)]
    fn park<P: Platform>(&self, p: &P, until: Option<Instant>) -> Outcome {
        let waiters = self.waiters.get() + 1;
        self.waiters.set(waiters);
        // SWITCH: any thread may run. If this one was signalled, it is counted
        // out, and the mutex was handed to it (I2).
        let outcome = p.wait(&self.waiters, waiters, until, Reason::new(WaitKind::Cond));
        if outcome != Outcome::Woken {
            self.leave(p);
        }
        outcome
    }

    /// Counts out the caller, which was not signalled.
    fn leave<P: Platform>(&self, p: &P) {
        self.count_out(1);
        if self.waiters.get() == RETIRING {
            p.wake(&self.waiters, 1);
        }
    }

    /// Lets up to `limit` waiters go on, and one of higher priority than the
    /// caller at once.
    #[inline]
    fn release<P: Platform>(&self, p: &P, mutex: &Mutex, limit: u32) {
        if mutex.owner().is_some() {
            self.move_waiters(p, mutex, limit);
        } else {
            self.release_without_owner(p, mutex, limit);
        }
    }

    /// [`release`](Self::release), when nobody holds the mutex.
    #[cold]
    #[inline(never)]
    fn release_without_owner<P: Platform>(&self, p: &P, mutex: &Mutex, limit: u32) {
        let woken = if mutex.lock_word().is_unrecoverable() {
            self.dismiss(p, limit)
        } else {
            self.pass_mutex(p, mutex, limit)
        };
        if woken > 0 {
            // SWITCH: a waiter that was woken runs first if its priority is
            // higher. That waiter may destroy the object.
            p.preempt();
        }
    }

    /// Makes the first waiter the owner of the free mutex and moves the others
    /// behind it; returns how many threads became runnable.
    fn pass_mutex<P: Platform>(&self, p: &P, mutex: &Mutex, limit: u32) -> u32 {
        // The platform queues nobody when all counted waiters gave up.
        let Some(handoff) = p.handoff(&self.waiters) else {
            return 0;
        };
        mutex.lock_word().grant(handoff.to);
        self.count_out(1);
        if limit > 1 {
            self.move_waiters(p, mutex, limit - 1);
        }
        1
    }

    /// Moves waiters to the queue of the held mutex.
    #[inline]
    fn move_waiters<P: Platform>(&self, p: &P, mutex: &Mutex, limit: u32) {
        let lock = mutex.lock_word();
        let moved = p.requeue(&self.waiters, lock.word(), limit);
        if moved > 0 {
            lock.mark_waiters();
            self.count_out(moved);
        }
    }

    /// Wakes waiters whose mutex nobody gets ever again.
    fn dismiss<P: Platform>(&self, p: &P, limit: u32) -> u32 {
        let woken = p.wake(&self.waiters, limit);
        self.count_out(woken);
        woken
    }

    fn count_out(&self, count: u32) {
        debug_assert!(count <= self.waiters.get(), "more left than came");
        self.waiters.set(self.waiters.get() - count);
    }
}
