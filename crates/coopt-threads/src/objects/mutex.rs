//! Locking and unlocking mutexes.
//!
//! A mutex that is robust or has a protocol is [tracked](Mutex::is_tracked):
//! its owner keeps it in a list. A protocol also changes the owner's priority.

use coopt_abi::thread::Priority;
use coopt_sync::{Deadline, Error};

use crate::calls;
use crate::mutex::{Mutex, Protocol, kind};
use crate::platform::Posix;
use crate::system::System;
use crate::thread::Thread;
use crate::{priority, switch};

impl Mutex {
    /// Locks, waiting until `deadline`.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::Mutex::lock_until`]; [`Error::Invalid`] for a thread
    /// whose priority is above the ceiling.
    #[inline]
    pub fn lock<S: System>(&self, s: &S, deadline: Deadline) -> Result<(), Error> {
        switch::begin(s, calls::LOCK);
        // SWITCH: in either case, if the caller has to wait.
        if self.is_tracked() {
            return self.lock_tracked(s, deadline);
        }
        self.inner.lock_until(&Posix(s), deadline)
    }

    /// Locks without waiting.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::Mutex::try_lock`]; [`Error::Invalid`] as
    /// [`Mutex::lock`].
    #[inline]
    pub fn try_lock<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        if self.is_tracked() {
            return self.try_lock_tracked(s);
        }
        self.inner.try_lock(&Posix(s))
    }

    /// Unlocks.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::Mutex::unlock`]; [`Error::NotOwner`] whatever the type,
    /// if the mutex is tracked.
    #[inline]
    pub fn unlock<S: System>(&self, s: &S) -> Result<(), Error> {
        // SWITCH: in either case, to a waiter of higher priority.
        if self.is_tracked() {
            return self.unlock_tracked(s);
        }
        self.inner.unlock(&Posix(s))
    }

    /// Ends the use of the mutex, which holds nothing to free.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] while the mutex is locked.
    pub fn destroy<S: System>(&self, s: &S) -> Result<(), Error> {
        switch::begin(s, calls::ASK);
        if self.is_held() {
            return Err(Error::Busy);
        }
        Ok(())
    }

    /// Declares that what the mutex guards is in order again.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::Mutex::consistent`].
    pub fn consistent<S: System>(&self, s: &S) -> Result<(), Error> {
        self.inner.consistent(&Posix(s))
    }

    /// The priority ceiling.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] for a mutex without one.
    pub fn get_ceiling(&self) -> Result<Priority, Error> {
        match self.protocol() {
            Protocol::Protect => Ok(self.ceiling()),
            Protocol::None | Protocol::Inherit => Err(Error::Invalid),
        }
    }

    /// Changes the ceiling while the mutex is held; returns the one before.
    ///
    /// # Errors
    ///
    /// As [`Mutex::get_ceiling`] and [`coopt_sync::Mutex::lock_until`]. After
    /// [`Error::OwnerDied`] the mutex is held, and has the ceiling it had.
    pub fn set_ceiling<S: System>(&self, s: &S, ceiling: Priority) -> Result<Priority, Error> {
        switch::begin(s, calls::LOCK);
        let before = self.get_ceiling()?;
        // POSIX XSH `pthread_mutex_setprioceiling`: this lock need not adhere
        // to the protocol, so a thread above the ceiling can raise it.
        // SWITCH: if the caller has to wait.
        self.lock_at_any_priority(s, Deadline::Never)?;
        let bits = kind::with_ceiling(self.inner.bits(), ceiling);
        self.inner.set_bits(bits);
        // The caller may have held the mutex before, and go on holding it.
        priority::settle(s, s.me());
        // SWITCH: to a waiter of higher priority.
        self.unlock_tracked(s)?;
        Ok(before)
    }
}

/// The slow paths of tracked mutexes.
impl Mutex {
    #[cold]
    #[inline(never)]
    fn lock_tracked<S: System>(&self, s: &S, deadline: Deadline) -> Result<(), Error> {
        self.check_ceiling(s)?;
        // SWITCH: if the caller has to wait.
        self.lock_at_any_priority(s, deadline)
    }

    #[cold]
    #[inline(never)]
    fn try_lock_tracked<S: System>(&self, s: &S) -> Result<(), Error> {
        self.check_ceiling(s)?;
        self.noting_whether_taken(s, || self.inner.try_lock(&Posix(s)))
    }

    /// Locks, also for a thread whose priority is above the ceiling.
    fn lock_at_any_priority<S: System>(&self, s: &S, deadline: Deadline) -> Result<(), Error> {
        let me = s.me();
        let lock = || self.inner.lock_until(&Posix(s), deadline);
        let has_other_owner = self.is_held() && !priority::holds(me, self);
        self.noting_whether_taken(s, || {
            if has_other_owner {
                // SWITCH: the caller waits, and lends its priority meanwhile.
                priority::lend(s, me, self, lock)
            } else {
                lock()
            }
        })
    }

    fn check_ceiling<S: System>(&self, s: &S) -> Result<(), Error> {
        let base = s.me().priorities.base.get();
        if self.protocol() == Protocol::Protect && base > self.ceiling() {
            return Err(Error::Invalid);
        }
        Ok(())
    }

    /// Runs `take`, and notes the mutex if the caller has it then. `take` may
    /// report an error and take the mutex all the same ([`Error::OwnerDied`]).
    fn noting_whether_taken<S: System>(
        &self,
        s: &S,
        take: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let me = s.me();
        let was_mine = priority::holds(me, self);
        // SWITCH: if `take` waits.
        let taken = take();
        if !was_mine && priority::holds(me, self) {
            priority::note_taken(s, me, self);
        }
        taken
    }

    #[cold]
    #[inline(never)]
    fn unlock_tracked<S: System>(&self, s: &S) -> Result<(), Error> {
        let me = s.me();
        if !priority::holds(me, self) {
            return Err(Error::NotOwner);
        }
        let releases = self.inner.depth() == 0;
        if releases {
            // The priority is settled before the mutex changes hands. Else the
            // caller could lose its turn with a priority that it has no more.
            me.held.remove(self);
            priority::settle(s, me);
        }
        // SWITCH: the next owner runs first if its priority is higher, and may
        // then destroy the mutex.
        self.inner.unlock(&Posix(s))?;
        if releases {
            // SWITCH: so do all threads that the caller preceded because of
            // this mutex.
            switch::preempt(s);
        }
        Ok(())
    }

    /// Runs a wait on a condition variable, inside which the tracked mutex is
    /// released and taken again.
    #[cold]
    #[inline(never)]
    pub(super) fn during_tracked_wait<S: System, R>(&self, s: &S, wait: impl FnOnce() -> R) -> R {
        let me = s.me();
        if !priority::holds(me, self) {
            // The wait is refused, without a switch.
            return wait();
        }
        me.held.remove(self);
        priority::settle(s, me);
        // SWITCH: the mutex passes through other hands.
        let result = priority::lend(s, me, self, wait);
        if priority::holds(me, self) {
            priority::note_taken(s, me, self);
        }
        result
    }

    /// Takes note that waiters of a condition variable now wait for the mutex.
    pub(super) fn note_waiters<S: System>(&self, s: &S) {
        if self.protocol() == Protocol::Inherit {
            priority::settle_owner(s, self);
            // SWITCH: to the owner, if its priority is higher now.
            switch::preempt(s);
        }
    }
}

/// Releases the robust mutexes that the caller, which ends, still holds. A
/// mutex that is not robust stays locked for ever, as POSIX has it.
pub fn abandon_all<S: System>(s: &S, me: &Thread<S::Own>) {
    while let Some(mutex) = me.held.pop() {
        // A list that the program has written over may lead to other mutexes.
        if mutex.inner.is_robust() && priority::holds(me, mutex) {
            mutex.inner.abandon(&Posix(s));
        }
    }
}
