//! Cancellation (POSIX XSH 2.9.5).
//!
//! A request stays with its target until that acts on it: at a *cancellation
//! point*, with cancellation enabled. To act is to end as `pthread_exit` does,
//! with the result `PTHREAD_CANCELED`.
//!
//! A target that is in the middle of a point, parked, has to be woken. So a
//! thread notes that it [waits](Waits) at one, and only such a
//! wait is interrupted: the others could do nothing but go on waiting, at the
//! end of their queue.
//!
//! A request can only come while its target does not run, so it is always
//! found on the way out of a `// SWITCH:`. A thread whose type is asynchronous
//! acts there too when it yielded, and while it waits for a mutex, which leaves
//! no trace in the mutex. It does not when it waited for something else, as
//! that would be left miscounted: POSIX lets such a thread call nothing but
//! the functions of this file.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr;

use coopt_sync::{Error, Outcome};

use crate::errno::{Errno, status};
use crate::thread::exports::pthread_exit;
use crate::thread::{Thread, current};
use crate::{imports, patience, priority};

/// `PTHREAD_CANCEL_*` and `PTHREAD_CANCELED` (`pthread.h`).
const ENABLE: c_int = 0;
const DISABLE: c_int = 1;
const DEFERRED: c_int = 0;
const ASYNCHRONOUS: c_int = 1;
const CANCELED: *mut c_void = ptr::without_provenance_mut(usize::MAX);

/// What a thread's record knows of its cancellation.
pub struct Cancellation {
    state: Cell<c_int>,
    kind: Cell<c_int>,
    requested: Cell<bool>,
    /// The thread is ending, by a request or by itself, and acts on none any
    /// more, whatever state its handlers and destructors set.
    ending: Cell<bool>,
    waits: Cell<Waits>,
}

/// How a thread that is parked takes a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waits {
    /// It is in no cancellation point.
    Elsewhere,
    /// It is in one, and ends its wait.
    AtPoint,
    /// It is in one, but has something to wait for before it can act: its
    /// condition variable's mutex.
    BeforeActing,
}

impl Cancellation {
    /// That of a new thread.
    pub const fn new() -> Self {
        Self {
            state: Cell::new(ENABLE),
            kind: Cell::new(DEFERRED),
            requested: Cell::new(false),
            ending: Cell::new(false),
            waits: Cell::new(Waits::Elsewhere),
        }
    }

    /// Makes the thread deaf to requests for good: it is ending.
    pub fn end(&self) {
        self.state.set(DISABLE);
        self.ending.set(true);
    }

    /// Whether there is a request that the thread has to act on at a point.
    pub fn is_due(&self) -> bool {
        self.requested.get() && self.state.get() == ENABLE && !self.ending.get()
    }
}

/// A cancellation point: ends the calling thread if it has to.
pub fn point() {
    if current().cancellation.is_due() {
        pthread_exit(CANCELED);
    }
}

/// Where a thread that may be cancelled at any time learns that it was.
pub fn asynchronous_point() {
    if current().cancellation.kind.get() == ASYNCHRONOUS {
        point();
    }
}

/// Runs a wait that a request ends with [`Error::Interrupted`]. What to do then
/// besides calling [`point`] is the caller's business.
// Inlined, as is `at_point`, for the reason that `Semaphore::wait` is.
#[inline(always)]
pub fn interruptible<R>(wait: impl FnOnce() -> R) -> R {
    let _interruptible = Interruptible::begin();
    // SWITCH: a request may come.
    wait()
}

/// As long as it exists, a request ends the wait that the calling thread is in.
/// It is for waits that must not become a closure: one with several callers is
/// a frame to return through.
pub struct Interruptible(&'static Cancellation);

impl Interruptible {
    /// The calling thread is about to wait.
    #[inline]
    pub fn begin() -> Self {
        let cancellation = &current().cancellation;
        debug_assert!(
            cancellation.waits.get() == Waits::Elsewhere,
            "one wait at a time"
        );
        cancellation.waits.set(Waits::AtPoint);
        Self(cancellation)
    }
}

impl Drop for Interruptible {
    #[inline]
    fn drop(&mut self) {
        self.0.waits.set(Waits::Elsewhere);
    }
}

/// Runs code of the program in the middle of a wait, as if the calling thread
/// was in none: the handler of a signal may be in a point of its own.
pub fn beside_wait(run: impl FnOnce()) {
    let waits = &current().cancellation.waits;
    let interrupted = waits.replace(Waits::Elsewhere);
    // SWITCH: it is the program's code.
    run();
    waits.set(interrupted);
}

/// Notes that the rest of the cancellation point, if the calling thread, whose
/// record is `me`, is in one, is a wait that a request does not end.
#[inline]
pub fn wait_before_acting(me: &Thread) {
    let waits = &me.cancellation.waits;
    if waits.get() == Waits::AtPoint {
        waits.set(Waits::BeforeActing);
    }
}

/// Runs a wait that only a thread of the asynchronous type is cancelled in, and
/// that leaves nothing to clean up.
pub fn asynchronous_wait(wait: impl FnOnce() -> Outcome) -> Outcome {
    let cancellation = &current().cancellation;
    if cancellation.kind.get() == DEFERRED || cancellation.waits.get() != Waits::Elsewhere {
        return wait();
    }
    let answer = interruptible(wait);
    if answer == Outcome::Interrupted {
        point();
    }
    answer
}

/// Runs a wait that is a cancellation point and leaves nothing to clean up.
#[inline(always)]
pub fn at_point<R>(wait: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
    point();
    let result = interruptible(wait);
    if matches!(result, Err(Error::Interrupted)) {
        point();
    }
    result
}

fn cancel(thread: &'static Thread) {
    let cancellation = &thread.cancellation;
    if cancellation.requested.replace(true) {
        // A loop of such calls gets nowhere while the thread does not run.
        patience::spend();
    }
    if ptr::eq(thread, current()) {
        asynchronous_point();
    } else if cancellation.is_due()
        && cancellation.waits.get() == Waits::AtPoint
        && let Some(id) = thread.id.get()
    {
        // No answer is needed: a thread that was woken already finds the
        // request at its next point.
        imports::thread_wake(id.get());
        // SWITCH: to the target, if its priority is higher.
        priority::preempt();
    }
}

/// POSIX XSH `pthread_cancel`: `ESRCH` for a thread that was freed.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_cancel(thread: *const Thread) -> c_int {
    status(Thread::find(thread).map(cancel))
}

/// POSIX XSH `pthread_testcancel`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_testcancel() {
    patience::spend();
    point();
}

/// POSIX XSH `pthread_setcancelstate`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_setcancelstate(state: c_int, old: Option<&Cell<c_int>>) -> c_int {
    if !matches!(state, ENABLE | DISABLE) {
        return status(Err(Errno::INVAL));
    }
    let before = current().cancellation.state.replace(state);
    if let Some(old) = old {
        old.set(before);
    }
    asynchronous_point();
    0
}

/// POSIX XSH `pthread_setcanceltype`. The asynchronous type acts where a
/// thread can learn of a request: see the head of this file.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_setcanceltype(kind: c_int, old: Option<&Cell<c_int>>) -> c_int {
    if !matches!(kind, DEFERRED | ASYNCHRONOUS) {
        return status(Err(Errno::INVAL));
    }
    let before = current().cancellation.kind.replace(kind);
    if let Some(old) = old {
        old.set(before);
    }
    asynchronous_point();
    0
}
