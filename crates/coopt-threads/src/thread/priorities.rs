//! What a thread's record knows of its scheduling.

use core::cell::Cell;

use coopt_abi::thread::Priority;

/// A policy of scheduling: `SCHED_*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// `SCHED_OTHER`, with the lowest priority.
    Other,
    /// `SCHED_FIFO`
    Fifo,
    /// `SCHED_RR`. It is as `SCHED_FIFO`, since no slice of time ends a turn.
    RoundRobin,
}

/// A thread's policy and priorities.
pub struct Priorities {
    /// The policy, which decides about the priorities that the thread can be given.
    pub policy: Cell<Policy>,
    /// The priority that the thread was given.
    pub base: Cell<Priority>,
    /// The priority that the scheduler goes by: the highest of `base`, the
    /// ceilings of the mutexes the thread holds, and the priorities of those
    /// who wait for a mutex of its with priority inheritance.
    pub(crate) present: Cell<Priority>,
}

impl Priorities {
    /// The priorities of a thread that was not given any.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            policy: Cell::new(Policy::Other),
            base: Cell::new(Priority::LOWEST),
            present: Cell::new(Priority::LOWEST),
        }
    }

    /// The priority that the scheduler goes by.
    #[must_use]
    pub fn present(&self) -> Priority {
        self.present.get()
    }
}

impl Default for Priorities {
    fn default() -> Self {
        Self::new()
    }
}
