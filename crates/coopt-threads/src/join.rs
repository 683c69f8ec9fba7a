//! Who takes note of a thread's end: joining and detaching.
//!
//! Threads that wait without a deadline to join each other in a circle would
//! wait for ever. So each thread knows who waits for it, and the join that
//! would close the circle is refused. A wait with a deadline is no part of it:
//! it ends by itself.

use core::ffi::c_void;
use core::ptr;

use coopt_abi::wait::{Reason, WaitKind};
use coopt_sync::{Deadline, Error};

use crate::calls;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;
use crate::thread::{Fate, Thread};

/// Waits until `deadline` for the end of `thread`, and frees it; a cancellation
/// point. Returns its result.
///
/// # Errors
///
/// [`Error::Deadlock`] for the caller itself and for a thread that waits to
/// join it; [`Error::Invalid`] when the thread is detached or somebody else
/// joins it; [`Error::TimedOut`], [`Error::Malformed`]. Then `thread` is as
/// before.
pub fn join<S: System>(
    s: &S,
    thread: &Thread<S::Own>,
    deadline: Deadline,
) -> Result<*mut c_void, Error> {
    switch::begin(s, calls::JOIN);
    let for_ever = matches!(deadline, Deadline::Never);
    if ptr::eq(thread, s.me()) || for_ever && waits_for_caller(s, thread) {
        return Err(Error::Deadlock);
    }
    check_joinable(thread)?;
    // SWITCH: the thread runs to its end. Its record stays, as nobody else may
    // free it.
    switch::wait(s, calls::JOIN, || wait_for_end(s, thread, deadline))?;
    Ok(take(s, thread))
}

/// [`join`], without waiting.
///
/// # Errors
///
/// [`Error::Busy`] while the thread lives; as [`join`].
pub fn try_join<S: System>(s: &S, thread: &Thread<S::Own>) -> Result<*mut c_void, Error> {
    switch::begin(s, calls::ASK);
    check_joinable(thread)?;
    if !thread.has_ended() {
        return Err(Error::Busy);
    }
    Ok(take(s, thread))
}

/// Has the thread freed at its end, without anybody joining it.
///
/// # Errors
///
/// [`Error::Invalid`] when it is detached or somebody joins it.
pub fn detach<S: System>(s: &S, thread: &Thread<S::Own>) -> Result<(), Error> {
    check_joinable(thread)?;
    thread.fate.set(Fate::Detached);
    if thread.has_ended() {
        s.free(thread);
    }
    Ok(())
}

/// Waits for the end of `thread`, which nobody else may join meanwhile. Whoever
/// gives up leaves it as it was.
fn wait_for_end<S: System>(
    s: &S,
    thread: &Thread<S::Own>,
    deadline: Deadline,
) -> Result<(), Error> {
    thread.fate.set(Fate::Joining);
    let for_ever = matches!(deadline, Deadline::Never);
    if for_ever {
        thread.joiner.set(s.me());
    }
    let reason = Reason::held_by(WaitKind::Join, thread.id.get());
    let argument = ptr::from_ref(thread).cast_mut().cast();
    let mut ended = Ok(());
    // A handler that runs in the wait may end the caller.
    s.me().cleanup.guarded(give_up::<S::Own>, argument, || {
        // SWITCH: the thread runs to its end.
        ended = thread.ended.wait(&Posix(s), deadline, reason);
    });
    thread.joiner.set(ptr::null());
    if ended.is_err() {
        thread.fate.set(Fate::Joinable);
    }
    ended
}

/// Leaves a thread to be joined by another: whoever joined it ends.
extern "C" fn give_up<O>(thread: *mut c_void) {
    #[expect(unsafe_code, reason = "clean-up handlers know an address only")]
    // SAFETY: `wait_for_end` passes a thread that is being joined, which nobody
    // else frees.
    let thread = unsafe { &*thread.cast_const().cast::<Thread<O>>() };
    thread.joiner.set(ptr::null());
    thread.fate.set(Fate::Joinable);
}

/// Whether `thread` waits for the end of the caller, or of a thread that waits
/// for it, and so on. A thread is joined by one other at most, so the chain
/// has no branches; it ends, because no circle was ever closed.
fn waits_for_caller<S: System>(s: &S, thread: &Thread<S::Own>) -> bool {
    let mut joined = s.me();
    while let Some(joiner) = joiner_of(joined) {
        if joiner.cancellation.is_due() {
            // It stops waiting as soon as it runs.
            return false;
        }
        if ptr::eq(joiner, thread) {
            return true;
        }
        joined = joiner;
    }
    false
}

fn joiner_of<O>(thread: &Thread<O>) -> Option<&Thread<O>> {
    #[expect(unsafe_code, reason = "records know each other by address")]
    // SAFETY: null, or a thread that is in `wait_for_end`: it is alive. (If it
    // ends in there, `give_up` runs.)
    let joiner = unsafe { thread.joiner.get().as_ref() };
    debug_assert!(
        joiner.is_none_or(|joiner| !joiner.has_ended()),
        "the dead join nobody"
    );
    joiner
}

fn check_joinable<O>(thread: &Thread<O>) -> Result<(), Error> {
    match thread.fate.get() {
        Fate::Joinable => Ok(()),
        Fate::Joining | Fate::Detached => Err(Error::Invalid),
    }
}

/// Frees a thread that has ended and that nobody else joins.
fn take<S: System>(s: &S, thread: &Thread<S::Own>) -> *mut c_void {
    debug_assert!(thread.has_ended(), "it has ended");
    let result = thread.result.get();
    s.free(thread);
    result
}
