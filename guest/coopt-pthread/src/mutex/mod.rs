//! `pthread_mutex_*`.
//!
//! | file | what it does |
//! |---|---|
//! | [`attr`] | `pthread_mutexattr_*` |
//! | [`kind`] | what the bits of a mutex's first word mean |
//! | [`tracked`] | robust mutexes and those with a protocol |
//! | [`held`] | the list of those that a thread holds |

pub mod attr;
mod held;
mod kind;
mod tracked;

use core::cell::Cell;
use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_sync::{Clock, Deadline, Error, Mutex, Priority};

use self::attr::MutexAttr;
pub use self::held::Held;
use self::held::Links;
pub use self::kind::Protocol;
pub use self::tracked::abandon_all;
use crate::errno::{Errno, status};
use crate::patience;
use crate::platform::Coopt;
use crate::priority;
use crate::thread::current;
use crate::time::{ClockId, Timespec};

/// `pthread_mutex_t` (`bits/alltypes.h`: six ints). A static initialiser is
/// all zero but for the type, which comes first.
#[repr(C)]
pub struct PthreadMutex {
    mutex: Mutex,
    links: Links,
    reserved: Cell<u32>,
}

const _: () = assert!(size_of::<PthreadMutex>() == 24 && align_of::<PthreadMutex>() == 4);

impl PthreadMutex {
    fn new(attr: Option<&MutexAttr>) -> Self {
        Self {
            mutex: Mutex::from_bits(attr.map_or(0, MutexAttr::bits)),
            links: Links::new(),
            reserved: Cell::new(0),
        }
    }

    /// The mutex without its place in C.
    pub fn inner(&self) -> &Mutex {
        &self.mutex
    }

    /// Whether its owner keeps it in a list (see [`held`]).
    #[inline]
    pub fn is_tracked(&self) -> bool {
        kind::is_tracked(self.mutex.bits())
    }

    /// How it changes the priority of its owner.
    pub fn protocol(&self) -> Protocol {
        kind::protocol(self.mutex.bits())
    }

    /// The priority of its owner at least, with that protocol.
    pub fn ceiling(&self) -> Priority {
        kind::ceiling(self.mutex.bits())
    }

    /// The highest priority of a thread that waits for it.
    fn first_waiter(&self) -> Option<Priority> {
        priority::first_waiter(self.mutex.waiters()?)
    }

    #[inline]
    fn lock(&self, deadline: Deadline) -> Result<(), Errno> {
        patience::spend();
        // SWITCH: in either case, if it has to wait.
        if self.is_tracked() {
            return self.lock_tracked(deadline);
        }
        Ok(self.mutex.lock_until(&Coopt, deadline)?)
    }

    #[inline]
    fn try_lock(&self) -> Result<(), Errno> {
        patience::spend();
        if self.is_tracked() {
            return self.try_lock_tracked();
        }
        Ok(self.mutex.try_lock(&Coopt)?)
    }

    #[inline]
    fn unlock(&self) -> Result<(), Error> {
        // SWITCH: in either case, to a waiter of higher priority.
        if self.is_tracked() {
            return self.unlock_tracked();
        }
        self.mutex.unlock(&Coopt)
    }

    fn get_ceiling(&self) -> Result<Priority, Errno> {
        match self.protocol() {
            Protocol::Protect => Ok(self.ceiling()),
            Protocol::None | Protocol::Inherit => Err(Errno::INVAL),
        }
    }

    /// Changes the ceiling while the mutex is held; returns the one before.
    ///
    /// # Errors
    ///
    /// `EINVAL`; as [`PthreadMutex::lock`], and like that with the mutex held
    /// after `EOWNERDEAD`.
    fn set_ceiling(&self, ceiling: c_int) -> Result<Priority, Errno> {
        let before = self.get_ceiling()?;
        let ceiling = priority::realtime(ceiling).ok_or(Errno::INVAL)?;
        // POSIX: the lock need not adhere to the protocol, so that the ceiling
        // can be raised by a thread above it.
        // SWITCH: if it has to wait.
        self.lock_at_any_priority(Deadline::Never)?;
        self.mutex
            .set_bits(kind::with_ceiling(self.mutex.bits(), ceiling));
        // The caller may have held the mutex before, and go on holding it.
        priority::settle(current());
        // SWITCH: to a waiter of higher priority.
        self.unlock_tracked()?;
        Ok(before)
    }
}

/// POSIX XSH `pthread_mutex_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_init(
    mutex: &mut MaybeUninit<PthreadMutex>,
    attr: Option<&MutexAttr>,
) -> c_int {
    mutex.write(PthreadMutex::new(attr));
    0
}

/// POSIX XSH `pthread_mutex_destroy`: `EBUSY` while it is locked.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_destroy(mutex: &PthreadMutex) -> c_int {
    status(match mutex.inner().owner() {
        Some(_) => Err(Error::Busy),
        None => Ok(()),
    })
}

/// POSIX XSH `pthread_mutex_lock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_lock(mutex: &PthreadMutex) -> c_int {
    status(mutex.lock(Deadline::Never))
}

/// POSIX XSH `pthread_mutex_trylock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_trylock(mutex: &PthreadMutex) -> c_int {
    status(mutex.try_lock())
}

/// POSIX XSH `pthread_mutex_timedlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_timedlock(mutex: &PthreadMutex, at: &Timespec) -> c_int {
    status(mutex.lock(at.deadline(Clock::Realtime)))
}

/// POSIX XSH `pthread_mutex_clocklock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_clocklock(
    mutex: &PthreadMutex,
    clock: ClockId,
    at: &Timespec,
) -> c_int {
    status(
        at.deadline_on(clock)
            .and_then(|deadline| mutex.lock(deadline)),
    )
}

/// POSIX XSH `pthread_mutex_unlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_unlock(mutex: &PthreadMutex) -> c_int {
    status(mutex.unlock())
}

/// POSIX XSH `pthread_mutex_consistent`: `EINVAL` unless the mutex is robust
/// and its last owner died.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_consistent(mutex: &PthreadMutex) -> c_int {
    status(mutex.inner().consistent(&Coopt))
}

/// POSIX XSH `pthread_mutex_getprioceiling`: `EINVAL` for a mutex without one.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_getprioceiling(
    mutex: &PthreadMutex,
    ceiling: &Cell<c_int>,
) -> c_int {
    status(
        mutex
            .get_ceiling()
            .map(|found| ceiling.set(priority::as_int(found))),
    )
}

/// POSIX XSH `pthread_mutex_setprioceiling`: `EINVAL` for a mutex without one,
/// and for a priority that is none of `SCHED_FIFO`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_setprioceiling(
    mutex: &PthreadMutex,
    ceiling: c_int,
    old: Option<&Cell<c_int>>,
) -> c_int {
    status(mutex.set_ceiling(ceiling).map(|before| {
        if let Some(old) = old {
            old.set(priority::as_int(before));
        }
    }))
}
