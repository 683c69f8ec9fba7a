//! `pthread_spin_*`.

use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_sync::SpinLock;
use coopt_threads::objects::spin;

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;
use crate::shared;

fits!(SpinLock, "pthread_spinlock_t");

c_functions! {
    /// POSIX XSH `pthread_spin_init`.
    fn pthread_spin_init(lock: &mut MaybeUninit<SpinLock>, pshared: c_int) -> status {
        shared::parse(pshared)?;
        lock.write(SpinLock::new());
    }

    /// POSIX XSH `pthread_spin_destroy`: `EBUSY` while the lock is held.
    fn pthread_spin_destroy(lock: &SpinLock) -> status {
        spin::destroy(&Coopt, lock)?
    }

    /// POSIX XSH `pthread_spin_lock`.
    fn pthread_spin_lock(lock: &SpinLock) -> status {
        spin::lock(&Coopt, lock)?
    }

    /// POSIX XSH `pthread_spin_trylock`.
    fn pthread_spin_trylock(lock: &SpinLock) -> status {
        spin::try_lock(&Coopt, lock)?
    }

    /// POSIX XSH `pthread_spin_unlock`.
    fn pthread_spin_unlock(lock: &SpinLock) -> status {
        spin::unlock(&Coopt, lock)?
    }
}
