//! Threads for the C library: `pthread.h`, `semaphore.h`, `threads.h`.
//!
//! Each function validates what C gave it, makes one call into
//! [`coopt_sync`], and maps the error. It takes the place of musl's
//! `src/thread` in `libc.a`.
//!
//! # Invariants
//!
//! - **I1** One thread runs at a time, and another can run only during a call
//!   marked `// SWITCH:` here or in `coopt-sync`. So plain cells serve where
//!   other libraries need atomics (see [`cooperative`]).
//! - **I2** An error becomes a C `int` in one place, [`errno`].
//! - **I3** Every type of a C header has its size and alignment asserted next
//!   to its definition, every exported function its signature in
//!   [`signatures`].
//! - **I4** C passes pointers that POSIX requires to be valid; they are
//!   references here, `Option` where null has a meaning. Objects are changed
//!   through cells only: once initialised, no reference to one is exclusive.
//!   A call that lets go of an object (unlock, post, signal, the last arrival
//!   at a barrier) may outlive it: whoever gets it may destroy it and free its
//!   memory. Its reference promises nothing that this breaks, because all bytes
//!   of such a type, the unused ones too, are cells, of which Rust does not
//!   assume that they stay readable to a call's end; and the call reads none of
//!   them after the `// SWITCH:` behind the release.
//! - **I5** What is not implemented is absent or fails with `ENOTSUP`; nothing
//!   returns success without having done what it says.
//!
//! | file | header's name for it |
//! |---|---|
//! | [`thread`] | `pthread_create`, `_join`, `_detach`, `_exit`, `_self`, names |
//! | [`attr`] | `pthread_attr_*` |
//! | [`mutex`] | `pthread_mutex_*`, `pthread_mutexattr_*` |
//! | [`sched`], [`priority`] | `sched_*`, `pthread_setschedparam`, and what a thread inherits |
//! | [`cond`], [`condattr`] | `pthread_cond_*`, `pthread_condattr_*` |
//! | [`rwlock`], [`barrier`], [`spin`], [`once`] | the like |
//! | [`semaphore`], [`named_semaphore`] | `sem_*` |
//! | [`key`] | `pthread_key_*`, `pthread_getspecific`, `pthread_setspecific` |
//! | [`signal`] | `signal.h`, `pthread_kill`, `pthread_sigmask` |
//! | [`cancel`], [`cleanup`] | `pthread_cancel`, `pthread_cleanup_push` |
//! | [`process`] | `pthread_atfork`, `pthread_setconcurrency` |
//! | [`c11`] | `threads.h` |
//! | [`patience`] | polling loops, which never wait |
//! | [`libc_lock`], [`futex`], [`sleep`] | what `libc.a` and other runtimes lean on |
#![no_std]
#![feature(thread_local)]

mod affinity;
mod attr;
mod barrier;
mod c11;
mod cancel;
mod cleanup;
mod cond;
mod condattr;
mod cooperative;
mod errno;
mod futex;
mod imports;
mod key;
mod libc;
mod libc_lock;
mod mutex;
mod named_semaphore;
mod once;
mod patience;
mod platform;
mod priority;
mod process;
mod rwlock;
mod sched;
mod semaphore;
mod shared;
mod signal;
mod signatures;
mod sleep;
mod spin;
mod thread;
mod time;

/// A panic is a defect of this library: a violated invariant, never a
/// program's argument. The trap's backtrace names the place.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
