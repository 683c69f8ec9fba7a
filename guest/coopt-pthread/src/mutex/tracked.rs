//! Locking and unlocking mutexes that are robust or have a protocol.

use coopt_sync::Error;

use super::{Protocol, PthreadMutex};
use crate::errno::Errno;
use crate::platform::Coopt;
use crate::priority::{self, Priority};
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

    fn is_held_by(&self, thread: &Thread) -> bool {
        self.inner().owner() == thread.id.get()
    }

    /// Takes the mutex by `take`, which may wait for it.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a thread whose priority is above the ceiling; what `take`
    /// says.
    #[cold]
    #[inline(never)]
    pub(super) fn take_tracked(
        &self,
        take: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Errno> {
        let me = current();
        if self.protocol() == Protocol::Protect && me.priorities.base.get() > self.ceiling() {
            return Err(Errno::INVAL);
        }
        let was_mine = self.is_held_by(me);
        // SWITCH: in either case, if it has to wait, which it does for another.
        let taken = if was_mine || self.inner().owner().is_none() {
            take()
        } else {
            priority::lend(me, self, take)
        };
        if !was_mine && self.is_held_by(me) {
            self.note_taken(me);
        }
        taken.map_err(Errno::from)
    }

    /// Unlocks.
    ///
    /// # Errors
    ///
    /// As [`coopt_sync::Mutex::unlock`].
    #[cold]
    #[inline(never)]
    pub(super) fn unlock_tracked(&self) -> Result<(), Error> {
        let me = current();
        let releases = self.is_held_by(me) && self.inner().depth() == 0;
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
        if self.is_held_by(me) {
            me.held.remove(self);
            priority::settle(me);
        }
        // SWITCH: the mutex passes through other hands.
        let result = priority::lend(me, self, wait);
        if self.is_held_by(me) {
            self.note_taken(me);
        }
        result
    }

    /// Takes note that waiters of a condition variable now wait for the mutex.
    pub fn note_waiters(&self) {
        if self.protocol() == Protocol::Inherit {
            if let Some(owner) = self.owner() {
                priority::settle(owner);
            }
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
