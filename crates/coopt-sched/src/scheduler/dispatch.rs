//! Who runs next, and what the host has to do with it.
//!
//! Whenever the current thread gives up its turn, there is no current thread until
//! one has been chosen. In between, the executing host thread may have to serve the
//! host. When nothing is runnable, it waits for the host's events. After many
//! switches, it gives the host a turn, which the host would otherwise never get: a
//! switch does not go through the host's own queue. Any host thread may have to do
//! so, even that of an exited thread. The host thread then asks
//! [`resume`](Scheduler::resume).

use super::{Core, Scheduler};
use crate::action::Action;
use crate::limits::Limits;
use crate::place::Slot;
use crate::table::Slots;
use crate::thread::State;

impl Scheduler {
    /// Chooses who runs after an [`Action::Idle`] or [`Action::YieldToHost`]. Waits
    /// whose deadline is `now` (ns, monotonic) or earlier end first.
    ///
    /// It may also be called after [`Action::Deadlock`], once a thread has been
    /// woken.
    pub fn resume(&mut self, now: u64) -> Action {
        debug_assert!(
            self.core.current.is_none(),
            "no thread runs while the host is served"
        );
        self.expire(now);
        let (mut threads, core) = self.split();
        core.turns_left = core.limits.switches_per_host_yield;
        core.turns_skipped = 0;
        let next = core.run_next(&mut threads);
        self.or_rest(next)
    }

    /// Ends the turn of the thread that was current.
    #[inline(always)]
    pub(super) fn dispatch(&mut self) -> Action {
        let (mut threads, core) = self.split();
        let next = core.dispatch(&mut threads);
        self.or_rest(next)
    }

    /// The earliest deadline (ns), for the host's clock.
    #[must_use]
    pub fn next_deadline(&self) -> Option<u64> {
        self.core.timers.next_deadline()
    }

    /// How many host operations are in flight.
    #[must_use]
    pub fn host_pending(&self) -> u32 {
        self.core.host_pending
    }

    /// Counts host operations that have begun (timers excluded). While any is in
    /// flight, threads that wait are not deadlocked.
    pub fn pending_add(&mut self, count: u32) {
        self.core.host_pending = self.core.host_pending.saturating_add(count);
    }

    /// Counts host operations that have completed.
    pub fn pending_sub(&mut self, count: u32) {
        debug_assert!(count <= self.core.host_pending);
        self.core.host_pending = self.core.host_pending.saturating_sub(count);
    }

    /// `action`, or what the executing host thread does when nothing is runnable.
    #[inline(always)]
    pub(super) fn or_rest(&self, action: Option<Action>) -> Action {
        match action {
            Some(action) => action,
            None => self.rest(),
        }
    }

    #[cold]
    fn rest(&self) -> Action {
        if self.threads.live() == 0 {
            Action::Finished
        } else if self.core.host_pending > 0 || !self.core.timers.is_empty() {
            Action::Idle
        } else {
            Action::Deadlock
        }
    }
}

/// `None` as an action means that nothing is runnable.
impl Core {
    /// Ends the turn of the thread that was current.
    #[inline(always)]
    pub(super) fn dispatch(&mut self, threads: &mut Slots<'_>) -> Option<Action> {
        debug_assert!(self.current.is_none());
        self.switches += 1;
        self.turns_left = self.turns_left.saturating_sub(1);
        if self.turns_left == 0 && !self.run_queue.is_empty() && self.takes_host_turn() {
            return Some(Action::YieldToHost);
        }
        self.run_next(threads)
    }

    /// Whether nothing is asked of the host.
    pub(super) fn is_quiet(&self) -> bool {
        self.host_pending == 0 && self.timers.is_empty()
    }

    /// Whether the host gets the turn that is due, or the turn is quiet and skipped.
    #[cold]
    fn takes_host_turn(&mut self) -> bool {
        if !self.is_quiet() || self.turns_skipped + 1 >= Limits::QUIET_TURNS {
            return true;
        }
        self.turns_skipped += 1;
        self.turns_left = self.limits.switches_per_host_yield;
        false
    }

    #[inline(always)]
    fn run_next(&mut self, threads: &mut Slots<'_>) -> Option<Action> {
        let slot = self.run_queue.pop_front(threads)?;
        Some(self.run(threads, slot))
    }

    /// Makes a thread current, and returns the action that this takes (I1).
    #[inline(always)]
    fn run(&mut self, threads: &mut Slots<'_>, slot: Slot) -> Action {
        let thread = &mut threads[slot];
        debug_assert!(thread.state == State::Runnable && thread.is_detached());
        thread.state = State::Running;
        self.outcome = thread.outcome;
        self.current = Some(slot);
        let host = thread.host;
        if host == self.executing {
            debug_assert!(!self.executing_ends);
            return Action::Continue;
        }
        self.executing = host;
        if core::mem::take(&mut self.executing_ends) {
            Action::End(host)
        } else {
            Action::Switch(host)
        }
    }
}
