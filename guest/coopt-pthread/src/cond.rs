//! `pthread_cond_*`.

use core::cell::Cell;
use core::ffi::c_int;
use core::mem::MaybeUninit;
use core::ptr;

use coopt_sync::{Clock, Condvar, Deadline, Error, Mutex};

use crate::cancel::{self, Interruptible};
use crate::condattr::CondAttr;
use crate::errno::{Errno, status};
use crate::mutex::PthreadMutex;
use crate::patience;
use crate::platform::Coopt;
use crate::time::{ClockId, Timespec};

/// `pthread_cond_t` (`bits/alltypes.h`: twelve ints, initially zero).
#[repr(C)]
pub struct PthreadCond {
    condvar: Condvar,
    /// The mutex of the waiters, while there are any: POSIX names it in the
    /// wait only, and a signal needs it.
    mutex: Cell<*const PthreadMutex>,
    /// 1 for the monotonic clock.
    monotonic: Cell<u32>,
    /// 1 if `mutex` was changed while threads that had given up had yet to
    /// leave. Those count as waiters and do not keep the new mutex alive.
    changed_early: Cell<u32>,
    reserved: Cell<[u32; 8]>,
}

const _: () = assert!(size_of::<PthreadCond>() == 48 && align_of::<PthreadCond>() == 4);

impl PthreadCond {
    fn new(attr: Option<&CondAttr>) -> Self {
        let clock = attr.map_or(Clock::Realtime, CondAttr::clock);
        Self {
            condvar: Condvar::new(),
            mutex: Cell::new(ptr::null()),
            monotonic: Cell::new(u32::from(clock == Clock::Monotonic)),
            changed_early: Cell::new(0),
            reserved: Cell::new([0; 8]),
        }
    }

    fn clock(&self) -> Clock {
        if self.monotonic.get() == 0 {
            Clock::Realtime
        } else {
            Clock::Monotonic
        }
    }

    // Inlined for the reason that `Semaphore::wait` is.
    #[inline(always)]
    fn wait(&self, mutex: &PthreadMutex, deadline: Deadline) -> Result<(), Errno> {
        patience::spend();
        cancel::point();
        if !ptr::eq(self.mutex.get(), mutex) {
            self.change_mutex(mutex)?;
        }
        let interruptible = Interruptible::begin();
        // SWITCH: the mutex is released, and held again afterwards.
        let outcome = if mutex.is_tracked() {
            self.wait_tracked(mutex, deadline)
        } else {
            self.condvar.wait(&Coopt, mutex.inner(), deadline)
        };
        drop(interruptible);
        match outcome {
            Err(Error::Interrupted) => {
                cancel::point();
                // POSIX has no EINTR here: the wake-up is a spurious one.
                Ok(())
            }
            outcome => outcome.map_err(Errno::from),
        }
    }

    #[cold]
    #[inline(never)]
    fn wait_tracked(&self, mutex: &PthreadMutex, deadline: Deadline) -> Result<(), Error> {
        // SWITCH: as in `wait`.
        mutex.during_tracked_wait(|| self.condvar.wait(&Coopt, mutex.inner(), deadline))
    }

    /// Takes note that the waiters' mutex is another from now on.
    ///
    /// # Errors
    ///
    /// `EINVAL` while somebody waits with the one there was.
    #[cold]
    #[inline(never)]
    fn change_mutex(&self, mutex: &PthreadMutex) -> Result<(), Errno> {
        if self.condvar.is_awaited(&Coopt) {
            return Err(Errno::INVAL);
        }
        let early = self.condvar.has_waiters();
        self.changed_early.set(u32::from(early));
        self.mutex.set(mutex);
        Ok(())
    }

    /// The mutex of the waiters, or `None` when there are none.
    #[inline]
    fn waiters_mutex(&self) -> Option<&PthreadMutex> {
        if !self.condvar.has_waiters() {
            return None;
        }
        if self.changed_early.get() != 0 && !self.condvar.is_awaited(&Coopt) {
            return None;
        }
        // SAFETY: a thread waits that passed it, and has yet to lock it again.
        // If the mutex was changed early, one is in the queue, and the mutex
        // does not change while one is. Else nobody counted when it was last
        // changed, so all who count have passed it.
        Some(unsafe { &*self.mutex.get() })
    }

    /// Lets waiters go on by `release`, which moves them to their mutex.
    #[inline]
    fn release(&self, release: impl FnOnce(&Mutex)) {
        patience::spend();
        let Some(mutex) = self.waiters_mutex() else {
            return;
        };
        // Waiters are moved to a mutex that somebody holds; it stays. Else the
        // first has it, and may destroy both objects.
        let moves = mutex.inner().owner().is_some();
        // SWITCH: if nobody holds the mutex, to a waiter of higher priority.
        release(mutex.inner());
        if moves && mutex.is_tracked() {
            mutex.note_waiters();
        }
    }
}

/// POSIX XSH `pthread_cond_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cond_init(
    cond: &mut MaybeUninit<PthreadCond>,
    attr: Option<&CondAttr>,
) -> c_int {
    cond.write(PthreadCond::new(attr));
    0
}

/// POSIX XSH `pthread_cond_destroy`: `EBUSY` while threads wait on it. Those
/// whose wait is over may not have noticed, and are waited for.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cond_destroy(cond: &PthreadCond) -> c_int {
    // SWITCH: the threads that have yet to leave.
    status(cond.condvar.retire(&Coopt))
}

/// POSIX XSH `pthread_cond_wait`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cond_wait(cond: &PthreadCond, mutex: &PthreadMutex) -> c_int {
    status(cond.wait(mutex, Deadline::Never))
}

/// POSIX XSH `pthread_cond_timedwait`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cond_timedwait(
    cond: &PthreadCond,
    mutex: &PthreadMutex,
    at: &Timespec,
) -> c_int {
    status(cond.wait(mutex, at.deadline(cond.clock())))
}

/// POSIX XSH `pthread_cond_clockwait`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cond_clockwait(
    cond: &PthreadCond,
    mutex: &PthreadMutex,
    clock: ClockId,
    at: &Timespec,
) -> c_int {
    status(
        at.deadline_on(clock)
            .and_then(|deadline| cond.wait(mutex, deadline)),
    )
}

/// POSIX XSH `pthread_cond_signal`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cond_signal(cond: &PthreadCond) -> c_int {
    cond.release(|mutex| cond.condvar.signal(&Coopt, mutex));
    0
}

/// POSIX XSH `pthread_cond_broadcast`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cond_broadcast(cond: &PthreadCond) -> c_int {
    cond.release(|mutex| cond.condvar.broadcast(&Coopt, mutex));
    0
}
