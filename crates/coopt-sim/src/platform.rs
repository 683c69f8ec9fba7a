//! The world as the objects of coopt-sync see it.

use coopt_sync::{Clock, Handoff, Instant, Outcome, Platform, ReadLocks, Reason, ThreadId, Word};

use crate::World;

impl World {
    fn has_passed(&self, deadline: Option<Instant>) -> bool {
        deadline.is_some_and(|at| at.as_ns() <= self.monotonic_ns())
    }

    /// Lets every other runnable thread of the caller's priority run first.
    pub fn yield_now(&self) {
        self.kernel().yield_now();
        self.step_back();
        // SWITCH: whatever is chosen happens.
        self.leave_turn();
    }
}

impl Platform for World {
    fn current(&self) -> ThreadId {
        self.id(self.running())
    }

    fn wait(
        &self,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Outcome {
        if word.get() != expected {
            return Outcome::NotEqual;
        }
        if self.has_passed(deadline) {
            return Outcome::TimedOut;
        }
        let deadline_ns = deadline.map(Instant::as_ns);
        self.kernel().park(word.address(), deadline_ns, reason);
        // SWITCH: whatever is chosen happens.
        self.leave_turn();
        self.kernel().outcome()
    }

    fn wake(&self, word: &Word, count: u32) -> u32 {
        self.kernel().wake(word.address(), count)
    }

    fn handoff(&self, word: &Word) -> Option<Handoff> {
        self.kernel().handoff(word.address())
    }

    fn requeue(&self, from: &Word, to: &Word, count: u32) -> u32 {
        self.kernel().requeue(from.address(), to.address(), count)
    }

    fn is_awaited_at(&self, address: usize) -> bool {
        self.kernel().highest(address).is_some()
    }

    fn now(&self, clock: Clock) -> Instant {
        Instant::from_ns(match clock {
            Clock::Monotonic => self.monotonic_ns(),
            Clock::Realtime => self.realtime_ns(),
        })
    }

    fn preempt(&self) {
        let loses_turn = self.kernel().preempt();
        if loses_turn {
            // SWITCH: whatever is chosen happens.
            self.leave_turn();
        }
    }

    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R {
        f(&self.thread(self.running()).read_locks)
    }
}
