//! The blocking objects of a thread library, for cooperative threads.
//!
//! Every object is a few plain words and is generic over one trait,
//! [`Platform`]: a futex, two clocks and the id of the calling thread. The
//! crate knows no C, no wasm and no scheduler; `coopt-pthread` gives it the
//! types of `pthread.h`, the tests give it a small scheduler.
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | words | `error`, `time`, `word` |
//! | what the objects need from the world | `read_locks`, `platform` |
//! | means: deadlines, the wait loop, the word of a lock | `deadline`, `acquire`, `lock_word` |
//! | objects | `mutex`, `libc_lock`, `spin`, `semaphore`, `rwlock`, `barrier`, `latch`, `once`, `keys` |
//! | what passes a mutex on | `condvar` |
//!
//! # Invariants
//!
//! - **I1** A thread loses the processor only inside a call that is marked
//!   `// SWITCH:` where it stands: of the [`Platform`], or of a function that
//!   the caller passed in. Between two such calls nothing changes, so the words
//!   are [`Cell`](core::cell::Cell)s: no atomics, no loops of compare and swap,
//!   and to check a word and then park on it is safe.
//! - **I2** What a waiter waits for is *handed* to it. Whoever releases an
//!   object with waiters gives it to the first one and writes that down before
//!   the waiter runs. A woken waiter therefore owns what it asked for (or finds
//!   written down why nobody ever will): it returns, it does not try again, and
//!   nobody can overtake it. The loops (`acquire`, `retire`) go round again
//!   only for a thread whose wait ended otherwise: it gave up and may find the
//!   object free, or its time had not come.
//! - **I3** A free object has no waiters. (A mark that says "somebody may
//!   wait" can outlive a waiter that gave up; it costs one call that finds
//!   nobody.)
//! - **I4** A waiter that gives up (its deadline passed, or it was interrupted)
//!   removes its own traces when it next runs. A count of waiters may thus
//!   exceed the number that the platform queues, and is never below that
//!   number. Releases go by what the platform answers, not by the count.
//! - **I5** All zero bytes are a valid, unlocked object (except a barrier,
//!   which has no static initialiser): C initialises statically, and Rust's
//!   layout of each object is the C one.
#![no_std]
#![forbid(unsafe_code)]

mod acquire;
mod barrier;
mod condvar;
mod deadline;
mod error;
mod keys;
mod latch;
mod libc_lock;
mod lock_word;
mod mutex;
mod once;
mod platform;
mod read_locks;
mod rwlock;
mod semaphore;
mod spin;
mod time;
mod word;

pub use coopt_abi::lock_word::Handoff;
pub use coopt_abi::thread::{Priority, ThreadId};
pub use coopt_abi::wait::{Outcome, Owner, Reason, WaitKind};

pub use barrier::{Arrival, Barrier};
pub use condvar::Condvar;
pub use deadline::Deadline;
pub use error::Error;
pub use keys::{KeyId, KeyTable, KeyValues, ROUNDS_MAX};
pub use latch::Latch;
pub use libc_lock::LibcLock;
pub use lock_word::LockWord;
pub use mutex::{Kind, Mutex};
pub use once::Once;
pub use platform::Platform;
pub use read_locks::ReadLocks;
pub use rwlock::{PASSES_MAX, RwLock};
pub use semaphore::{Semaphore, VALUE_MAX};
pub use spin::SpinLock;
pub use time::{Clock, Instant};
pub use word::Word;
