//! The end of a thread.

use core::ffi::c_void;
use core::ptr;

use coopt_sync::{Deadline, Latch, Reason, WaitKind};

use crate::cooperative::Cooperative;
use crate::platform::Coopt;
use crate::thread::record::{self, Fate, Thread, current};
use crate::thread::{block, registry};
use crate::{cleanup, imports, key, libc, mutex, priority, signal};

/// Opened when the main thread has ended by `pthread_exit` and so has the last
/// of the others.
static ALL_ENDED: Cooperative<Latch> = Cooperative::new(Latch::new());

/// Ends the calling thread as far as this library goes: runs what it left to
/// be run, and lets go of it. After this call it must not switch again.
pub fn finish(thread: &'static Thread, result: *mut c_void) {
    debug_assert!(ptr::eq(thread, current()), "a thread ends itself");
    thread.cancellation.end();
    // SWITCH: a signal of the process that it was given is not lost with it.
    signal::act();
    // SWITCH: destructors are the program's code, and what is released may go
    // to a thread of higher priority.
    key::run_destructors(thread);
    libc::abandon_stdio_locks();
    mutex::abandon_all(thread);
    thread.result.set(result);
    let_go(thread);
}

/// Gives the thread's record and stack to whoever joins it, or frees them.
///
/// Nothing in here switches: the next to run may use that memory for another
/// thread. The end of the caller lets the joiner run, whatever its priority.
fn let_go(thread: &'static Thread) {
    if !ptr::eq(thread, record::main()) {
        registry::remove(thread);
        if registry::is_empty() && record::main().ended.is_open() {
            ALL_ENDED.open(&Coopt);
        }
    }
    thread.ended.open(&Coopt);
    if thread.fate.get() == Fate::Detached {
        block::free(thread);
    }
}

/// What is left of the process when the main thread has ended by itself: it
/// waits for the other threads, then exits (POSIX XSH `pthread_exit`: "as if
/// the implementation called `exit` with a zero argument").
fn outlive_the_others() -> ! {
    if !registry::is_empty() {
        let wait = || ALL_ENDED.wait(&Coopt, Deadline::Never, Reason::new(WaitKind::Join));
        // SWITCH: the other threads run to their ends. One of them may
        // interrupt the wait, by the id of the main thread.
        while wait().is_err() {}
    }
    libc::exit_process(0)
}

/// POSIX XSH `pthread_exit`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_exit(result: *mut c_void) -> ! {
    let thread = current();
    thread.cancellation.end();
    priority::give_up_wait(thread);
    cleanup::run_all(thread);
    finish(thread, result);
    if ptr::eq(thread, record::main()) {
        outlive_the_others();
    }
    imports::thread_exit()
}
