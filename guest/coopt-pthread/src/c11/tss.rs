//! `tss_*`, and `call_once`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint, c_void};

use coopt_sync::{Once, ROUNDS_MAX};

use super::outcome_of;
use crate::key::{
    pthread_getspecific, pthread_key_create, pthread_key_delete, pthread_setspecific,
};
use crate::once::pthread_once;

/// `TSS_DTOR_ITERATIONS` (`threads.h`).
const _: () = assert!(ROUNDS_MAX == 4);

/// C11 7.26.6.1 `tss_create`: `thrd_error` at the limit of keys.
#[unsafe(no_mangle)]
pub extern "C" fn tss_create(
    key: &Cell<c_uint>,
    destructor: Option<extern "C" fn(*mut c_void)>,
) -> c_int {
    outcome_of(pthread_key_create(key, destructor))
}

/// C11 7.26.6.2 `tss_delete`. It has no way to say that there is no such key.
#[unsafe(no_mangle)]
pub extern "C" fn tss_delete(key: c_uint) {
    let _no_such_key = pthread_key_delete(key);
}

/// C11 7.26.6.3 `tss_get`.
#[unsafe(no_mangle)]
pub extern "C" fn tss_get(key: c_uint) -> *mut c_void {
    pthread_getspecific(key)
}

/// C11 7.26.6.4 `tss_set`.
#[unsafe(no_mangle)]
pub extern "C" fn tss_set(key: c_uint, value: *mut c_void) -> c_int {
    outcome_of(pthread_setspecific(key, value))
}

/// C11 7.26.2.1 `call_once`.
#[unsafe(no_mangle)]
pub extern "C" fn call_once(flag: &Once, function: extern "C" fn()) {
    // SWITCH: the function is the program's code, or another thread runs it.
    let answer = pthread_once(flag, function);
    debug_assert_eq!(answer, 0, "it cannot fail");
}
