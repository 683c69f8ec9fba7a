//! Cancellation and clean-up handlers.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr;

use coopt_abi::header::{
    PTHREAD_CANCEL_ASYNCHRONOUS, PTHREAD_CANCEL_DEFERRED, PTHREAD_CANCEL_DISABLE,
    PTHREAD_CANCEL_ENABLE, PTHREAD_CANCELED,
};
use coopt_threads::cancel::CANCELED;
use coopt_threads::cancellation;
use coopt_threads::thread::cancellation::{State, Type};
use coopt_threads::thread::cleanup::{Handler, Routine};

use crate::answer::{c_functions, fits};
use crate::coopt::{Coopt, current};
use crate::errno::Errno;
use crate::record::{Thread, find};

const _: () = assert!(PTHREAD_CANCELED == -1, "all bits are set");
const _: *mut c_void = CANCELED;

fits!(Handler, "struct __ptcb");

c_functions! {
    /// POSIX XSH `pthread_cancel`: `ESRCH` for a thread that was freed.
    fn pthread_cancel(thread: *const Thread) -> status {
        cancellation::request(&Coopt, find(thread)?)
    }

    /// POSIX XSH `pthread_testcancel`.
    fn pthread_testcancel() {
        cancellation::test(&Coopt);
    }

    /// POSIX XSH `pthread_setcancelstate`.
    fn pthread_setcancelstate(state: c_int, old: Option<&Cell<c_int>>) -> status {
        let state = match state {
            PTHREAD_CANCEL_ENABLE => State::Enabled,
            PTHREAD_CANCEL_DISABLE => State::Disabled,
            _ => return Err(Errno::INVAL),
        };
        if let Some(old) = old {
            old.set(match current().cancellation.state.get() {
                State::Enabled => PTHREAD_CANCEL_ENABLE,
                State::Disabled => PTHREAD_CANCEL_DISABLE,
            });
        }
        cancellation::set_state(&Coopt, state);
    }

    /// POSIX XSH `pthread_setcanceltype`. A thread of the asynchronous type
    /// acts where it can learn of a request: see [`coopt_threads::cancel`].
    fn pthread_setcanceltype(kind: c_int, old: Option<&Cell<c_int>>) -> status {
        let kind = match kind {
            PTHREAD_CANCEL_DEFERRED => Type::Deferred,
            PTHREAD_CANCEL_ASYNCHRONOUS => Type::Asynchronous,
            _ => return Err(Errno::INVAL),
        };
        if let Some(old) = old {
            old.set(match current().cancellation.kind.get() {
                Type::Deferred => PTHREAD_CANCEL_DEFERRED,
                Type::Asynchronous => PTHREAD_CANCEL_ASYNCHRONOUS,
            });
        }
        cancellation::set_type(&Coopt, kind);
    }

    /// What the macro `pthread_cleanup_push` calls.
    fn _pthread_cleanup_push(handler: &Handler, routine: Option<Routine>, argument: *mut c_void) {
        handler.set(routine, argument);
        // SAFETY: the macro's block of code has the handler in its frame, and
        // POSIX forbids to leave it without the pop.
        unsafe { current().cleanup.push(handler) };
    }

    /// What the macro `pthread_cleanup_pop` calls.
    fn _pthread_cleanup_pop(handler: &Handler, run: c_int) {
        let popped = current().cleanup.pop();
        debug_assert!(
            popped.is_some_and(|popped| ptr::eq(popped, handler)),
            "pairs nest"
        );
        if run != 0 {
            // SWITCH: the handler is the program's code.
            handler.run();
        }
    }
}
