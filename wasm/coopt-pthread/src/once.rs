//! `pthread_once`.

use core::ffi::c_void;

use coopt_sync::Once;
use coopt_threads::objects::once;

use crate::answer::{c_functions, fits};
use crate::coopt::Coopt;

fits!(Once, "pthread_once_t");

/// Runs `init` once, as `pthread_once` and `call_once` do.
pub fn call(once: &Once, init: extern "C" fn()) {
    // SWITCH: the initialiser is the program's code.
    once::call(&Coopt, once, || init(), abandon);
}

/// Leaves the initialisation to another thread: the one that ran it ends.
extern "C" fn abandon(once: *mut c_void) {
    // SAFETY: `call` passed `once`, and the frame of `call` is alive.
    let once = unsafe { &*once.cast::<Once>() };
    once::abandon(&Coopt, once);
}

c_functions! {
    /// POSIX XSH `pthread_once`. An initialiser that is cancelled, or ends its
    /// thread, counts as never run.
    fn pthread_once(once: &Once, init: extern "C" fn()) -> status {
        call(once, init)
    }
}
