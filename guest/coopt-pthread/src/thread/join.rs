//! Who takes note of a thread's end: `pthread_join` and its kin,
//! `pthread_detach`.
//!
//! Threads that wait without a deadline to join each other in a circle would
//! wait for ever. So each thread knows who waits for it, and the join that
//! would close the circle is refused. A wait with a deadline is no part of it:
//! it ends by itself.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr;

use coopt_sync::{Clock, Deadline, Error, Reason, WaitKind};

use crate::cancel;
use crate::errno::{Errno, status};
use crate::patience;
use crate::platform::Coopt;
use crate::thread::block;
use crate::thread::record::{Fate, Thread, current};
use crate::time::{ClockId, Timespec};

/// Where a join leaves the thread's result.
type ResultPlace<'a> = Option<&'a Cell<*mut c_void>>;

/// Waits until `deadline` for the end of `thread`, and frees it; a cancellation
/// point.
///
/// # Errors
///
/// `EDEADLK`, `EINVAL`; how a wait can fail. Then `thread` is as before.
pub fn join(
    thread: &'static Thread,
    result: ResultPlace<'_>,
    deadline: Deadline,
) -> Result<(), Errno> {
    patience::spend();
    let for_ever = matches!(deadline, Deadline::Never);
    if ptr::eq(thread, current()) || for_ever && waits_for_caller(thread) {
        return Err(Errno::DEADLK);
    }
    check_joinable(thread)?;
    cancel::point();
    loop {
        match wait_for_end(thread, deadline) {
            Ok(()) => break,
            // A signal's handler has run, and a join goes on then.
            Err(Error::Interrupted) => cancel::point(),
            Err(error) => {
                cancel::point();
                return Err(error.into());
            }
        }
    }
    take(thread, result);
    Ok(())
}

/// Waits for the end of `thread`, which nobody else may join meanwhile. Whoever
/// gives up leaves it as it was.
fn wait_for_end(thread: &'static Thread, deadline: Deadline) -> Result<(), Error> {
    thread.fate.set(Fate::Joining);
    let for_ever = matches!(deadline, Deadline::Never);
    thread.joiner.set(for_ever.then(current));
    let reason = Reason::held_by(WaitKind::Join, thread.id.get());
    // SWITCH: the thread runs to its end. Its record stays, as nobody else may
    // free it.
    let ended = cancel::interruptible(|| thread.ended.wait(&Coopt, deadline, reason));
    thread.joiner.set(None);
    if ended.is_err() {
        thread.fate.set(Fate::Joinable);
    }
    ended
}

/// Whether `thread` waits for the end of the caller, or of a thread that waits
/// for it, and so on. A thread is joined by one other at most, so the chain
/// has no branches; it ends, because no circle was ever closed.
fn waits_for_caller(thread: &Thread) -> bool {
    let mut joined = current();
    while let Some(joiner) = joined.joiner.get() {
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

fn try_join(thread: &'static Thread, result: ResultPlace<'_>) -> Result<(), Errno> {
    patience::spend();
    check_joinable(thread)?;
    if !thread.ended.is_open() {
        return Err(Errno::BUSY);
    }
    take(thread, result);
    Ok(())
}

fn check_joinable(thread: &Thread) -> Result<(), Errno> {
    match thread.fate.get() {
        Fate::Joinable => Ok(()),
        Fate::Joining | Fate::Detached => Err(Errno::INVAL),
    }
}

/// Frees a thread that has ended and that nobody else joins.
fn take(thread: &'static Thread, result: ResultPlace<'_>) {
    debug_assert!(thread.ended.is_open(), "it has ended");
    if let Some(result) = result {
        result.set(thread.result.get());
    }
    block::free(thread);
}

fn detach(thread: &'static Thread) -> Result<(), Errno> {
    check_joinable(thread)?;
    thread.fate.set(Fate::Detached);
    if thread.ended.is_open() {
        block::free(thread);
    }
    Ok(())
}

/// POSIX XSH `pthread_join`: `EDEADLK` for the caller itself and for a thread
/// that waits to join the caller, directly or through others; `EINVAL` when it
/// is detached or somebody else joins it, `ESRCH` when it was freed.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_join(thread: *const Thread, result: ResultPlace<'_>) -> c_int {
    status(Thread::find(thread).and_then(|thread| join(thread, result, Deadline::Never)))
}

/// `pthread_tryjoin_np`: `EBUSY` while the thread lives.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_tryjoin_np(thread: *const Thread, result: ResultPlace<'_>) -> c_int {
    status(Thread::find(thread).and_then(|thread| try_join(thread, result)))
}

/// `pthread_timedjoin_np`: `ETIMEDOUT` when the time of day `at` comes first.
/// Without `at` it waits for ever.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_timedjoin_np(
    thread: *const Thread,
    result: ResultPlace<'_>,
    at: Option<&Timespec>,
) -> c_int {
    let deadline = at.map_or(Deadline::Never, |at| at.deadline(Clock::Realtime));
    status(Thread::find(thread).and_then(|thread| join(thread, result, deadline)))
}

/// `pthread_clockjoin_np`: as `pthread_timedjoin_np`, on a clock of the
/// caller's choice; `EINVAL` for one that nobody can wait on.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_clockjoin_np(
    thread: *const Thread,
    result: ResultPlace<'_>,
    clock: ClockId,
    at: Option<&Timespec>,
) -> c_int {
    let join = |thread| {
        let deadline = at.map_or(Ok(Deadline::Never), |at| at.deadline_on(clock))?;
        join(thread, result, deadline)
    };
    status(Thread::find(thread).and_then(join))
}

/// POSIX XSH `pthread_detach`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_detach(thread: *const Thread) -> c_int {
    status(Thread::find(thread).and_then(detach))
}
