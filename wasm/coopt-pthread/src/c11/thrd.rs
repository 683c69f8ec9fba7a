//! `thrd_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr;

use coopt_sync::Deadline;
use coopt_threads::Program as _;

use crate::answer::{c_functions, fits};
use crate::coopt::{Coopt, current};
use crate::entry::{self, C11, Entry};
use crate::errno::Errno;
use crate::record::Thread;
use crate::{defaults, sched, thread};

fits!(*const Thread, "thrd_t");

c_functions! {
    /// C11 7.26.5.1 `thrd_create`: `thrd_nomem` for want of memory or at the cap
    /// on threads, `thrd_error` in a program built without threads.
    fn thrd_create(handle: &Cell<*const Thread>, entry: C11, argument: *mut c_void) -> outcome {
        let entry = Entry::C11(entry);
        thread::create(handle, &defaults::get(), entry, argument).map_err(|error| match error {
            Errno::AGAIN => Errno::NOMEM,
            error => error,
        })?
    }

    /// C11 7.26.5.2 `thrd_current`.
    fn thrd_current() -> (*const Thread) {
        current()
    }

    /// C11 7.26.5.3 `thrd_detach`.
    fn thrd_detach(thread: *const Thread) -> outcome {
        thread::detach(thread)?
    }

    /// C11 7.26.5.4 `thrd_equal` (a macro in C, a function for others).
    fn thrd_equal(one: *const Thread, other: *const Thread) -> (c_int) {
        c_int::from(ptr::eq(one, other))
    }

    /// C11 7.26.5.5 `thrd_exit`.
    fn thrd_exit(code: c_int) -> (!) {
        Coopt.end_thread(entry::from_code(code))
    }

    /// C11 7.26.5.6 `thrd_join`: `thrd_error` where `pthread_join` fails.
    fn thrd_join(thread: *const Thread, code: Option<&Cell<c_int>>) -> outcome {
        let result = Cell::new(ptr::null_mut());
        // SWITCH: the thread runs to its end.
        thread::join(thread, Some(&result), Deadline::Never)?;
        if let Some(code) = code {
            code.set(entry::to_code(result.get()));
        }
    }

    /// C11 7.26.5.8 `thrd_yield`.
    fn thrd_yield() {
        // SWITCH: every other runnable thread runs.
        sched::yield_now();
    }
}
