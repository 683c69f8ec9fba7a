//! Cancellation points (POSIX XSH 2.9.5): where a thread acts on a request.
//!
//! To act is to end as `pthread_exit` does, with the result [`CANCELED`].
//!
//! A request can only come while its target does not run, so it is always
//! found on the way out of a `// SWITCH:`. A target that is in the middle of a
//! point, parked, has to be woken. So a thread notes that it
//! [waits](crate::thread::waiting::Request) at one, and only such a wait is
//! interrupted: the others could do nothing but go on waiting, at the end of
//! their queue.
//!
//! A thread whose type is asynchronous acts, too, when it yielded, and while it
//! waits for a mutex, which leaves no trace in the mutex. It does not when it
//! waited for something else, as that would be left miscounted: POSIX lets such
//! a thread call nothing but `pthread_cancel`, `pthread_setcancelstate` and
//! `pthread_setcanceltype`.

use core::ffi::c_void;
use core::ptr;

use crate::system::System;
use crate::thread::Thread;

/// The result of a thread that was cancelled: `PTHREAD_CANCELED`.
pub const CANCELED: *mut c_void = ptr::without_provenance_mut(usize::MAX);

/// A cancellation point: ends the calling thread if it has to.
#[inline]
pub fn point<S: System>(s: &S) {
    if s.me().cancellation.is_due() {
        act(s);
    }
}

/// Where a thread that may be cancelled at any time learns that it was.
#[inline]
pub fn asynchronous_point<S: System>(s: &S, me: &Thread<S::Own>) {
    if me.cancellation.is_asynchronous() && me.cancellation.is_due() {
        act(s);
    }
}

#[cold]
#[inline(never)]
fn act<S: System>(s: &S) -> ! {
    s.end_thread(CANCELED)
}
