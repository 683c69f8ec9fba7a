//! `pthread_once`.

use core::ffi::c_int;

use coopt_sync::Once;

use crate::platform::Coopt;

/// `pthread_once_t` is an int, initially 0.
const _: () = assert!(size_of::<Once>() == 4 && align_of::<Once>() == 4);

/// POSIX XSH `pthread_once`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_once(once: &Once, init: extern "C" fn()) -> c_int {
    once.call(&Coopt, || init());
    0
}
