//! `pthread_key_*`, `pthread_getspecific`, `pthread_setspecific`.

use core::cell::Cell;
use core::ffi::{c_uint, c_void};

use coopt_abi::header;
use coopt_sync::ROUNDS_MAX;
use coopt_threads::keys;
use coopt_threads::process::Destructor;

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;
use crate::errno::Errno;

fits!(c_uint, "pthread_key_t");
const _: () = assert!(ROUNDS_MAX as i32 == header::PTHREAD_DESTRUCTOR_ITERATIONS);

/// Makes a key; `EAGAIN` at the limit.
pub fn create(key: &Cell<c_uint>, destructor: Option<Destructor>) -> Result<(), Errno> {
    let number = keys::create(&Coopt, destructor).ok_or(Errno::AGAIN)?;
    // The number is below `PTHREAD_KEYS_MAX`.
    key.set(number as c_uint);
    Ok(())
}

/// Deletes a key; `EINVAL` when there is none.
pub fn delete(key: c_uint) -> Result<(), Errno> {
    keys::delete(&Coopt, key as usize).ok_or(Errno::INVAL)
}

/// The calling thread's value.
pub fn get(key: c_uint) -> *mut c_void {
    keys::get(&Coopt, key as usize)
}

/// Sets the calling thread's value; `EINVAL` when there is no such key.
pub fn set(key: c_uint, value: *const c_void) -> Result<(), Errno> {
    keys::set(&Coopt, key as usize, value.cast_mut()).ok_or(Errno::INVAL)
}

c_functions! {
    /// POSIX XSH `pthread_key_create`.
    fn pthread_key_create(key: &Cell<c_uint>, destructor: Option<Destructor>) -> status {
        create(key, destructor)?
    }

    /// POSIX XSH `pthread_key_delete`.
    fn pthread_key_delete(key: c_uint) -> status {
        delete(key)?
    }

    /// POSIX XSH `pthread_getspecific`.
    fn pthread_getspecific(key: c_uint) -> (*mut c_void) {
        get(key)
    }

    /// POSIX XSH `pthread_setspecific`.
    fn pthread_setspecific(key: c_uint, value: *const c_void) -> status {
        set(key, value)?
    }
}
