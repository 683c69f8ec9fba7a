//! The part of cancellation that there is: states and types are kept, and a
//! request is refused, so nothing is ever pending.

use core::cell::Cell;
use core::ffi::c_int;

use crate::errno::{Errno, status};
use crate::thread::{self, Thread};

/// `PTHREAD_CANCEL_*` (`pthread.h`).
pub const ENABLE: c_int = 0;
const DISABLE: c_int = 1;
const DEFERRED: c_int = 0;
const ASYNCHRONOUS: c_int = 1;

/// POSIX XSH `pthread_setcancelstate`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_setcancelstate(state: c_int, old: Option<&Cell<c_int>>) -> c_int {
    if !matches!(state, ENABLE | DISABLE) {
        return status(Err(Errno::INVAL));
    }
    let before = thread::current().cancel_state.replace(state);
    if let Some(old) = old {
        old.set(before);
    }
    0
}

/// POSIX XSH `pthread_setcanceltype`: `ENOTSUP` for the asynchronous type.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_setcanceltype(kind: c_int, old: Option<&Cell<c_int>>) -> c_int {
    match kind {
        DEFERRED => {}
        ASYNCHRONOUS => return status(Err(Errno::NOTSUP)),
        _ => return status(Err(Errno::INVAL)),
    }
    if let Some(old) = old {
        old.set(DEFERRED);
    }
    0
}

/// POSIX XSH `pthread_testcancel`. Requests are refused: none is pending.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_testcancel() {}

/// POSIX XSH `pthread_cancel`: `ENOTSUP`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cancel(_thread: *const Thread) -> c_int {
    status(Err(Errno::NOTSUP))
}
