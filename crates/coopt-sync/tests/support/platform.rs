//! The world as the objects see it.

use std::rc::Rc;

use coopt_sync::{Clock, Handoff, Instant, Outcome, Platform, ReadLocks, Reason, ThreadId, Word};

use super::{State, World, id_of};

impl World {
    pub fn yield_now(&self) {
        self.0
            .run_queue
            .borrow_mut()
            .push_back(self.0.current.get());
        self.suspend();
    }
}

impl Platform for World {
    fn current(&self) -> ThreadId {
        id_of(self.0.current.get())
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
        if deadline.is_some_and(|at| at.as_ns() <= self.monotonic_ns()) {
            return Outcome::TimedOut;
        }
        let index = self.0.current.get();
        let word = word.address();
        self.0.threads.borrow_mut()[index].state = State::Parked {
            word,
            deadline,
            reason,
        };
        self.0.waiters.borrow_mut().push_back(index);
        self.suspend();
        self.0.threads.borrow()[index].outcome
    }

    fn wake(&self, word: &Word, count: u32) -> u32 {
        let woken = self.waiters_of(word).into_iter().take(count as usize);
        woken
            .map(|index| self.end_wait(index, Outcome::Woken))
            .count() as u32
    }

    fn handoff(&self, word: &Word) -> Option<Handoff> {
        let waiters = self.waiters_of(word);
        let &oldest = waiters.first()?;
        self.end_wait(oldest, Outcome::Woken);
        Some(Handoff {
            to: id_of(oldest),
            more: waiters.len() > 1,
        })
    }

    fn requeue(&self, from: &Word, to: &Word, count: u32) -> u32 {
        assert_ne!(from.address(), to.address());
        let moved: Vec<_> = self
            .waiters_of(from)
            .into_iter()
            .take(count as usize)
            .collect();
        for &index in &moved {
            let state = &mut self.0.threads.borrow_mut()[index].state;
            let State::Parked { reason, .. } = *state else {
                unreachable!("a waiter is parked")
            };
            *state = State::Parked {
                word: to.address(),
                deadline: None,
                reason,
            };
            let mut waiters = self.0.waiters.borrow_mut();
            waiters.retain(|&waiter| waiter != index);
            waiters.push_back(index);
        }
        moved.len() as u32
    }

    fn is_awaited_at(&self, address: usize) -> bool {
        !self.waiters_at(address).is_empty()
    }

    fn now(&self, clock: Clock) -> Instant {
        self.0.clock_reads.set(self.0.clock_reads.get() + 1);
        Instant::from_ns(match clock {
            Clock::Monotonic => self.monotonic_ns(),
            Clock::Realtime => self
                .monotonic_ns()
                .checked_add_signed(self.0.realtime_ahead_ns.get())
                .expect("in range"),
        })
    }

    /// All threads have one priority here.
    fn preempt(&self) {}

    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R {
        let current = self.0.current.get();
        let locks = Rc::clone(&self.0.threads.borrow()[current].read_locks);
        f(&locks)
    }
}
