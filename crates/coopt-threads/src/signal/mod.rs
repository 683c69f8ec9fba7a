//! Signals between the threads of a process (POSIX XSH 2.4).
//!
//! WASI has no signals: nobody outside sends one, and no instruction causes one
//! (what would is a trap, and ends the program). What threads send each other
//! needs no host, so all of that is here: handlers, masks, waiting for a signal,
//! calls that end with `EINTR`, the default actions.
//!
//! | file | what it does |
//! |---|---|
//! | [`number`] | the numbers of signals, and sets of them |
//! | [`action`] | what the process does on a signal |
//! | [`state`] | what a thread, and the process, know of signals |
//!
//! What is done with them stands above: [`deliver`](crate::deliver),
//! [`send`](crate::send), [`sigwait`](crate::sigwait).
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
//!   wait can be interrupted. Which of the waits end thereby
//!   [`calls`](crate::calls) says; the others park again.

pub mod action;
pub mod number;
pub mod state;

pub use action::{Action, Disposition, default_disposition};
pub use number::{Set, Signal};
pub use state::{Pending, Signals};
