//! The obvious kernel: lists that are searched from the front.
//!
//! Any runnable thread may be chosen to run next, whatever its priority:
//! wherever a thread of higher priority could run first, any thread may. Only
//! the queues of waiters are ordered by priority.

use std::cmp::Reverse;

use coopt_sync::{Handoff, Outcome, Priority, Reason, ThreadId};

use super::Kernel;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Runnable,
    Parked(Parked),
    Ended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parked {
    futex: usize,
    deadline_ns: Option<u64>,
    /// Moved to this futex by a requeue: only a wake-up ends the wait.
    moved: bool,
}

/// Lists that are searched from the front. Any runnable thread may run next.
#[derive(Debug, Default)]
pub struct Model {
    states: Vec<State>,
    priorities: Vec<Priority>,
    outcomes: Vec<Outcome>,
    /// The runnable threads, those that have been so longest first.
    runnable: Vec<usize>,
    /// The parked threads, those that have been in their queue longest first.
    parked: Vec<usize>,
    running: usize,
    /// The thread that yielded and has to let another go first.
    yielded: Option<usize>,
    preemptive: bool,
}

impl Model {
    /// A kernel without threads.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A kernel in which a release may cost the caller its turn.
    #[must_use]
    pub fn preemptive() -> Self {
        Self {
            preemptive: true,
            ..Self::default()
        }
    }

    fn parked_state(&self, thread: usize) -> Option<Parked> {
        match self.states[thread] {
            State::Parked(parked) => Some(parked),
            State::Runnable | State::Ended => None,
        }
    }

    fn waiters(&self, futex: usize) -> Vec<usize> {
        let waits_here = |thread: &usize| {
            self.parked_state(*thread)
                .is_some_and(|parked| parked.futex == futex)
        };
        let mut waiters: Vec<_> = self.parked.iter().copied().filter(waits_here).collect();
        waiters.sort_by_key(|&thread| Reverse(self.priorities[thread]));
        waiters
    }

    fn end_wait(&mut self, thread: usize, outcome: Outcome) {
        assert!(self.is_parked(thread), "a wait ends once");
        self.parked.retain(|&other| other != thread);
        self.states[thread] = State::Runnable;
        self.outcomes[thread] = outcome;
        self.runnable.push(thread);
    }

    fn id(thread: usize) -> ThreadId {
        ThreadId::new(thread as u32 + 1).expect("an id")
    }
}

impl Kernel for Model {
    fn spawn(&mut self) -> ThreadId {
        let thread = self.states.len();
        self.states.push(State::Runnable);
        self.priorities.push(Priority::LOWEST);
        self.outcomes.push(Outcome::Woken);
        self.runnable.push(thread);
        Self::id(thread)
    }

    fn candidates(&mut self, _now_ns: u64) -> Vec<usize> {
        let others = |thread: &usize| Some(*thread) != self.yielded;
        let first: Vec<_> = self.runnable.iter().copied().filter(others).collect();
        if first.is_empty() {
            self.runnable.clone()
        } else {
            first
        }
    }

    fn run(&mut self, thread: usize) {
        self.runnable.retain(|&other| other != thread);
        self.running = thread;
        self.yielded = None;
    }

    fn end(&mut self) {
        self.states[self.running] = State::Ended;
    }

    fn park(&mut self, futex: usize, deadline_ns: Option<u64>, _reason: Reason) {
        self.states[self.running] = State::Parked(Parked {
            futex,
            deadline_ns,
            moved: false,
        });
        self.parked.push(self.running);
    }

    fn outcome(&self) -> Outcome {
        self.outcomes[self.running]
    }

    fn yield_now(&mut self) {
        self.runnable.push(self.running);
        self.yielded = Some(self.running);
    }

    fn preempt(&mut self) -> bool {
        let loses = self.preemptive && !self.runnable.is_empty();
        if loses {
            self.runnable.insert(0, self.running);
        }
        loses
    }

    fn wake(&mut self, futex: usize, count: u32) -> u32 {
        let woken = self.waiters(futex).into_iter().take(count as usize);
        woken
            .map(|thread| self.end_wait(thread, Outcome::Woken))
            .count() as u32
    }

    fn handoff(&mut self, futex: usize) -> Option<Handoff> {
        let waiters = self.waiters(futex);
        let &first = waiters.first()?;
        self.end_wait(first, Outcome::Woken);
        Some(Handoff {
            to: Self::id(first),
            more: waiters.len() > 1,
        })
    }

    fn highest(&mut self, futex: usize) -> Option<Priority> {
        let waiters = self.waiters(futex);
        waiters.first().map(|&first| self.priorities[first])
    }

    fn set_priority(&mut self, thread: usize, priority: Priority) {
        self.priorities[thread] = priority;
    }

    fn priority(&self, thread: usize) -> Option<Priority> {
        Some(self.priorities[thread])
    }

    fn obeys_priorities(&self) -> bool {
        false
    }

    fn requeue(&mut self, from: usize, to: usize, count: u32) -> u32 {
        assert_ne!(from, to, "a waiter is moved elsewhere");
        let moved: Vec<_> = self
            .waiters(from)
            .into_iter()
            .take(count as usize)
            .collect();
        for &thread in &moved {
            self.states[thread] = State::Parked(Parked {
                futex: to,
                deadline_ns: None,
                moved: true,
            });
            self.parked.retain(|&other| other != thread);
            self.parked.push(thread);
        }
        moved.len() as u32
    }

    fn is_interruptible(&self, thread: usize) -> bool {
        self.parked_state(thread)
            .is_some_and(|parked| !parked.moved)
    }

    fn is_parked(&self, thread: usize) -> bool {
        self.parked_state(thread).is_some()
    }

    fn interrupt(&mut self, thread: usize) -> bool {
        let interruptible = self.is_interruptible(thread);
        if interruptible {
            self.end_wait(thread, Outcome::Interrupted);
        }
        interruptible
    }

    fn next_deadline(&self) -> Option<u64> {
        let deadlines = self
            .parked
            .iter()
            .filter_map(|&thread| self.parked_state(thread));
        deadlines.filter_map(|parked| parked.deadline_ns).min()
    }

    fn expire(&mut self, now_ns: u64) {
        while let Some(earliest) = self.next_deadline().filter(|&at| at <= now_ns) {
            let due = self.parked.iter().copied().find(|&thread| {
                self.parked_state(thread)
                    .is_some_and(|parked| parked.deadline_ns == Some(earliest))
            });
            self.end_wait(due.expect("somebody has it"), Outcome::TimedOut);
        }
    }

    fn finish(&mut self) {
        assert!(self.parked.is_empty(), "a waiter is left: {self:?}");
        assert!(self.runnable.is_empty(), "a thread is left: {self:?}");
    }
}
