//! POSIX threads without C: what `pthread.h`, `semaphore.h`, `sched.h`,
//! `signal.h` and `threads.h` say of threads, over the objects of coopt-sync.
//!
//! The crate is generic over a [`System`]: a scheduler, and what only a program
//! can do (run a handler, end, free memory). `coopt-pthread` makes it the thread
//! layer of a C library, and keeps what is C: types, validation, errno, names.
//! `coopt-sim` runs it natively and explores its schedules.
//!
//! # Floors
//!
//! A module uses those on floors below its own, and its neighbours one way.
//!
//! | floor | modules |
//! |---|---|
//! | means: lists, the table of the calls, polling loops | `list`, `calls`, `patience` |
//! | state: signals, mutexes as data | `signal`, `mutex` |
//! | the record of a thread, with the wait it is in | `thread` |
//! | what all threads share | `process` |
//! | what is needed of the world | `system` |
//! | present priorities, cancellation points, handlers | `priority`, `cancel`, `deliver` |
//! | what surrounds a call and a switch | `switch`, `platform` |
//! | the calls | `objects`, `keys`, `cancellation`, `send`, `sigmask`, `sigwait`, `scheduling` |
//! | joins, beginning and end, named semaphores | `join`, `life`, `named` |
//!
//! # Invariants
//!
//! - **T1** One thread runs at a time, and another can run only during a call
//!   marked `// SWITCH:` here or in coopt-sync. So plain cells serve where other
//!   libraries need atomics.
//! - **T2** A call begins in [`switch::begin`] and waits in [`switch::wait`] or a
//!   wait of its object; a thread comes back from a switch through
//!   [`switch`] alone. What the call's [row](calls) says happens there.
//! - **T3** The wait a thread is in is one value, [`thread::waiting`]. Code of
//!   the program that runs in the middle of that wait finds no wait.
//! - **T4** A call that lets go of an object (unlock, post, signal, the last
//!   arrival at a barrier) may outlive the object: whoever gets the object may
//!   destroy it and free its memory. The call's reference stays sound, because
//!   all bytes of such a type are cells, the unused bytes too. Rust does not
//!   assume that cells stay readable to a call's end. The call reads no byte of
//!   the object after the `// SWITCH:` behind the release.
#![no_std]

pub mod calls;
pub mod cancel;
pub mod cancellation;
pub mod deliver;
pub mod join;
pub mod keys;
pub mod life;
pub mod list;
pub mod mutex;
pub mod named;
pub mod objects;
pub mod patience;
pub mod platform;
pub mod priority;
pub mod process;
pub mod scheduling;
pub mod send;
pub mod sigmask;
pub mod signal;
pub mod sigwait;
pub mod switch;
pub mod system;
pub mod thread;

pub use mutex::Mutex;
pub use process::Process;
pub use system::{End, Kernel, Program, System};
pub use thread::Thread;
