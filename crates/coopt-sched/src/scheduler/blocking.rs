//! What the current thread does that may end its turn: wait, sleep, yield, let
//! itself be preempted.
//!
//! None of them returns a result besides the action: the thread reads its
//! [`outcome`](Scheduler::outcome) when it runs again. Whether to wait at all
//! (comparing the futex word) is for the caller to decide first; nothing can come
//! between, as no other thread runs.

use coopt_abi::guest::WaitKind;

use super::Scheduler;
use crate::action::Action;
use crate::table::Slot;
use crate::thread::{Queued, State};
use crate::wait::{Outcome, Owner, WaitReason};

impl Scheduler {
    /// Parks the current thread in the queue of the futex `reason.address`, until the deadline (ns) if there is one.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    // Inlined, as is `park_current`, so that the caller writes the reason in its
    // place: copying a struct that was just written field by field stalls the
    // processor's store forwarding, which doubled the cost of a wait.
    #[inline(always)]
    pub fn futex_wait(&mut self, reason: WaitReason, deadline: Option<u64>) -> Action {
        let slot = self.park_current(reason, deadline);
        self.futexes
            .push_back(&mut self.threads.slots(), slot, Queued::Waiting);
        self.dispatch()
    }

    /// Parks the current thread until [`unpark`](Self::unpark), or the deadline (ns)
    /// if there is one: it waits for a host operation. The address of the reason
    /// means nothing.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    pub fn park(&mut self, reason: WaitReason, deadline: Option<u64>) -> Action {
        self.park_current(reason, deadline);
        self.dispatch()
    }

    /// Parks the current thread until the deadline (ns).
    ///
    /// # Panics
    ///
    /// When no thread is current.
    pub fn sleep_until(&mut self, deadline: u64) -> Action {
        self.park(
            WaitReason::new(WaitKind::Sleep, 0, Owner::Nobody),
            Some(deadline),
        )
    }

    /// Notes that a wait of the current thread has ended before it began, because
    /// its deadline had passed: the outcome is [`Outcome::TimedOut`], and the thread
    /// goes on.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    pub fn time_out_current(&mut self) {
        let slot = self.current_slot();
        self.threads[slot].outcome = Outcome::TimedOut;
    }

    /// Puts the current thread behind all runnable ones of its priority.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    pub fn yield_now(&mut self) -> Action {
        let slot = self.current_slot();
        self.current = None;
        self.threads[slot].state = State::Runnable;
        self.run_queue.push_back(&mut self.threads.slots(), slot);
        self.dispatch()
    }

    /// Lets a runnable thread of higher priority than the current one run, if there
    /// is one. The current thread has not had all of its turn, so it goes before the
    /// others of its priority (POSIX XSH 2.8.4, `SCHED_FIFO`, rule 1).
    ///
    /// # Panics
    ///
    /// When no thread is current.
    #[inline]
    pub fn preempt(&mut self) -> Action {
        let slot = self.current_slot();
        if !self.run_queue.outranks(self.threads[slot].priority) {
            return Action::Continue;
        }
        self.current = None;
        self.threads[slot].state = State::Runnable;
        self.run_queue.push_front(&mut self.threads.slots(), slot);
        self.dispatch()
    }

    /// Takes the current thread off and parks it in no queue yet.
    #[inline(always)]
    fn park_current(&mut self, reason: WaitReason, deadline: Option<u64>) -> Slot {
        let slot = self.current_slot();
        self.current = None;
        let since = self.switches;
        let thread = &mut self.threads[slot];
        debug_assert!(thread.state == State::Running && thread.is_detached());
        thread.state = State::Parked;
        thread.wait = WaitReason { since, ..reason };
        if let Some(deadline) = deadline {
            self.timers.arm(&mut self.threads.slots(), slot, deadline);
        }
        slot
    }

    /// The slot of the current thread, for calls that only a thread can make.
    pub(super) fn current_slot(&self) -> Slot {
        self.current.expect("only a running thread makes this call")
    }
}
