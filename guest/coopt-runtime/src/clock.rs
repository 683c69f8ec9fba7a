//! Time: clocks, sleeps, and the alarm that ends an idle wait.

use alloc::vec::Vec;

use crate::runtime::with;
use crate::{guest_memory, host};

/// preview1's `CLOCK_MONOTONIC`.
pub const MONOTONIC: u32 = 1;

/// An absolute deadline as the guest passes it: negative for never.
pub fn deadline(deadline: i64) -> Option<u64> {
    u64::try_from(deadline).ok()
}

/// The monotonic clock, and when it was last read: reading it is a host call,
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

/// `coopt.clock_monotonic`
#[unsafe(no_mangle)]
pub extern "C" fn clock_monotonic() -> u64 {
    with(|runtime| runtime.clock.now())
}

/// preview1's `clock_time_get`: the monotonic clock is read without the
/// detour through the adapter, and is the same clock that deadlines are on.
#[unsafe(no_mangle)]
pub extern "C" fn clock_time_get(id: u32, precision: u64, time: u32) -> i32 {
    if id != MONOTONIC {
        return host::preview1::clock_time_get(id, precision, time);
    }
    guest_memory::store64(time, host::now());
    0
}

/// `coopt.sleep_until`
#[unsafe(no_mangle)]
pub extern "C" fn sleep_until(until: i64) -> u32 {
    with(|runtime| {
        // No thread lives for 584 years.
        let until = deadline(until).unwrap_or(u64::MAX);
        let action = runtime.scheduler.sleep_until(until);
        runtime.settle(action)
    })
}

/// preview1's `proc_exit`
#[unsafe(no_mangle)]
pub extern "C" fn proc_exit(code: u32) -> ! {
    host::exit(code)
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

/// The host's clock, set for the earliest deadline when everybody waits.
///
/// A wait that was begun for a deadline nobody waits for any more is left to
/// end by itself: one early event costs less than a cancellation each time.
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
