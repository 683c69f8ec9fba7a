//! What the thread logic needs of the world.
//!
//! - [`Kernel`]: the scheduler's calls. All but `current` and `now` are named
//!   as in the import module `coopt` (see [`coopt_abi`]).
//! - [`Program`]: what only a program can do: run a handler, end.
//! - [`System`]: both, and where the records are.
//!
//! `coopt-pthread` implements all three over the runtime, `coopt-sim` natively.

use core::ffi::c_void;

use coopt_abi::lock_word::Handoff;
use coopt_abi::thread::{Priority, ThreadId};
use coopt_abi::wait::{Outcome, Reason};
use coopt_sync::{Clock, Instant, ReadLocks, Word};

use crate::process::Process;
use crate::signal::{Action, Signal};
use crate::thread::Thread;

/// The scheduler. Other threads run inside a call that is marked `SWITCH:`, and
/// inside no other.
pub trait Kernel {
    /// The calling thread. Every fast path asks for it, so it has to be a load.
    fn current(&self) -> ThreadId;

    /// SWITCH: parks the caller at its place in `word`'s queue, provided that
    /// the word holds `expected` and the monotonic `deadline` has not passed.
    fn futex_wait(
        &self,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Outcome;

    /// Wakes up to `count` waiters, the first ones; returns how many.
    fn futex_wake(&self, word: &Word, count: u32) -> u32;

    /// Wakes the first waiter and says who it is.
    fn futex_handoff(&self, word: &Word) -> Option<Handoff>;

    /// Moves up to `count` waiters, the first ones, to their places in `to`'s
    /// queue; returns how many. Neither their deadlines nor
    /// [`thread_wake`](Self::thread_wake) end their waits any more.
    fn futex_requeue(&self, from: &Word, to: &Word, count: u32) -> u32;

    /// The highest priority of the waiters at an address, where there need not
    /// be a word; `None` when there are none.
    fn futex_priority(&self, address: usize) -> Option<Priority>;

    /// SWITCH: parks the caller until `deadline`, or until it is interrupted.
    fn sleep_until(&self, deadline: Instant) -> Outcome;

    /// SWITCH: every other runnable thread of the caller's priority, and those
    /// above, go first.
    fn thread_yield(&self);

    /// SWITCH: as [`thread_yield`](Self::thread_yield), but waits whose deadline
    /// has passed end first.
    fn thread_yield_to_host(&self);

    /// SWITCH: threads of higher priority than the caller's run.
    fn thread_preempt(&self);

    /// Ends the wait of a thread with [`Outcome::Interrupted`], if the wait can
    /// be interrupted.
    fn thread_wake(&self, thread: ThreadId);

    /// Sets the priority that the scheduler goes by.
    fn thread_set_priority(&self, thread: ThreadId, priority: Priority);

    /// What a clock shows.
    fn now(&self, clock: Clock) -> Instant;
}

/// What only a program can do.
pub trait Program {
    /// What the program keeps of a thread.
    type Own: 'static;
    /// The program's action on a signal.
    type Action: Action + 'static;

    /// SWITCH: runs the handler of an action.
    fn run_handler(&self, action: Self::Action, signal: Signal);

    /// Ends the calling thread from any depth: [`exit`](crate::life::exit).
    fn end_thread(&self, result: *mut c_void) -> !;

    /// SWITCH: leaves the frames of the calling thread, which ends, so that the destructors of what is
    /// in them run. If it does not return, whoever is below the frames goes on with
    /// [`conclude`](crate::life::conclude). In a program without such destructors it does nothing.
    fn unwind(&self);

    /// SWITCH: runs the destructors of the calling thread's own objects (C++ `thread_local`).
    fn destroy_thread_locals(&self);

    /// Leaves the calling thread, of which nothing is left to be done.
    fn leave(&self) -> !;

    /// Ends the process.
    fn end_process(&self, end: End) -> !;

    /// Releases the stdio streams that the calling thread, which ends, holds.
    fn abandon_streams(&self);

    /// Frees the record of a thread, and the memory that goes with it. The
    /// thread has ended, or ends with this very call: its stack stays as it is
    /// until another thread runs.
    fn free(&self, thread: &Thread<Self::Own>);
}

/// How a process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// As by `return 0` from `main`.
    Returns,
    /// By a signal, as a shell would show it.
    Terminated(Signal),
    /// By a trap, whose backtrace says where it was.
    Aborted(Signal),
}

/// The world: scheduler, program, records.
pub trait System: Kernel + Program + Sized {
    /// The calling thread's record.
    fn me(&self) -> &Thread<Self::Own>;

    /// What all threads share.
    fn process(&self) -> &Process<Self::Own, Self::Action>;

    /// Runs `f` on the locks that the calling thread reads. They are no part of
    /// its record, so that a lock without waiters needs no look at the record.
    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R;
}
