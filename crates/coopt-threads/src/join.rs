//! Who takes note of a thread's end: joining and detaching.
//!
//! Threads that wait without a deadline to join each other in a circle would
//! wait for ever. So each thread knows who waits for it, and the join that
//! would close the circle is refused. A join with a deadline ends by itself, so
//! it is no part of a circle.

use core::ffi::c_void;
use core::ptr;

use coopt_abi::thread::LIVE_MAX;
use coopt_abi::wait::{Reason, WaitKind};
use coopt_sync::{Deadline, Error};

use crate::calls;
use crate::platform::Posix;
use crate::switch;
use crate::system::System;
use crate::thread::{Fate, Thread};

/// Waits until `deadline` for the end of `thread`, frees `thread`, and returns
/// its result; a cancellation point.
///
/// # Errors
///
/// [`Error::Deadlock`] for the caller itself, and, without a deadline, for a
/// thread that waits, directly or through others, to join the caller;
/// [`Error::Invalid`] when the thread is detached or somebody else joins it;
/// [`Error::TimedOut`], [`Error::Malformed`]. Then `thread` is as before.
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
    // SWITCH: the thread runs to its end. The thread's record stays, as nobody
    // else may free it.
    switch::wait(s, calls::JOIN, || wait_for_end(s, thread, deadline))?;
    Ok(take(s, thread))
}

/// [`join`], without waiting.
///
/// # Errors
///
/// [`Error::Invalid`] as [`join`]; [`Error::Busy`] while the thread lives.
pub fn try_join<S: System>(s: &S, thread: &Thread<S::Own>) -> Result<*mut c_void, Error> {
    switch::begin(s, calls::ASK);
    check_joinable(thread)?;
    if !thread.has_ended() {
        return Err(Error::Busy);
    }
    Ok(take(s, thread))
}

/// Has `thread` freed at its end, without a join.
///
/// # Errors
///
/// [`Error::Invalid`] when `thread` is detached or somebody joins it.
pub fn detach<S: System>(s: &S, thread: &Thread<S::Own>) -> Result<(), Error> {
    check_joinable(thread)?;
    thread.fate.set(Fate::Detached);
    if thread.has_ended() {
        s.free(thread);
    }
    Ok(())
}

/// Waits for the end of `thread`, which nobody else may join meanwhile. A
/// caller that gives up leaves `thread` as it was.
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

/// Makes a thread joinable again: its joiner ends in the middle of the join.
extern "C" fn give_up<O>(thread: *mut c_void) {
    #[expect(unsafe_code, reason = "clean-up handlers know an address only")]
    // SAFETY: `wait_for_end` passes a thread that is being joined, which nobody
    // else frees.
    let thread = unsafe { &*thread.cast_const().cast::<Thread<O>>() };
    thread.joiner.set(ptr::null());
    thread.fate.set(Fate::Joinable);
}

/// Whether `thread` waits for the end of the caller, directly or through
/// others. At most one thread joins another, so the chain has no branches. No
/// chain is longer than there are threads, but one can lead into a circle that
/// the caller is no part of: a handler that joins, in a thread that joins.
fn waits_for_caller<S: System>(s: &S, thread: &Thread<S::Own>) -> bool {
    let mut joined = s.me();
    for _ in 0..LIVE_MAX {
        match joiner_of(joined) {
            // A joiner that is due for cancellation stops waiting as soon as
            // it runs.
            Some(joiner) if !joiner.cancellation.is_due() => joined = joiner,
            _ => return false,
        }
        if ptr::eq(joined, thread) {
            return true;
        }
    }
    false
}

fn joiner_of<O>(thread: &Thread<O>) -> Option<&Thread<O>> {
    #[expect(unsafe_code, reason = "records know each other by address")]
    // SAFETY: null, or a thread that is in `wait_for_end`, so it is alive. (If
    // the thread ends in there, `give_up` runs.)
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

/// Frees an ended thread that nobody else joins; returns its result.
fn take<S: System>(s: &S, thread: &Thread<S::Own>) -> *mut c_void {
    debug_assert!(thread.has_ended(), "it has ended");
    let result = thread.result.get();
    s.free(thread);
    result
}
