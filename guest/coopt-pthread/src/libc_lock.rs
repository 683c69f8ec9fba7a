//! `__lock` and `__unlock`: what libc puts around its own state.

use coopt_sync::LibcLock;

use crate::platform::Coopt;

/// libc's locks are ints, initially 0 (musl's `lock.h`).
const _: () = assert!(size_of::<LibcLock>() == 4 && align_of::<LibcLock>() == 4);

/// Takes one of libc's locks.
#[unsafe(no_mangle)]
pub extern "C" fn __lock(lock: &LibcLock) {
    lock.lock(&Coopt);
}

/// Releases one of libc's locks.
#[unsafe(no_mangle)]
pub extern "C" fn __unlock(lock: &LibcLock) {
    lock.unlock(&Coopt);
}
