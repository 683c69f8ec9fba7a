//! Calls of libc that the host carries out, and that may wait.

use core::ffi::{c_int, c_void};

use coopt_abi::calls::HAD_TIME;
use coopt_sync::{Error, Outcome, Reason, WaitKind};
use coopt_threads::calls::{self, Call};
use coopt_threads::switch;

use crate::answer::c_functions;
use crate::broken_pipe;
use crate::coopt::Coopt;
use crate::errno::Errno;

/// A bit beside `EPIPE`: nobody gets a signal (`MSG_NOSIGNAL`). `QUIET` of
/// `sysroot/src/sockets/sockets.h`.
const QUIET: c_int = 1 << 17;

/// Makes a call of WASI; returns its errno.
type Attempt = extern "C" fn(*mut c_void) -> c_int;

c_functions! {
    /// Makes a call that moves bytes or a connection: a cancellation point. It begins again after
    /// handlers that restart calls. Returns the errno of the last attempt.
    fn __coopt_transfer(attempt: Attempt, argument: *mut c_void) -> (c_int) {
        make(calls::TRANSFER, attempt, argument)
    }

    /// Makes a call that writes the bytes of a stream: no cancellation point, and no handler ends it.
    /// Returns the errno.
    fn __coopt_stream_write(attempt: Attempt, argument: *mut c_void) -> (c_int) {
        make(calls::STREAM_WRITE, attempt, argument)
    }

    /// Makes a call that waits for one of several events: a cancellation point, which any handler
    /// ends. Returns the errno.
    fn __coopt_poll(attempt: Attempt, argument: *mut c_void) -> (c_int) {
        make(calls::POLL, attempt, argument)
    }
}

fn make(call: Call, attempt: Attempt, argument: *mut c_void) -> c_int {
    switch::begin(&Coopt, call);
    let made = switch::wait_as(&Coopt, call, |call| {
        let mut errno = 0;
        // SWITCH: other threads run until the host has done it, or a signal comes.
        let outcome = switch::park(&Coopt, Reason::new(WaitKind::Host), || {
            errno = attempt(argument);
            if errno & HAD_TIME != 0 {
                errno &= !HAD_TIME;
                *call = calls::TIMED_TRANSFER;
            }
            if errno == Errno::INTR.number() {
                Outcome::Interrupted
            } else {
                // Nobody has woken the thread, and perhaps nobody else has run.
                Outcome::NotEqual
            }
        });
        match outcome {
            Outcome::Interrupted => Err(Error::Interrupted),
            _ => Ok(errno),
        }
    });
    let errno = made.unwrap_or(Errno::INTR.number());
    if errno == Errno::PIPE.number() {
        // SWITCH: a handler is the program's code.
        broken_pipe::signal();
    }
    errno & !QUIET
}
