//! `pthread_rwlock_*` and `pthread_rwlockattr_*`.

use core::cell::Cell;
use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_sync::{Clock, Deadline, Error, RwLock};

use crate::errno::{Errno, status};
use crate::patience;
use crate::platform::Coopt;
use crate::shared;
use crate::time::{ClockId, Timespec};

/// `pthread_rwlock_t` (`bits/alltypes.h`: eight ints, initially zero).
#[repr(C)]
pub struct PthreadRwLock {
    lock: RwLock,
    reserved: Cell<[u32; 3]>,
}

const _: () = assert!(size_of::<PthreadRwLock>() == 32 && align_of::<PthreadRwLock>() == 4);

impl PthreadRwLock {
    #[inline]
    fn read(&self, deadline: Deadline) -> Result<(), Error> {
        patience::spend();
        // SWITCH: if it has to wait.
        self.lock.read(&Coopt, deadline)
    }

    #[inline]
    fn write(&self, deadline: Deadline) -> Result<(), Error> {
        patience::spend();
        // SWITCH: if it has to wait.
        self.lock.write(&Coopt, deadline)
    }
}

/// `pthread_rwlockattr_t` (`bits/alltypes.h`: two unsigned).
#[repr(C)]
pub struct RwLockAttr {
    shared: Cell<c_int>,
    reserved: Cell<u32>,
}

const _: () = assert!(size_of::<RwLockAttr>() == 8 && align_of::<RwLockAttr>() == 4);

/// POSIX XSH `pthread_rwlock_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_init(
    lock: &mut MaybeUninit<PthreadRwLock>,
    _attr: Option<&RwLockAttr>,
) -> c_int {
    lock.write(PthreadRwLock {
        lock: RwLock::new(),
        reserved: Cell::new([0; 3]),
    });
    0
}

/// POSIX XSH `pthread_rwlock_destroy`: `EBUSY` while it is locked.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_destroy(lock: &PthreadRwLock) -> c_int {
    status(if lock.lock.is_held() {
        Err(Errno::BUSY)
    } else {
        Ok(())
    })
}

/// POSIX XSH `pthread_rwlock_rdlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_rdlock(lock: &PthreadRwLock) -> c_int {
    status(lock.read(Deadline::Never))
}

/// POSIX XSH `pthread_rwlock_tryrdlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_tryrdlock(lock: &PthreadRwLock) -> c_int {
    patience::spend();
    status(lock.lock.try_read(&Coopt))
}

/// POSIX XSH `pthread_rwlock_timedrdlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_timedrdlock(lock: &PthreadRwLock, at: &Timespec) -> c_int {
    status(lock.read(at.deadline(Clock::Realtime)))
}

/// POSIX XSH `pthread_rwlock_wrlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_wrlock(lock: &PthreadRwLock) -> c_int {
    status(lock.write(Deadline::Never))
}

/// POSIX XSH `pthread_rwlock_trywrlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_trywrlock(lock: &PthreadRwLock) -> c_int {
    patience::spend();
    status(lock.lock.try_write(&Coopt))
}

/// POSIX XSH `pthread_rwlock_timedwrlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_timedwrlock(lock: &PthreadRwLock, at: &Timespec) -> c_int {
    status(lock.write(at.deadline(Clock::Realtime)))
}

/// POSIX XSH `pthread_rwlock_clockrdlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_clockrdlock(
    lock: &PthreadRwLock,
    clock: ClockId,
    at: &Timespec,
) -> c_int {
    status(
        at.deadline_on(clock)
            .and_then(|deadline| Ok(lock.read(deadline)?)),
    )
}

/// POSIX XSH `pthread_rwlock_clockwrlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_clockwrlock(
    lock: &PthreadRwLock,
    clock: ClockId,
    at: &Timespec,
) -> c_int {
    status(
        at.deadline_on(clock)
            .and_then(|deadline| Ok(lock.write(deadline)?)),
    )
}

/// POSIX XSH `pthread_rwlock_unlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlock_unlock(lock: &PthreadRwLock) -> c_int {
    status(lock.lock.unlock(&Coopt))
}

/// POSIX XSH `pthread_rwlockattr_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlockattr_init(attr: &mut MaybeUninit<RwLockAttr>) -> c_int {
    attr.write(RwLockAttr {
        shared: Cell::new(shared::PRIVATE),
        reserved: Cell::new(0),
    });
    0
}

/// POSIX XSH `pthread_rwlockattr_destroy`. It holds nothing.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlockattr_destroy(_attr: &RwLockAttr) -> c_int {
    0
}

/// POSIX XSH `pthread_rwlockattr_setpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlockattr_setpshared(attr: &RwLockAttr, pshared: c_int) -> c_int {
    status(shared::parse(pshared).map(|_| attr.shared.set(pshared)))
}

/// POSIX XSH `pthread_rwlockattr_getpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_rwlockattr_getpshared(attr: &RwLockAttr, pshared: &Cell<c_int>) -> c_int {
    pshared.set(attr.shared.get());
    0
}
