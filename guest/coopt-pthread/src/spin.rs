//! `pthread_spin_*`.

use core::ffi::c_int;
use core::mem::MaybeUninit;

use coopt_sync::SpinLock;

use crate::errno::{Errno, status};
use crate::patience;
use crate::platform::Coopt;
use crate::shared;

/// `pthread_spinlock_t` is an int.
const _: () = assert!(size_of::<SpinLock>() == 4 && align_of::<SpinLock>() == 4);

/// POSIX XSH `pthread_spin_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_spin_init(lock: &mut MaybeUninit<SpinLock>, pshared: c_int) -> c_int {
    status(shared::parse(pshared).map(|_| {
        lock.write(SpinLock::new());
    }))
}

/// POSIX XSH `pthread_spin_destroy`: `EBUSY` while it is locked.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_spin_destroy(lock: &SpinLock) -> c_int {
    status(if lock.is_held() {
        Err(Errno::BUSY)
    } else {
        Ok(())
    })
}

/// POSIX XSH `pthread_spin_lock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_spin_lock(lock: &SpinLock) -> c_int {
    patience::spend();
    status(lock.lock(&Coopt))
}

/// POSIX XSH `pthread_spin_trylock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_spin_trylock(lock: &SpinLock) -> c_int {
    patience::spend();
    status(lock.try_lock(&Coopt))
}

/// POSIX XSH `pthread_spin_unlock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_spin_unlock(lock: &SpinLock) -> c_int {
    status(lock.unlock(&Coopt))
}
