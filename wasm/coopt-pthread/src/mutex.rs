//! `pthread_mutex_*`.

use core::cell::Cell;
use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_sync::{Clock, Deadline};
use coopt_threads::Mutex;

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::mutexattr::MutexAttr;
use crate::priority;
use crate::time::{ClockId, Timespec};

// A static initialiser is all zero but for the type, which comes first.
fits!(Mutex, "pthread_mutex_t");

c_functions! {
    /// POSIX XSH `pthread_mutex_init`.
    fn pthread_mutex_init(mutex: &mut MaybeUninit<Mutex>, attr: Option<&MutexAttr>) -> status {
        mutex.write(Mutex::from_bits(attr.map_or(0, MutexAttr::bits)));
    }

    /// POSIX XSH `pthread_mutex_destroy`: `EBUSY` while the mutex is locked.
    fn pthread_mutex_destroy(mutex: &Mutex) -> status {
        mutex.destroy(&Coopt)?
    }

    /// POSIX XSH `pthread_mutex_lock`.
    fn pthread_mutex_lock(mutex: &Mutex) -> status {
        mutex.lock(&Coopt, Deadline::Never)?
    }

    /// POSIX XSH `pthread_mutex_trylock`.
    fn pthread_mutex_trylock(mutex: &Mutex) -> status {
        mutex.try_lock(&Coopt)?
    }

    /// POSIX XSH `pthread_mutex_timedlock`.
    fn pthread_mutex_timedlock(mutex: &Mutex, at: &Timespec) -> status {
        mutex.lock(&Coopt, at.deadline(Clock::Realtime))?
    }

    /// POSIX XSH `pthread_mutex_clocklock`.
    fn pthread_mutex_clocklock(mutex: &Mutex, clock: ClockId, at: &Timespec) -> status {
        mutex.lock(&Coopt, at.deadline_on(clock)?)?
    }

    /// POSIX XSH `pthread_mutex_unlock`.
    fn pthread_mutex_unlock(mutex: &Mutex) -> status {
        mutex.unlock(&Coopt)?
    }

    /// POSIX XSH `pthread_mutex_consistent`: `EINVAL` unless the mutex is robust
    /// and its last owner died.
    fn pthread_mutex_consistent(mutex: &Mutex) -> status {
        mutex.consistent(&Coopt)?
    }

    /// POSIX XSH `pthread_mutex_getprioceiling`: `EINVAL` for a mutex without a
    /// ceiling.
    fn pthread_mutex_getprioceiling(mutex: &Mutex, ceiling: &Cell<c_int>) -> status {
        ceiling.set(priority::as_int(mutex.get_ceiling()?));
    }

    /// POSIX XSH `pthread_mutex_setprioceiling`: `EINVAL` for a mutex without a
    /// ceiling, and for a priority that `SCHED_FIFO` does not have.
    fn pthread_mutex_setprioceiling(
        mutex: &Mutex,
        ceiling: c_int,
        old: Option<&Cell<c_int>>,
    ) -> status {
        mutex.get_ceiling()?;
        let ceiling = priority::realtime(ceiling).ok_or(Errno::INVAL)?;
        let before = mutex.set_ceiling(&Coopt, ceiling)?;
        if let Some(old) = old {
            old.set(priority::as_int(before));
        }
    }
}
