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

/// Starts a thread, whose record is complete but for the id. `spawn` has the
/// kernel make the thread, and returns the id. `announce` runs before the
/// thread.
///
/// # Errors
///
/// What `spawn` answers; then no thread was made.
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
    // The new thread does not run before this one switches. So the new thread
    // finds the id in its record, and its creator's handle written.
    thread.id.set(Some(spawn()?));
    // SAFETY: the caller's promise; the end of the thread removes it.
    unsafe { s.process().insert(thread) };
    announce();
    scheduling.give_to(s, thread);
    // SWITCH: the thread begins at once if its priority is higher.
    switch::preempt(s);
    Ok(())
}

/// Begins the calling thread: it acts on signals that were sent before.
pub fn begin<S: System>(s: &S) {
    // SWITCH: handlers are the program's code.
    deliver::act(s, s.me());
}

/// Ends the calling thread: what `pthread_exit` does.
pub fn exit<S: System>(s: &S, result: *mut c_void) -> ! {
    let me = s.me();
    me.cancellation.end();
    // The thread may end in the middle of a wait, which nobody takes up again.
    priority::set_wait_aside(s, me);
    // SWITCH: the handlers are the program's code.
    me.cleanup.run_all();
    me.result.set(result);
    // SWITCH: destructors are the program's code.
    s.unwind();
    conclude(s)
}

/// Ends the calling thread, whose frames are left: what [`exit`] does last.
pub fn conclude<S: System>(s: &S) -> ! {
    let me = s.me();
    finish(s, me.result.get());
    if ptr::eq(me, &s.process().main) {
        outlive_the_others(s);
    }
    s.leave()
}

/// Ends the calling thread as far as this crate goes: runs its destructors,
/// releases what it holds, and lets go of its record. After this call only the
/// main thread may switch: the stack of another may be free.
pub fn finish<S: System>(s: &S, result: *mut c_void) {
    let me = s.me();
    me.cancellation.end();
    // SWITCH: a signal of the process that was given to the thread is not lost.
    deliver::act(s, me);
    // SWITCH: destructors are the program's code. A mutex that is released may
    // go to a thread of higher priority.
    s.destroy_thread_locals();
    keys::run_destructors(s, me);
    s.abandon_streams();
    abandon_all(s, me);
    me.result.set(result);
    let_go(s, me);
}

/// Gives the record and the stack of the thread to its joiner, or frees them.
///
/// Nothing in here switches: the next thread to run may use that memory for
/// another. The caller's end lets the joiner run, whatever its priority.
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

/// Goes on after the end of the main thread: waits for the other threads, then
/// ends the process (POSIX XSH `pthread_exit`: "as if the implementation called
/// `exit` with a zero argument").
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
