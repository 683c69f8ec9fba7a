//! What the scheduler answers: the action to perform, and the results of calls.
//!
//! Each answer here is an enum or a struct with names, because the caller packs the
//! answers into integers for a trampoline and must not mix up two of them.

use core::fmt;

use crate::host::HostThread;

/// What the executing host thread must do next.
#[must_use = "an action that is not performed leaves the scheduler and the host disagreeing"]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Go on: the thread to run lives on the executing host thread.
    Continue,
    /// Suspend, and resume this host thread instead.
    Switch(HostThread),
    /// Nothing is runnable, but a timer or a host operation is pending: wait for
    /// host events until [`Scheduler::next_deadline`](crate::Scheduler::next_deadline),
    /// then call [`Scheduler::resume`](crate::Scheduler::resume).
    Idle,
    /// Threads are runnable, but it is the host's turn: let it run, collect its
    /// events without waiting, then call [`Scheduler::resume`](crate::Scheduler::resume).
    YieldToHost,
    /// Resume this host thread and let the executing one end: its thread has exited
    /// and the pool is full.
    End(HostThread),
    /// Nothing is runnable and nothing can change that: report and give up.
    Deadlock,
    /// The last thread has exited, and the program with it.
    Finished,
}

/// Where the host thread of the next spawn comes from.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostNeed {
    /// The pool has one: pass `None` to [`Scheduler::spawn`](crate::Scheduler::spawn).
    Pooled,
    /// The caller must make one and pass it to [`Scheduler::spawn`](crate::Scheduler::spawn).
    Fresh,
}

/// Why a thread cannot be spawned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpawnError {
    /// [`Limits::live_max`](crate::Limits::live_max) threads are alive.
    AtCap,
    /// The tables cannot grow.
    OutOfMemory,
}

impl fmt::Display for SpawnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AtCap => "the limit on live threads is reached",
            Self::OutOfMemory => "no memory for another thread",
        })
    }
}

impl core::error::Error for SpawnError {}

/// How many waiters a requeue took from the first queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requeued {
    /// Made runnable.
    pub woken: u32,
    /// Moved to the second queue.
    pub moved: u32,
}
