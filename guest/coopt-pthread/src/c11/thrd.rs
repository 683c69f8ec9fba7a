//! `thrd_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr;

use coopt_sync::Deadline;

use super::{outcome, outcome_of};
use crate::errno::Errno;
use crate::platform::Coopt;
use crate::thread::exports::{pthread_detach, pthread_exit};
use crate::thread::{self, C11, Entry, Thread};

fn join(thread: *const Thread, code: Option<&Cell<c_int>>) -> Result<(), Errno> {
    let result = Cell::new(ptr::null_mut());
    // SWITCH: the thread runs to its end.
    thread::join(Thread::find(thread)?, Some(&result), Deadline::Never)?;
    if let Some(code) = code {
        code.set(thread::to_code(result.get()));
    }
    Ok(())
}

/// C11 7.26.5.1 `thrd_create`: `thrd_nomem` for want of memory or at the cap on
/// threads, `thrd_error` in a program built without threads.
#[unsafe(no_mangle)]
pub extern "C" fn thrd_create(
    handle: &Cell<*const Thread>,
    entry: C11,
    argument: *mut c_void,
) -> c_int {
    let created = thread::create(
        handle,
        &thread::default_attributes(),
        Entry::C11(entry),
        argument,
    );
    outcome(created.map_err(|error| match error {
        Errno::AGAIN => Errno::NOMEM,
        error => error,
    }))
}

/// C11 7.26.5.2 `thrd_current`.
#[unsafe(no_mangle)]
pub extern "C" fn thrd_current() -> *const Thread {
    thread::current()
}

/// C11 7.26.5.3 `thrd_detach`.
#[unsafe(no_mangle)]
pub extern "C" fn thrd_detach(thread: *const Thread) -> c_int {
    outcome_of(pthread_detach(thread))
}

/// C11 7.26.5.4 `thrd_equal` (a macro in C, a function for others).
#[unsafe(no_mangle)]
pub extern "C" fn thrd_equal(one: *const Thread, other: *const Thread) -> c_int {
    c_int::from(ptr::eq(one, other))
}

/// C11 7.26.5.5 `thrd_exit`.
#[unsafe(no_mangle)]
pub extern "C" fn thrd_exit(code: c_int) -> ! {
    pthread_exit(thread::from_code(code))
}

/// C11 7.26.5.6 `thrd_join`: `thrd_error` where `pthread_join` fails.
#[unsafe(no_mangle)]
pub extern "C" fn thrd_join(thread: *const Thread, code: Option<&Cell<c_int>>) -> c_int {
    outcome(join(thread, code))
}

/// C11 7.26.5.8 `thrd_yield`.
#[unsafe(no_mangle)]
pub extern "C" fn thrd_yield() {
    // SWITCH: every other runnable thread runs.
    Coopt.yield_now();
}
