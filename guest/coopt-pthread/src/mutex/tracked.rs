//! Locking and unlocking mutexes that are robust or have a protocol.

use coopt_sync::{Deadline, Error, Priority};

use super::{Protocol, PthreadMutex};
use crate::errno::Errno;
use crate::platform::Coopt;
use crate::priority;
use crate::thread::{self, Thread, current};

impl PthreadMutex {
    /// The thread that holds the mutex, if it has not ended.
    pub fn owner(&self) -> Option<&'static Thread> {
        thread::find(self.inner().owner()?)
    }

    /// The priority that the mutex gives its owner.
    pub fn raises_to(&self) -> Option<Priority> {
        match self.protocol() {
            Protocol::None => None,
            Protocol::Protect => Some(self.ceiling()),
            Protocol::Inherit => self.first_waiter(),
        }
    }

    /// Whether a thread holds the mutex; one it was handed to may have yet to run.
    pub fn is_held_by(&self, thread: &Thread) -> bool {
        self.inner().owner() == thread.id.get()
    }

    /// Locks, waiting until `deadline`.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a thread whose priority is above the ceiling; as
    /// [`coopt_sync::Mutex::lock_until`].
    #[cold]
    #[inline(never)]
    pub(super) fn lock_tracked(&self, deadline: Deadline) -> Result<(), Errno> {
        self.check_ceiling()?;
        // SWITCH: if it has to wait.
        Ok(self.lock_at_any_priority(deadline)?)
    }

    /// Locks without waiting.
    ///
    /// # Errors
    ///
    /// As for [`lock_tracked`](Self::lock_tracked), and `EBUSY`.
    #[cold]
    #[inline(never)]
    pub(super) fn try_lock_tracked(&self) -> Result<(), Errno> {
        self.check_ceiling()?;
        Ok(self.noting_whether_taken(|| self.inner().try_lock(&Coopt))?)
    }

    /// Locks, also for a thread whose priority is above the ceiling.
    pub(super) fn lock_at_any_priority(&self, deadline: Deadline) -> Result<(), Error> {
        let me = current();
        let lock = || self.inner().lock_until(&Coopt, deadline);
        let has_other_owner = self.inner().owner().is_some() && !self.is_held_by(me);
        self.noting_whether_taken(|| {
            if has_other_owner {
                // SWITCH: it waits, and the owner has its priority meanwhile.
                priority::lend(me, self, lock)
            } else {
                lock()
            }
        })
    }

    fn check_ceiling(&self) -> Result<(), Errno> {
        let base = current().priorities.base.get();
        if self.protocol() == Protocol::Protect && base > self.ceiling() {
            return Err(Errno::INVAL);
        }
        Ok(())
    }

    /// Runs `take`. A mutex may be taken although there is an error to report:
    /// its last owner has died.
    fn noting_whether_taken(&self, take: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        let me = current();
        let was_mine = self.is_held_by(me);
        // SWITCH: if `take` has to wait.
        let taken = take();
        if !was_mine && self.is_held_by(me) {
            self.note_taken(me);
        }
        taken
    }

    /// Unlocks.
    ///
    /// # Errors
    ///
    /// [`Error::NotOwner`] whatever the type, since the mutex is in its owner's
    /// list; as [`coopt_sync::Mutex::unlock`].
    #[cold]
    #[inline(never)]
    pub(super) fn unlock_tracked(&self) -> Result<(), Error> {
        let me = current();
        if !self.is_held_by(me) {
            return Err(Error::NotOwner);
        }
        let releases = self.inner().depth() == 0;
        if releases {
            me.held.remove(self);
        }
        // SWITCH: whoever gets it runs first if its priority is higher, and
        // may then destroy it.
        self.inner().unlock(&Coopt)?;
        if releases {
            priority::settle(me);
            // SWITCH: so do all those that the caller went before because of
            // this mutex.
            priority::preempt();
        }
        Ok(())
    }

    /// Runs a wait on a condition variable, inside which the mutex is released
    /// and taken again.
    #[cold]
    #[inline(never)]
    pub fn during_tracked_wait<R>(&self, wait: impl FnOnce() -> R) -> R {
        let me = current();
        if !self.is_held_by(me) {
            // It is refused, without a switch.
            return wait();
        }
        me.held.remove(self);
        priority::settle(me);
        // SWITCH: the mutex passes through other hands.
        let result = priority::lend(me, self, wait);
        if self.is_held_by(me) {
            self.note_taken(me);
        }
        result
    }

    /// Takes note that waiters of a condition variable now wait for the mutex.
    pub fn note_waiters(&self) {
        if self.protocol() == Protocol::Inherit
            && let Some(owner) = self.owner()
        {
            priority::settle(owner);
        }
    }

    fn note_taken(&self, me: &Thread) {
        me.held.insert(self);
        priority::settle(me);
    }
}

/// Releases what an ending thread, the caller, still holds. A mutex that is
/// not robust stays locked for ever, as POSIX has it.
pub fn abandon_all(thread: &Thread) {
    while let Some(mutex) = thread.held.pop() {
        if mutex.inner().is_robust() {
            mutex.inner().abandon(&Coopt);
        }
    }
}
