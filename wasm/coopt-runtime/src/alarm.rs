//! The host's monotonic clock, and the alarm that ends an idle wait.

use alloc::vec::Vec;

use crate::host;

/// The monotonic clock, and what it last showed: reading it is a host call,
/// which costs about as much as half a thread switch.
pub struct Clock {
    seen: u64,
}

impl Clock {
    /// A clock that has not been read.
    pub const fn new() -> Self {
        Self { seen: 0 }
    }

    /// Nanoseconds on the monotonic clock.
    pub fn now(&mut self) -> u64 {
        self.seen = host::now();
        self.seen
    }

    /// Whether a deadline is known to have passed, without asking the host.
    pub const fn has_passed(&self, deadline: u64) -> bool {
        deadline <= self.seen
    }
}

/// What became of setting the alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Armed {
    /// The host will send an event when the time has come, or no time is set.
    Waiting,
    /// The time has come already.
    Passed,
}

/// A wait on the host's clock that is under way.
#[derive(Clone, Copy)]
struct Pending {
    subtask: u32,
    deadline: u64,
}

/// The host's clock, set for the earliest deadline when every thread waits.
///
/// A wait for a deadline that nobody waits for any more is left to end by
/// itself: one early event costs less than a cancellation each time.
pub struct Alarm {
    /// Latest first, so that the next to end is the last.
    pending: Vec<Pending>,
}

/// The state of a subtask that has returned at once.
const RETURNED: u32 = 2;

impl Alarm {
    /// An alarm that is not set.
    pub const fn new() -> Self {
        Self {
            pending: Vec::new(),
        }
    }

    /// Makes sure that an event comes at `deadline` or before.
    pub fn set(&mut self, deadline: Option<u64>, waitables: u32) -> Armed {
        let Some(deadline) = deadline else {
            return Armed::Waiting;
        };
        if self
            .pending
            .last()
            .is_some_and(|next| next.deadline <= deadline)
        {
            return Armed::Waiting;
        }
        let started = host::wait_until_start(deadline);
        if started & 0xf == RETURNED {
            return Armed::Passed;
        }
        let subtask = started >> 4;
        host::waitable_join(subtask, waitables);
        self.pending.push(Pending { subtask, deadline });
        Armed::Waiting
    }

    /// Takes note that a subtask has returned; whether it was one of the alarm's.
    pub fn rang(&mut self, subtask: u32) -> bool {
        let Some(index) = self.pending.iter().position(|p| p.subtask == subtask) else {
            return false;
        };
        self.pending.remove(index);
        host::subtask_drop(subtask);
        true
    }
}
