//! Signals between the threads of a process (POSIX XSH 2.4).
//!
//! WASI has no signals: nobody outside sends one, and no instruction causes one
//! (an instruction that would is a trap, and ends the program). Signals between
//! threads need no host, so all of that is here: handlers, masks, waiting for a
//! signal, calls that end with `EINTR`, the default actions.
//!
//! | file | what it does |
//! |---|---|
//! | [`number`] | the numbers of signals, and sets of them |
//! | [`action`] | what the process does on a signal |
//! | [`state`] | what a thread, and the process, know of signals |
//!
//! [`deliver`](crate::deliver), [`send`](crate::send) and
//! [`sigwait`](crate::sigwait) act on this state.
//!
//! # Invariants
//!
//! - **S1** A thread acts on a signal on its way out of a `// SWITCH:`, or in
//!   the call by which it sends itself a signal or unblocks one. Nobody can
//!   send it a signal at another time, as no other thread runs. So while a
//!   thread runs the program's code, it blocks all its pending signals.
//! - **S2** A signal for the process is given at once to a thread that waits
//!   for it, or else to a thread that does not block it, the caller before
//!   others. The signal stays with the process while all threads block it.
//! - **S3** A thread that is parked and has a signal to act on is woken, if its
//!   wait can be interrupted. [`calls`](crate::calls) says which waits end
//!   thereby; in the others the thread parks again.

pub mod action;
pub mod number;
pub mod state;

pub use action::{Action, Disposition, default_disposition};
pub use number::{Set, Signal};
pub use state::{Pending, Signals};
