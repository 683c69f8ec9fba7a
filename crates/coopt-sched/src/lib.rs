//! The scheduler of coopt: a pure state machine for cooperative threads.
//!
//! One thread runs at a time. The runtime calls the [`Scheduler`] on behalf of
//! the *current* thread; a call that blocks, yields or exits returns an
//! [`Action`], and performing it (switching host threads, waiting for host
//! events) is the caller's business. The crate names no WebAssembly, no host
//! and no libc, reads no clock and performs no effect, so everything it does can
//! be checked against a model natively.
//!
//! # Two kinds of thread
//!
//! A *thread* is what the program spawned; it has a [`ThreadId`]. A *host thread*
//! ([`HostThread`]) is the fiber it runs on, which the host made and numbered. A
//! live thread owns one host thread; a host thread outlives its thread and waits
//! in the pool for the next one, because making a fiber costs far more than
//! spawning a thread. *Which thread is current* and *which host thread executes*
//! are therefore separate facts: when the last runnable thread parks or exits,
//! there is no current thread, while its host thread still executes, waits for
//! the host's events, and then hands over to whoever became runnable.
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | words | `action`, `host`, `limits`, `place`, `rank`, `wait` |
//! | a thread as the table holds it, and what is small | `level_set`, `thread`, `ids`, `host_pool` |
//! | all threads | `table` |
//! | the lists that threads are in | `futex`, `run_queue`, `timers` |
//! | what happens to them | `scheduler` |
//! | what can be told of them | `deadlock` |
//!
//! # Invariants
//!
//! - **I1** At most one thread is `Running`; it is the current one and its host
//!   thread is the executing one.
//! - **I2** A thread is in the run queue exactly when it is `Runnable`, in a futex
//!   queue or the timer heap only when it is `Parked`, and in no list twice.
//! - **I3** Every wait ends exactly once, with one [`Outcome`]; ending it takes the
//!   thread out of its futex queue and out of the timer heap at once.
//! - **I4** A host thread is named by [`Action::Switch`] or [`Action::End`] only
//!   while it is suspended (or not yet started) and owned by a live thread.
//! - **I5** Only [`Scheduler::new`] and [`Scheduler::prepare_spawn`] allocate. So a
//!   wait, a wake-up or an exit cannot fail for lack of memory.
//! - **I6** Every queue is ordered by priority, higher first, and is first in, first
//!   out within a priority; equal deadlines expire in the order in which they were
//!   set. (Two threads come in *before* their equals, as if they had been there
//!   already: one that [`preempt`](Scheduler::preempt) takes off, and one whose
//!   priority is lowered.)
//! - **I7** No call of the program panics; a panic means that the runtime broke the
//!   [protocol](#protocol).
//!
//! # Protocol
//!
//! 1. [`Scheduler::new`] makes the main thread current on the given host thread.
//! 2. To spawn: [`prepare_spawn`](Scheduler::prepare_spawn), make a host thread if
//!    it answers [`HostNeed::Fresh`], then [`spawn`](Scheduler::spawn). A host
//!    thread that starts, or that is resumed after its thread exited, asks
//!    [`begin`](Scheduler::begin) which thread it now runs.
//! 3. Perform every [`Action`] at once and in full. After [`Action::Idle`] or
//!    [`Action::YieldToHost`], deliver the host's events
//!    ([`unpark`](Scheduler::unpark), [`pending_sub`](Scheduler::pending_sub)) and
//!    call [`resume`](Scheduler::resume), which answers with the next action.
//! 4. A thread that goes on after a wait reads [`outcome`](Scheduler::outcome).
//!
//! ```
//! use coopt_sched::{Action, HostNeed, HostThread, Limits, Outcome, Scheduler};
//!
//! let mut scheduler = Scheduler::new(Limits::DEFAULT, HostThread(0))?;
//! assert_eq!(scheduler.prepare_spawn()?, HostNeed::Fresh);
//! let worker = scheduler.spawn(42, Some(HostThread(1)));
//! // The main thread sleeps, so the worker starts on its host thread.
//! assert_eq!(scheduler.sleep_until(1_000), Action::Switch(HostThread(1)));
//! assert_eq!(scheduler.begin(), (worker, 42));
//! // The worker exits. Its host thread waits until the main thread's time has come.
//! assert_eq!(scheduler.exit(), Action::Idle);
//! assert_eq!(scheduler.next_deadline(), Some(1_000));
//! assert_eq!(scheduler.resume(1_000), Action::Switch(HostThread(0)));
//! assert_eq!(scheduler.outcome(), Outcome::TimedOut);
//! // The worker's host thread is left for the next spawn.
//! assert_eq!(scheduler.prepare_spawn()?, HostNeed::Pooled);
//! # Ok::<(), coopt_sched::SpawnError>(())
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod action;
mod deadlock;
mod futex;
mod host;
mod host_pool;
mod ids;
mod level_set;
mod limits;
mod place;
mod rank;
mod run_queue;
mod scheduler;
mod table;
mod thread;
mod timers;
mod wait;

pub use action::{Action, HostNeed, Requeued, SpawnError};
pub use coopt_abi::lock_word::Handoff;
pub use coopt_abi::thread::{Priority, ThreadId};
pub use coopt_abi::wait::{Outcome, Owner};
pub use deadlock::{Cycle, ThreadInfo};
pub use host::HostThread;
pub use limits::Limits;
pub use scheduler::Scheduler;
pub use thread::State;
pub use wait::WaitReason;
