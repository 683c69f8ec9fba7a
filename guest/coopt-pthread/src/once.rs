//! `pthread_once`.

use core::ffi::{c_int, c_void};
use core::ptr;

use coopt_sync::Once;

use crate::cleanup;
use crate::patience;
use crate::platform::Coopt;

/// `pthread_once_t` is an int, initially 0.
const _: () = assert!(size_of::<Once>() == 4 && align_of::<Once>() == 4);

/// Leaves the initialisation to somebody else: the thread that ran it ends.
extern "C" fn abandon(once: *mut c_void) {
    // SAFETY: `pthread_once` below passed it, and its frame is alive.
    let once = unsafe { &*once.cast::<Once>() };
    once.abandon(&Coopt);
}

/// POSIX XSH `pthread_once`. An initialiser that is cancelled, or ends its
/// thread, never ran.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_once(once: &Once, init: extern "C" fn()) -> c_int {
    once.call(&Coopt, || {
        patience::spend();
        let argument = ptr::from_ref(once).cast_mut().cast();
        // SWITCH: the initialiser is the program's code.
        cleanup::guarded(abandon, argument, || init());
    });
    0
}
