//! `pthread_create`, `pthread_exit`, `pthread_join`, `pthread_detach` and their
//! kin; `pthread_self`.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::{hint, ptr};

use coopt_sync::{Clock, Deadline, ThreadId};
use coopt_threads::thread::Fate;
use coopt_threads::{Program as _, calls, join, life, switch};

use crate::answer::c_functions;
use crate::attr::Attr;
use crate::coopt::{self, Coopt, current};
use crate::entry::{self, Entry};
use crate::errno::Errno;
use crate::record::{Thread, find};
use crate::time::{ClockId, Timespec};
use crate::{block, cache, defaults, imports, libc};

/// Starts a thread, whose handle is written before the thread runs.
///
/// # Errors
///
/// `EINVAL` when the policy in `attr` does not have the priority there;
/// `EAGAIN` for want of memory or at the cap on threads; `ENOTSUP` in a program
/// built without threads.
pub fn create(
    handle: &Cell<*const Thread>,
    attr: &Attr,
    entry: Entry,
    argument: *mut c_void,
) -> Result<(), Errno> {
    // A loop that creates until there is room waits for a thread to end.
    switch::begin(&Coopt, calls::ASK);
    let scheduling = attr.scheduling(current())?;
    let thread = block::build(attr)?;
    thread.own.entry = Some(entry);
    thread.own.argument = argument;
    if attr.is_detached() {
        thread.fate = Cell::new(Fate::Detached);
    }
    let thread: &'static Thread = thread;
    let announce = || handle.set(thread);
    // SAFETY: the record lies in a block that only `cache::free` frees.
    let started = unsafe { life::start(&Coopt, thread, scheduling, || spawn(thread), announce) };
    if started.is_err() {
        cache::free(thread);
    }
    started
}

/// Has the runtime start a thread on `thread`'s block.
///
/// `EAGAIN` at the cap on live threads, `ENOTSUP` with threads off.
fn spawn(thread: &'static Thread) -> Result<ThreadId, Errno> {
    // The runtime enters the thread through this export. The linker keeps the
    // export only because it is mentioned here.
    hint::black_box(libc::wasi_thread_start as *const c_void);
    // SAFETY: the record begins with what `wasi_thread_start` wants, and lives
    // until the thread has ended.
    let answer = unsafe { imports::thread_spawn(ptr::from_ref(thread).cast()) };
    Errno::check_id(answer)
}

/// Waits for the end of a thread, and stores its result at `result`.
pub fn join(
    thread: *const Thread,
    result: Option<&Cell<*mut c_void>>,
    deadline: Deadline,
) -> Result<(), Errno> {
    let joined = join::join(&Coopt, find(thread)?, deadline)?;
    leave(result, joined);
    Ok(())
}

/// Has a thread freed at its end.
pub fn detach(thread: *const Thread) -> Result<(), Errno> {
    Ok(join::detach(&Coopt, find(thread)?)?)
}

fn leave(place: Option<&Cell<*mut c_void>>, result: *mut c_void) {
    if let Some(place) = place {
        place.set(result);
    }
}

c_functions! {
    /// Where `wasi_thread_start` goes, on the new thread's stack and with its
    /// thread-local storage, once both are set.
    fn coopt_thread_start(id: ThreadId, thread: &'static Thread) {
        coopt::enter(thread, id);
        // SWITCH: handlers of signals that were sent to the thread before.
        life::begin(&Coopt);
        if let Some(entry) = thread.own.entry {
            // SWITCH: the thread's program. `thread` stays: only its end frees it.
            let ended = libc::at_base(|| entry.run(thread.own.argument));
            // SWITCH: destructors are the program's code, too, and may throw.
            let finished = libc::at_base(|| match ended {
                Ok(result) => life::finish(&Coopt, result),
                Err(libc::Left) => life::conclude(&Coopt),
            });
            if finished.is_err() {
                // One of them has called `pthread_exit`.
                life::conclude(&Coopt)
            }
        }
    }

    /// Where the start of the program goes when `main` was left by
    /// `pthread_exit`.
    fn __coopt_main_ended() -> (!) {
        life::conclude(&Coopt)
    }

    /// POSIX XSH `pthread_create`: fails as [`create`].
    fn pthread_create(
        handle: &Cell<*const Thread>,
        attr: Option<&Attr>,
        entry: entry::Posix,
        argument: *mut c_void,
    ) -> status {
        let entry = Entry::Posix(entry);
        match attr {
            Some(attr) => create(handle, attr, entry, argument)?,
            None => create(handle, &defaults::get(), entry, argument)?,
        }
    }

    /// POSIX XSH `pthread_exit`.
    fn pthread_exit(result: *mut c_void) -> (!) {
        Coopt.end_thread(result)
    }

    /// POSIX XSH `pthread_join`: `EDEADLK` for the caller itself and for a
    /// thread that waits to join the caller, directly or through others;
    /// `EINVAL` when the thread is detached or somebody else joins it, `ESRCH`
    /// when it was freed.
    fn pthread_join(thread: *const Thread, result: Option<&Cell<*mut c_void>>) -> status {
        join(thread, result, Deadline::Never)?
    }

    /// `pthread_tryjoin_np`: `EBUSY` while the thread lives.
    fn pthread_tryjoin_np(thread: *const Thread, result: Option<&Cell<*mut c_void>>) -> status {
        leave(result, join::try_join(&Coopt, find(thread)?)?);
    }

    /// `pthread_timedjoin_np`: `ETIMEDOUT` when the time of day `at` comes first.
    /// Without `at` it waits for ever.
    fn pthread_timedjoin_np(
        thread: *const Thread,
        result: Option<&Cell<*mut c_void>>,
        at: Option<&Timespec>,
    ) -> status {
        let deadline = at.map_or(Deadline::Never, |at| at.deadline(Clock::Realtime));
        join(thread, result, deadline)?
    }

    /// `pthread_clockjoin_np`: as `pthread_timedjoin_np`, on a clock of the
    /// caller's choice; `EINVAL` for a clock that has no deadlines.
    fn pthread_clockjoin_np(
        thread: *const Thread,
        result: Option<&Cell<*mut c_void>>,
        clock: ClockId,
        at: Option<&Timespec>,
    ) -> status {
        find(thread)?;
        let deadline = at.map_or(Ok(Deadline::Never), |at| at.deadline_on(clock))?;
        join(thread, result, deadline)?
    }

    /// POSIX XSH `pthread_detach`.
    fn pthread_detach(thread: *const Thread) -> status {
        detach(thread)?
    }

    /// POSIX XSH `pthread_self`.
    fn pthread_self() -> (*const Thread) {
        current()
    }

    /// POSIX XSH `pthread_equal` (a macro in C, a function for others).
    fn pthread_equal(one: *const Thread, other: *const Thread) -> (c_int) {
        c_int::from(ptr::eq(one, other))
    }
}
