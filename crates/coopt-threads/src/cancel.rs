//! Cancellation points (POSIX XSH 2.9.5): where a thread acts on a request.
//!
//! To act is to end as `pthread_exit` does, with the result [`CANCELED`].
//!
//! Another thread's request comes only while its target does not run. The
//! target finds the request at its next point. A target that is parked at a
//! point has to be woken. So a thread notes that it
//! [waits](crate::thread::waiting::Request) at a point, and only such a wait is
//! interrupted. Any other wait would only begin again, at the end of its queue.
//!
//! A thread of the asynchronous type also acts after a yield, and in a wait for
//! a mutex: such a wait leaves no trace in the mutex. In another wait it does
//! not act, since the object would be left miscounted. POSIX lets such a thread
//! call nothing but `pthread_cancel`, `pthread_setcancelstate` and
//! `pthread_setcanceltype`.

use core::ffi::c_void;
use core::ptr;

use crate::system::System;
use crate::thread::Thread;

/// The result of a thread that was cancelled: `PTHREAD_CANCELED`.
pub const CANCELED: *mut c_void = ptr::without_provenance_mut(usize::MAX);

/// A cancellation point: ends the calling thread if a request is due.
#[inline]
pub fn point<S: System>(s: &S) {
    if s.me().cancellation.is_due() {
        act(s);
    }
}

/// Ends the calling thread if its type is asynchronous and a request is due.
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
