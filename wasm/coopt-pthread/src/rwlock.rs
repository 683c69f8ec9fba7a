//! `pthread_rwlock_*` and `pthread_rwlockattr_*`.

use core::cell::Cell;
use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_abi::header::{
    PTHREAD_PROCESS_PRIVATE, PTHREAD_RWLOCK_DEFAULT_NP, PTHREAD_RWLOCK_PREFER_READER_NP,
    PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP, PTHREAD_RWLOCK_PREFER_WRITER_NP,
};
use coopt_sync::{Clock, Deadline};
use coopt_threads::objects::{Preference, RwLock};

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::shared;
use crate::time::{ClockId, Timespec};

// A static initialiser is all zero.
fits!(RwLock, "pthread_rwlock_t");
const _: () = assert!(PTHREAD_RWLOCK_DEFAULT_NP == PTHREAD_RWLOCK_PREFER_READER_NP);

c_functions! {
    /// POSIX XSH `pthread_rwlock_init`.
    fn pthread_rwlock_init(lock: &mut MaybeUninit<RwLock>, attr: Option<&RwLockAttr>) -> status {
        lock.write(RwLock::new(attr.map_or(Preference::Readers, RwLockAttr::preference)));
    }

    /// POSIX XSH `pthread_rwlock_destroy`: `EBUSY` while the lock is held.
    fn pthread_rwlock_destroy(lock: &RwLock) -> status {
        lock.destroy(&Coopt)?
    }

    /// POSIX XSH `pthread_rwlock_rdlock`.
    fn pthread_rwlock_rdlock(lock: &RwLock) -> status {
        lock.read(&Coopt, Deadline::Never)?
    }

    /// POSIX XSH `pthread_rwlock_tryrdlock`.
    fn pthread_rwlock_tryrdlock(lock: &RwLock) -> status {
        lock.try_read(&Coopt)?
    }

    /// POSIX XSH `pthread_rwlock_timedrdlock`.
    fn pthread_rwlock_timedrdlock(lock: &RwLock, at: &Timespec) -> status {
        lock.read(&Coopt, at.deadline(Clock::Realtime))?
    }

    /// POSIX XSH `pthread_rwlock_clockrdlock`.
    fn pthread_rwlock_clockrdlock(lock: &RwLock, clock: ClockId, at: &Timespec) -> status {
        lock.read(&Coopt, at.deadline_on(clock)?)?
    }

    /// POSIX XSH `pthread_rwlock_wrlock`.
    fn pthread_rwlock_wrlock(lock: &RwLock) -> status {
        lock.write(&Coopt, Deadline::Never)?
    }

    /// POSIX XSH `pthread_rwlock_trywrlock`.
    fn pthread_rwlock_trywrlock(lock: &RwLock) -> status {
        lock.try_write(&Coopt)?
    }

    /// POSIX XSH `pthread_rwlock_timedwrlock`.
    fn pthread_rwlock_timedwrlock(lock: &RwLock, at: &Timespec) -> status {
        lock.write(&Coopt, at.deadline(Clock::Realtime))?
    }

    /// POSIX XSH `pthread_rwlock_clockwrlock`.
    fn pthread_rwlock_clockwrlock(lock: &RwLock, clock: ClockId, at: &Timespec) -> status {
        lock.write(&Coopt, at.deadline_on(clock)?)?
    }

    /// POSIX XSH `pthread_rwlock_unlock`.
    fn pthread_rwlock_unlock(lock: &RwLock) -> status {
        lock.unlock(&Coopt)?
    }
}

/// `pthread_rwlockattr_t`.
#[repr(C)]
pub struct RwLockAttr {
    shared: Cell<c_int>,
    /// A `PTHREAD_RWLOCK_PREFER_*`.
    preference: Cell<c_int>,
}

fits!(RwLockAttr, "pthread_rwlockattr_t");

impl RwLockAttr {
    /// As in the GNU C library, `PTHREAD_RWLOCK_PREFER_WRITER_NP` prefers
    /// readers, so that a reader can take the lock again.
    fn preference(&self) -> Preference {
        match self.preference.get() {
            PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP => Preference::Turns,
            _ => Preference::Readers,
        }
    }
}

c_functions! {
    /// POSIX XSH `pthread_rwlockattr_init`.
    fn pthread_rwlockattr_init(attr: &mut MaybeUninit<RwLockAttr>) -> status {
        attr.write(RwLockAttr {
            shared: Cell::new(PTHREAD_PROCESS_PRIVATE),
            preference: Cell::new(PTHREAD_RWLOCK_DEFAULT_NP),
        });
    }

    /// POSIX XSH `pthread_rwlockattr_destroy`. There is nothing to free.
    fn pthread_rwlockattr_destroy(_attr: &RwLockAttr) -> status {}

    /// POSIX XSH `pthread_rwlockattr_setpshared`.
    fn pthread_rwlockattr_setpshared(attr: &RwLockAttr, pshared: c_int) -> status {
        shared::parse(pshared)?;
        attr.shared.set(pshared);
    }

    /// POSIX XSH `pthread_rwlockattr_getpshared`.
    fn pthread_rwlockattr_getpshared(attr: &RwLockAttr, pshared: &Cell<c_int>) -> status {
        pshared.set(attr.shared.get());
    }

    /// `pthread_rwlockattr_setkind_np`: whom the lock prefers. `EINVAL` for an
    /// unknown preference.
    fn pthread_rwlockattr_setkind_np(attr: &RwLockAttr, preference: c_int) -> status {
        match preference {
            PTHREAD_RWLOCK_PREFER_READER_NP
            | PTHREAD_RWLOCK_PREFER_WRITER_NP
            | PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP => attr.preference.set(preference),
            _ => return Err(Errno::INVAL),
        }
    }

    /// `pthread_rwlockattr_getkind_np`.
    fn pthread_rwlockattr_getkind_np(attr: &RwLockAttr, preference: &Cell<c_int>) -> status {
        preference.set(attr.preference.get());
    }
}
