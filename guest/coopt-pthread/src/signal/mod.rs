//! Signals between the threads of the process: `signal.h` (POSIX XSH 2.4).
//!
//! WASI has no signals: nobody outside sends one, and no instruction causes one
//! (what would is a trap, and ends the program). What threads send each other
//! needs no host, so all of that is here: handlers, masks, waiting for a signal,
//! calls that end with `EINTR`, the default actions.
//!
//! | file | what it does |
//! |---|---|
//! | [`number`] | the numbers of signals, and sets of them |
//! | [`action`] | what the process does on a signal: `sigaction` |
//! | [`state`] | what a thread knows of its signals |
//! | [`send`] | who gets a signal: `pthread_kill`, `kill`, `raise` |
//! | [`deliver`] | handlers, and the default actions |
//! | [`mask`] | `pthread_sigmask` and its kin |
//! | [`wait`] | `sigwait`, `sigsuspend` and their kin |
//!
//! # Invariants
//!
//! - **S1** A thread acts on a signal on its way out of a `// SWITCH:`, or in
//!   the call by which it sends itself one or unblocks one. Nobody can send it
//!   one at another time, as nobody else runs. So while its program runs, a
//!   thread has no pending signal but those that it blocks.
//! - **S2** A signal for the process is given at once to a thread that waits
//!   for it, or else to one that does not block it, the caller before others.
//!   It stays with the process while all threads block it.
//! - **S3** A thread that is parked and has a signal to act on is woken, if its
//!   wait can be interrupted. Which of the waits end thereby is for those to
//!   say who wait; the others park again.

mod action;
mod deliver;
mod mask;
mod number;
mod send;
mod state;
mod wait;

pub use deliver::{Call, act, act_as};
pub use state::Signals;

#[allow(
    unused_imports,
    reason = "the signature asserts name every exported function"
)]
pub mod exports {
    //! The functions of `signal.h`, and `pause` of `unistd.h`.
    pub use super::action::{__SIG_ERR, __SIG_IGN, SigAction, bsd_signal, sigaction, signal};
    pub use super::mask::{pthread_sigmask, sigpending, sigprocmask};
    pub use super::number::{
        Set, sigaddset, sigandset, sigdelset, sigemptyset, sigfillset, sigisemptyset, sigismember,
        sigorset,
    };
    pub use super::send::{kill, pthread_kill, raise};
    pub use super::state::SigInfo;
    pub use super::wait::{pause, sigsuspend, sigtimedwait, sigwait, sigwaitinfo};
}
