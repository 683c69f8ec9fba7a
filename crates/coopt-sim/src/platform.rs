//! The world as the objects of coopt-sync see it.

use coopt_sync::{Clock, Handoff, Instant, Platform, ReadLocks, Reason, ThreadId, Wait, Word};

use crate::World;

impl World {
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

    fn wait(&self, word: &Word, expected: u32, deadline: Option<Instant>, reason: Reason) -> Wait {
        if word.get() != expected {
            return Wait::NotEqual;
        }
        let deadline_ns = deadline.map(Instant::as_ns);
        if deadline_ns.is_some_and(|at| at <= self.monotonic_ns()) {
            return Wait::TimedOut;
        }
        self.kernel().park(word.address(), deadline_ns, reason);
        // SWITCH: whatever is chosen happens.
        self.leave_turn();
        self.kernel().outcome()
    }

    fn wake(&self, word: &Word, count: u32) -> u32 {
        self.kernel().wake(word.address(), count)
    }

    fn handoff(&self, word: &Word) -> Option<Handoff> {
        let (to, more) = self.kernel().handoff(word.address())?;
        Some(Handoff { to, more })
    }

    fn requeue(&self, from: &Word, to: &Word, count: u32) -> u32 {
        self.kernel().requeue(from.address(), to.address(), count)
    }

    fn is_awaited_at(&self, address: usize) -> bool {
        self.kernel().is_awaited(address)
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
