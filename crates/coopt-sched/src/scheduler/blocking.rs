//! What the current thread does that may end its turn: wait, sleep, yield, let
//! itself be preempted.
//!
//! No such call returns how the wait ended: the thread reads its
//! [`outcome`](Scheduler::outcome) when it runs again. The caller compares the futex
//! word before the call; nothing can come between, as no other thread runs.

use coopt_abi::wait::{Outcome, Owner, WaitKind};

use super::{Core, Scheduler};
use crate::action::Action;
use crate::place::Slot;
use crate::table::Slots;
use crate::thread::{Queued, State};
use crate::wait::WaitReason;

impl Scheduler {
    /// Parks the current thread in the queue of the futex `reason.address`, until the
    /// deadline (ns) if there is one.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    // Inlined with all that it calls, so that the caller writes the reason into the
    // slot: copying a struct that was just written field by field stalls the
    // processor's store forwarding, which doubles the cost of a wait.
    #[inline(always)]
    pub fn futex_wait(&mut self, reason: WaitReason, deadline: Option<u64>) -> Action {
        let (mut threads, core) = self.split();
        core.park_in_futex(&mut threads, reason, deadline);
        let next = core.dispatch(&mut threads);
        self.or_rest(next)
    }

    /// Parks the current thread until [`unpark`](Self::unpark), or the deadline (ns)
    /// if there is one: it waits for a host operation. The address of the reason
    /// means nothing.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    pub fn park(&mut self, reason: WaitReason, deadline: Option<u64>) -> Action {
        let (mut threads, core) = self.split();
        core.park_current(&mut threads, reason, deadline);
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
        self.core.outcome = Outcome::TimedOut;
    }

    /// Puts the current thread behind all runnable ones of its priority.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    pub fn yield_now(&mut self) -> Action {
        self.queue_current();
        self.dispatch()
    }

    /// Puts the current thread behind all runnable ones of its priority, and gives the
    /// host its turn now if anything is asked of it: what the host has to say comes
    /// before any thread runs.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    pub fn yield_to_host(&mut self) -> Action {
        // Not by `yield_now`, which is inlined where it has one caller.
        self.queue_current();
        if self.core.is_quiet() {
            return self.dispatch();
        }
        self.core.switches += 1;
        Action::YieldToHost
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
        let (mut threads, core) = self.split();
        if !core.run_queue.outranks(threads[slot].priority) {
            return Action::Continue;
        }
        core.take_off();
        threads[slot].state = State::Runnable;
        core.run_queue.push_front(&mut threads, slot);
        self.dispatch()
    }

    /// Takes the current thread off, and queues it behind the others of its priority.
    #[inline(always)]
    fn queue_current(&mut self) {
        let (mut threads, core) = self.split();
        let slot = core.take_off();
        threads[slot].state = State::Runnable;
        core.run_queue.push_back(&mut threads, slot);
    }

    /// The slot of the current thread, for calls that only a thread can make.
    pub(super) fn current_slot(&self) -> Slot {
        self.core.current.expect(ONLY_A_THREAD)
    }
}

const ONLY_A_THREAD: &str = "only a running thread makes this call";

impl Core {
    /// Takes the current thread off. It is in no list yet.
    #[inline(always)]
    fn take_off(&mut self) -> Slot {
        self.current.take().expect(ONLY_A_THREAD)
    }

    /// Takes the current thread off and parks it in the queue of `reason.address`.
    #[inline(always)]
    fn park_in_futex(
        &mut self,
        threads: &mut Slots<'_>,
        reason: WaitReason,
        deadline: Option<u64>,
    ) {
        let slot = self.park_current(threads, reason, deadline);
        let bucket = self.futexes.bucket(reason.address);
        bucket.push_back(threads, slot, Queued::Waiting);
    }

    /// Takes the current thread off and parks it in no queue yet.
    #[inline(always)]
    fn park_current(
        &mut self,
        threads: &mut Slots<'_>,
        reason: WaitReason,
        deadline: Option<u64>,
    ) -> Slot {
        let slot = self.take_off();
        let since = self.switches;
        let thread = &mut threads[slot];
        debug_assert!(thread.state == State::Running && thread.is_detached());
        thread.state = State::Parked;
        thread.wait = WaitReason { since, ..reason };
        if let Some(deadline) = deadline {
            self.timers.arm(threads.reborrow(), slot, deadline);
        }
        slot
    }
}
