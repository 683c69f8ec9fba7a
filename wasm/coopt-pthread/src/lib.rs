//! Threads for the C library: `pthread.h`, `semaphore.h`, `sched.h`, `signal.h`,
//! `threads.h`. It takes the place of musl's `src/thread` in `libc.a`.
//!
//! [`coopt_threads`] says what a call means; this crate has what is C: names,
//! types, validation, errors. Each function is a row of a
//! [table](answer::c_functions), validates its arguments, and makes one call.
//!
//! # Floors
//!
//! A module uses those on floors below its own, and its neighbours one way.
//!
//! | floor | modules |
//! |---|---|
//! | what is lent: statics, the runtime's calls, libc, process ids | `cooperative`, `imports`, `libc`, `pid` |
//! | errors, and how functions answer | `errno`, `answer` |
//! | what C knows of a thread and of signals | `entry`, `record`, `siginfo`, `sigaction`, `sigset` |
//! | the world of the thread logic | `cache`, `coopt` |
//! | arguments: times, priorities, attributes | `time`, `shared`, `priority`, `process`, `sched`, `attr` |
//! | memory of new threads; a broken pipe | `block`, `defaults`, `broken_pipe` |
//! | the functions | `mutexattr`, `mutex`, `condattr`, `cond`, `rwlock`, `barrier`, `spin`, `once`, `key`, `semaphore`, `named_semaphore`, `futex`, `libc_lock`, `host_call`, `cancel`, `signal`, `affinity`, `inspect`, `name`, `thread` |
//! | those of `threads.h` | `c11` |
//!
//! # Invariants
//!
//! - **C1** An error becomes a C `int` in one place, [`answer`].
//! - **C2** Every type of a C header is asserted to [fit](answer::fits) what
//!   [`coopt_abi::header`] says of it, and every number comes from there.
//! - **C3** C passes pointers that POSIX requires to be valid; they are
//!   references here, `Option` where null has a meaning. Objects are changed
//!   through cells only: once initialised, no reference to one is exclusive
//!   (T4 of coopt-threads).
//! - **C4** What is not implemented is absent or fails with `ENOTSUP`; nothing
//!   returns success without having done what it says.
#![no_std]
#![feature(thread_local)]

mod affinity;
mod answer;
mod attr;
mod barrier;
mod block;
mod broken_pipe;
mod c11;
mod cache;
mod cancel;
mod cond;
mod condattr;
mod cooperative;
mod coopt;
mod defaults;
mod entry;
mod errno;
mod futex;
mod host_call;
mod imports;
mod inspect;
mod key;
mod libc;
mod libc_lock;
mod mutex;
mod mutexattr;
mod name;
mod named_semaphore;
mod once;
mod pid;
mod priority;
mod process;
mod record;
mod rwlock;
mod sched;
mod semaphore;
mod shared;
mod sigaction;
mod siginfo;
mod signal;
mod sigset;
mod spin;
mod thread;
mod time;

/// A panic is a defect of this library: a violated invariant, never a
/// program's argument. The trap's backtrace names the place.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
