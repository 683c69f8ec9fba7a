//! What makes parked threads runnable: wake-ups, deadlines, interruptions.
//!
//! A woken thread goes behind the runnable ones of its priority. The caller keeps its
//! turn, whatever its priority, until it asks to be
//! [preempted](Scheduler::preempt).

use super::Scheduler;
use crate::action::{Handoff, Requeued};
use crate::ids::ThreadId;
use crate::table::Slot;
use crate::thread::{Queued, State};
use crate::wait::{Outcome, WaitReason};

impl Scheduler {
    /// Wakes up to `count_max` waiters of a futex, those of the highest priority first,
    /// and of these the ones that have waited longest. Returns how many there were.
    pub fn futex_wake(&mut self, address: u32, count_max: u32) -> u32 {
        let mut woken = 0;
        while woken < count_max && self.wake_first(address).is_some() {
            woken += 1;
        }
        woken
    }

    /// Wakes the first waiter of a futex, and tells who it is, so that the caller can
    /// make it the owner.
    #[inline(always)]
    pub fn futex_handoff(&mut self, address: u32) -> Option<Handoff> {
        let slot = self.futexes.first(&self.threads, address)?;
        let thread = self.threads[slot].id?;
        let more = self.threads[slot].next.is_some();
        self.futexes.remove_first(&mut self.threads.slots(), slot);
        self.make_runnable(slot, Outcome::Woken);
        Some(Handoff { thread, more })
    }

    /// Wakes up to `wake_max` waiters of the futex `from`, then moves up to
    /// `move_max` to the queue of `to.address`. Those moved keep their order and from
    /// then on wait for what `to` describes, without a deadline and beyond the reach
    /// of [`wake_thread`](Self::wake_thread): what they had waited for has come, and
    /// must not be lost by a timeout or an interruption.
    /// When both addresses are the same, none moves.
    pub fn futex_requeue(
        &mut self,
        from: u32,
        to: WaitReason,
        wake_max: u32,
        move_max: u32,
    ) -> Requeued {
        let woken = match wake_max {
            0 => 0,
            _ => self.futex_wake(from, wake_max),
        };
        let move_max = if from == to.address { 0 } else { move_max };
        let mut moved = 0;
        while moved < move_max && self.move_first(from, to) {
            moved += 1;
        }
        Requeued { woken, moved }
    }

    /// Ends the wait of a parked thread, whatever it waits for, with
    /// [`Outcome::Interrupted`]. False when no such thread is parked, its wait is
    /// not [interruptible](WaitReason::interruptible), or
    /// [`futex_requeue`](Self::futex_requeue) has moved it: what it waited for has
    /// come.
    pub fn wake_thread(&mut self, id: ThreadId) -> bool {
        match self.lookup_parked(id) {
            Some(slot) if self.threads[slot].can_be_interrupted() => {
                self.end_wait(slot, Outcome::Interrupted);
                true
            }
            _ => false,
        }
    }

    /// Ends a wait begun by [`park`](Self::park) with [`Outcome::Woken`]. False when
    /// no such thread is parked, or it waits for a futex.
    pub fn unpark(&mut self, id: ThreadId) -> bool {
        match self.lookup_parked(id) {
            Some(slot) if !self.threads[slot].is_queued() => {
                self.end_wait(slot, Outcome::Woken);
                true
            }
            _ => false,
        }
    }

    /// Ends with [`Outcome::TimedOut`] every wait whose deadline is `now` (ns) or
    /// earlier. Returns how many there were.
    pub fn expire(&mut self, now: u64) -> u32 {
        let mut expired = 0;
        while let Some(slot) = self.timers.pop_due(&mut self.threads.slots(), now) {
            self.end_wait(slot, Outcome::TimedOut);
            expired += 1;
        }
        expired
    }

    #[inline(always)]
    fn wake_first(&mut self, address: u32) -> Option<Slot> {
        let slot = self.futexes.pop_front(&mut self.threads.slots(), address)?;
        self.make_runnable(slot, Outcome::Woken);
        Some(slot)
    }

    /// Moves the first waiter of `from`, if any. Its wait goes on: `since` stays.
    #[inline(always)]
    fn move_first(&mut self, from: u32, to: WaitReason) -> bool {
        debug_assert_ne!(from, to.address);
        let Some(slot) = self.futexes.pop_front(&mut self.threads.slots(), from) else {
            return false;
        };
        self.timers.disarm(&mut self.threads.slots(), slot);
        let wait = &mut self.threads[slot].wait;
        *wait = WaitReason {
            since: wait.since,
            ..to
        };
        self.futexes
            .push_back(&mut self.threads.slots(), slot, Queued::Moved);
        true
    }

    fn lookup_parked(&self, id: ThreadId) -> Option<Slot> {
        let slot = self.threads.lookup(id)?;
        (self.threads[slot].state == State::Parked).then_some(slot)
    }

    /// Takes a parked thread out of wherever it still waits and makes it runnable
    /// (I3).
    fn end_wait(&mut self, slot: Slot, outcome: Outcome) {
        if self.threads[slot].is_queued() {
            self.futexes.remove(&mut self.threads.slots(), slot);
        }
        self.make_runnable(slot, outcome);
    }

    /// Makes a parked thread runnable that is in no futex queue any more.
    #[inline(always)]
    fn make_runnable(&mut self, slot: Slot, outcome: Outcome) {
        debug_assert_eq!(self.threads[slot].state, State::Parked);
        debug_assert!(!self.threads[slot].is_queued());
        self.timers.disarm(&mut self.threads.slots(), slot);
        let thread = &mut self.threads[slot];
        thread.state = State::Runnable;
        thread.outcome = outcome;
        self.run_queue.push_back(&mut self.threads.slots(), slot);
    }
}
