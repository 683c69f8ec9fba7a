//! A thread's beginning and end.

use core::ffi::c_void;
use core::ptr;

use coopt_abi::thread::ThreadId;
use coopt_abi::wait::{Reason, WaitKind};
use coopt_sync::Deadline;

use crate::objects::mutex::abandon_all;
use crate::platform::Posix;
use crate::scheduling::Scheduling;
use crate::system::{End, System};
use crate::thread::{Fate, Thread};
use crate::{deliver, keys, priority, switch};

/// Starts a thread, whose record is complete but for its id: `spawn` has the
/// kernel make it, and says its id. `announce` is called before it can run.
///
/// # Errors
///
/// What `spawn` answers; then nothing has happened.
///
/// # Safety
///
/// The record stays where it is until [`Program::free`](crate::Program::free)
/// gets it.
#[expect(unsafe_code, reason = "all threads are kept by their addresses")]
pub unsafe fn start<S: System, E>(
    s: &S,
    thread: &Thread<S::Own>,
    scheduling: Scheduling,
    spawn: impl FnOnce() -> Result<ThreadId, E>,
    announce: impl FnOnce(),
) -> Result<(), E> {
    thread.signals.inherit(&s.me().signals);
    // The thread does not run before this one is switched, so it finds its id
    // in its record, and its creator's handle written.
    thread.id.set(Some(spawn()?));
    // SAFETY: the caller's promise; the end of the thread removes it.
    unsafe { s.process().insert(thread) };
    announce();
    scheduling.give_to(s, thread);
    // SWITCH: the thread begins at once if its priority is higher.
    switch::preempt(s);
    Ok(())
}

/// The calling thread begins: it acts on a signal that was sent to it meanwhile.
pub fn begin<S: System>(s: &S) {
    // SWITCH: the signal's handler.
    deliver::act(s, s.me());
}

/// Ends the calling thread: what `pthread_exit` does.
pub fn exit<S: System>(s: &S, result: *mut c_void) -> ! {
    let me = s.me();
    me.cancellation.end();
    // It may end in the middle of a wait, which nobody takes up again.
    priority::set_wait_aside(s, me);
    // SWITCH: the handlers are the program's code.
    me.cleanup.run_all();
    finish(s, result);
    if ptr::eq(me, &s.process().main) {
        outlive_the_others(s);
    }
    s.leave()
}

/// Ends the calling thread as far as this crate goes: runs what it left to be
/// run, and lets go of it. After this call it must not switch again.
pub fn finish<S: System>(s: &S, result: *mut c_void) {
    let me = s.me();
    me.cancellation.end();
    // SWITCH: a signal of the process that it was given is not lost with it.
    deliver::act(s, me);
    // SWITCH: destructors are the program's code, and what is released may go
    // to a thread of higher priority.
    keys::run_destructors(s, me);
    s.abandon_streams();
    abandon_all(s, me);
    me.result.set(result);
    let_go(s, me);
}

/// Gives the thread's record and stack to whoever joins it, or frees them.
///
/// Nothing in here switches: the next to run may use that memory for another
/// thread. The end of the caller lets the joiner run, whatever its priority.
fn let_go<S: System>(s: &S, me: &Thread<S::Own>) {
    let process = s.process();
    if !ptr::eq(me, &process.main) {
        process.remove(me);
        if process.is_lone() && process.main.has_ended() {
            process.all_ended.open(&Posix(s));
        }
    }
    me.ended.open(&Posix(s));
    if me.fate.get() == Fate::Detached {
        s.free(me);
    }
}

/// What is left of the process when the main thread has ended by itself: it
/// waits for the other threads, then exits (POSIX XSH `pthread_exit`: "as if
/// the implementation called `exit` with a zero argument").
fn outlive_the_others<S: System>(s: &S) -> ! {
    let process = s.process();
    if !process.is_lone() {
        let reason = Reason::new(WaitKind::Join);
        let wait = || process.all_ended.wait(&Posix(s), Deadline::Never, reason);
        // SWITCH: the other threads run to their ends. One of them may
        // interrupt the wait, by the id of the main thread.
        while wait().is_err() {}
    }
    s.end_process(End::Returns)
}
