//! What POSIX says of each call that concerns the thread logic, as data.
//!
//! A call is made *from* its row: [`switch::begin`](crate::switch::begin) and
//! [`switch::wait`](crate::switch::wait) take it and do what it says, so no call
//! does it by hand.
//!
//! The columns:
//!
//! - **polls**: a loop may wait by repeating the call. Such a call says "not
//!   yet", tells what other threads have done, or tells them something. Many
//!   such calls in a row let the others run (see
//!   [`patience`](crate::patience)). A call on what belongs to the caller alone
//!   does not poll.
//! - **point**: the call is a cancellation point (POSIX XSH 2.9.5.2).
//! - **after a handler**: what becomes of the call whose wait the handler of a
//!   signal has interrupted.

/// What is known of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Whether a loop may wait by repeating the call.
    pub polls: bool,
    /// Whether the call is a cancellation point.
    pub is_point: bool,
    /// What becomes of the call after a handler.
    pub after_handler: AfterHandler,
}

/// What becomes of a call whose wait a handler has interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterHandler {
    /// The call goes on: its POSIX page names no `EINTR`.
    GoesOn,
    /// The call goes on if all handlers that ran have `SA_RESTART`, and else
    /// ends with `EINTR`.
    Restarts,
    /// The call ends with `EINTR`, whatever the handlers say.
    Ends,
    /// The call returns, which its caller takes for a spurious wake-up.
    Returns,
}

use AfterHandler::{Ends, GoesOn, Restarts, Returns};

const POLLS: bool = true;
const POINT: bool = true;

macro_rules! calls {
    ($($(#[$doc:meta])* $name:ident: $polls:expr, $point:expr, $after_handler:expr;)*) => {
        $($(#[$doc])*
        pub const $name: Call = Call {
            polls: $polls,
            is_point: $point,
            after_handler: $after_handler,
        };)*

        /// All rows, by name.
        pub const ALL: &[(&str, Call)] = &[$((stringify!($name), $name),)*];
    };
}

calls! {
    //                  polls   point   after a handler

    /// Asks or tells without waiting: `pthread_mutex_trylock`, `sem_post`,
    /// `pthread_cond_signal`, `pthread_kill`, `*_destroy`, `pthread_create`, ...
    ASK:                POLLS,  !POINT, GoesOn;
    /// `pthread_mutex_lock` and its kin, `pthread_rwlock_rdlock`,
    /// `pthread_rwlock_wrlock` and theirs, `pthread_spin_lock`
    LOCK:               POLLS,  !POINT, GoesOn;
    /// `pthread_barrier_wait`
    BARRIER_WAIT:       !POLLS, !POINT, GoesOn;
    /// `pthread_once`, `call_once`, when there is something to run
    ONCE:               POLLS,  !POINT, GoesOn;
    /// `pthread_cond_wait` and its kin
    COND_WAIT:          POLLS,  POINT,  Returns;
    /// `sem_wait` and its kin
    SEM_WAIT:           POLLS,  POINT,  Restarts;
    /// `pthread_join` and its kin
    JOIN:               POLLS,  POINT,  GoesOn;
    /// `nanosleep` and its kin
    SLEEP:              !POLLS, POINT,  Ends;
    /// `sigwaitinfo`, `sigtimedwait`
    SIGNAL_WAIT:        POLLS,  POINT,  Ends;
    /// `sigwait`
    SIGNAL_WAIT_ONLY:   POLLS,  POINT,  GoesOn;
    /// `sigsuspend`, `pause`
    SUSPEND:            !POLLS, POINT,  Ends;
    /// `pthread_testcancel`
    TEST_CANCEL:        POLLS,  POINT,  GoesOn;
    /// `read`, `write`, `accept`, `recv`, `connect` and their kin
    TRANSFER:           POLLS,  POINT,  Restarts;
    /// The same on a socket that has a time for it (`SO_RCVTIMEO`, `SO_SNDTIMEO`): as on Linux, the
    /// time does not begin anew
    TIMED_TRANSFER:     POLLS,  POINT,  Ends;
    /// What streams are written by: `fwrite`, `printf`, `fflush`, `fclose`, ...
    /// The lock of the stream has polled, and is held: who loses its turn here has
    /// all others queue for the lock, and then change at each call.
    STREAM_WRITE:       !POLLS, !POINT, GoesOn;
    /// `poll`, `select` and their kin
    POLL:               POLLS,  POINT,  Ends;
    /// `__wasilibc_futex_wait`
    FUTEX_WAIT:         POLLS,  !POINT, Ends;
}
