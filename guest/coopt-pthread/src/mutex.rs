//! `pthread_mutex_*`.

use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_sync::{Clock, Error, Kind, Mutex};

use crate::errno::status;
use crate::mutexattr::MutexAttr;
use crate::platform::Coopt;
use crate::time::{ClockId, Timespec};

/// `pthread_mutex_t` (`bits/alltypes.h`: six ints). A static initialiser is
/// all zero but for the kind, which comes first.
#[repr(C)]
pub struct PthreadMutex {
    mutex: Mutex,
    reserved: [u32; 3],
}

const _: () = assert!(size_of::<PthreadMutex>() == 24 && align_of::<PthreadMutex>() == 4);

impl PthreadMutex {
    fn new(attr: Option<&MutexAttr>) -> Self {
        let kind = attr.map_or(Kind::Normal, MutexAttr::kind);
        Self {
            mutex: Mutex::new(kind),
            reserved: [0; 3],
        }
    }

    /// The mutex without its place in C.
    pub fn inner(&self) -> &Mutex {
        &self.mutex
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
    status(mutex.inner().lock(&Coopt))
}

/// POSIX XSH `pthread_mutex_trylock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_trylock(mutex: &PthreadMutex) -> c_int {
    status(mutex.inner().try_lock(&Coopt))
}

/// POSIX XSH `pthread_mutex_timedlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_timedlock(mutex: &PthreadMutex, at: &Timespec) -> c_int {
    status(
        mutex
            .inner()
            .lock_until(&Coopt, at.deadline(Clock::Realtime)),
    )
}

/// POSIX XSH `pthread_mutex_clocklock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_clocklock(
    mutex: &PthreadMutex,
    clock: &ClockId,
    at: &Timespec,
) -> c_int {
    status(
        at.deadline_on(clock)
            .and_then(|deadline| Ok(mutex.inner().lock_until(&Coopt, deadline)?)),
    )
}

/// POSIX XSH `pthread_mutex_unlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutex_unlock(mutex: &PthreadMutex) -> c_int {
    status(mutex.inner().unlock(&Coopt))
}
