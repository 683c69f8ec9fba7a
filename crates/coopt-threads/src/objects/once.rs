//! One-time initialisation, which survives the end of the thread that runs it.

use core::ffi::c_void;
use core::ptr;

use coopt_sync::Once;

use crate::calls;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;

/// Runs `init`, unless it has run or runs. An initialiser that is cancelled, or
/// ends its thread, counts as never run: `abandon` then gets `once`, and has to
/// call [abandon].
pub fn call<S: System>(
    s: &S,
    once: &Once,
    init: impl FnOnce(),
    abandon: extern "C" fn(*mut c_void),
) {
    once.call(&Posix(s), || {
        // A call that has nothing to run stays a load.
        switch::begin(s, calls::ONCE);
        let argument = ptr::from_ref(once).cast_mut().cast();
        // SWITCH: the initialiser is the program's code.
        s.me().cleanup.guarded(abandon, argument, init);
    });
}

/// Leaves the initialisation to another thread: the one that ran it ends.
pub fn abandon<S: System>(s: &S, once: &Once) {
    once.abandon(&Posix(s));
}
