//! What makes parked threads runnable: wake-ups, deadlines, interruptions.
//!
//! A woken thread goes behind the runnable ones of its priority. The caller keeps its
//! turn, whatever its priority, until it asks to be
//! [preempted](Scheduler::preempt).

use coopt_abi::lock_word::Handoff;
use coopt_abi::thread::ThreadId;
use coopt_abi::wait::Outcome;

use super::{Core, Scheduler};
use crate::action::Requeued;
use crate::place::Slot;
use crate::table::Slots;
use crate::thread::{Queued, State};
use crate::wait::WaitReason;

impl Scheduler {
    /// Wakes up to `count_max` waiters of a futex, those of the highest priority
    /// first, and of these the ones that have waited longest. Returns how many it
    /// woke.
    pub fn futex_wake(&mut self, address: u32, count_max: u32) -> u32 {
        let (mut threads, core) = self.split();
        // As a rule `count_max` is 1, so the first waiter is no part of the loop.
        if count_max == 0 || !core.wake_first(&mut threads, address) {
            return 0;
        }
        if count_max == 1 {
            return 1;
        }
        1 + core.wake_more(threads, address, count_max - 1)
    }

    /// Wakes the first waiter of a futex, and tells who it is, so that the caller can
    /// make it the owner.
    #[inline(always)]
    pub fn futex_handoff(&mut self, address: u32) -> Option<Handoff> {
        let (mut threads, core) = self.split();
        let bucket = core.futexes.bucket(address);
        let slot = bucket.head(&threads)?;
        let thread = threads[slot].id?;
        let more = threads[slot].next.is_some();
        bucket.remove_head(&mut threads, slot);
        core.make_runnable(&mut threads, slot, Outcome::Woken);
        Some(Handoff { to: thread, more })
    }

    /// Wakes up to `wake_max` waiters of the futex `from`, then moves up to
    /// `move_max` to the queue of `to.address`. The moved waiters keep their order
    /// and from then on wait for what `to` describes, without a deadline and beyond
    /// the reach of [`wake_thread`](Self::wake_thread): what they had waited for has
    /// come, and must not be lost by a timeout or an interruption. When both
    /// addresses are the same, no waiter moves.
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
        let (mut threads, core) = self.split();
        let move_max = if from == to.address { 0 } else { move_max };
        let mut moved = 0;
        // As a rule `move_max` is 1, so the first waiter is no part of the loop.
        if move_max > 0 && core.move_first(&mut threads, from, to) {
            moved = 1;
            if move_max > 1 {
                moved += core.move_more(threads, from, to, move_max - 1);
            }
        }
        Requeued { woken, moved }
    }

    /// Ends the wait of a parked thread, whatever it waits for, with
    /// [`Outcome::Interrupted`]. False when no such thread is parked, its wait is
    /// not [interruptible](WaitReason::interruptible), or
    /// [`futex_requeue`](Self::futex_requeue) has moved the thread: what the thread
    /// waited for has come.
    pub fn wake_thread(&mut self, id: ThreadId) -> bool {
        match self.lookup_parked(id) {
            Some(slot) if self.threads[slot].can_be_interrupted() => {
                let (mut threads, core) = self.split();
                core.end_wait(&mut threads, slot, Outcome::Interrupted);
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
                let (mut threads, core) = self.split();
                core.end_wait(&mut threads, slot, Outcome::Woken);
                true
            }
            _ => false,
        }
    }

    /// Ends with [`Outcome::TimedOut`] every wait whose deadline is `now` (ns) or
    /// earlier. Returns how many it ended.
    pub fn expire(&mut self, now: u64) -> u32 {
        let (mut threads, core) = self.split();
        let mut expired = 0;
        while let Some(slot) = core.timers.pop_due(&mut threads, now) {
            core.end_wait(&mut threads, slot, Outcome::TimedOut);
            expired += 1;
        }
        expired
    }

    fn lookup_parked(&self, id: ThreadId) -> Option<Slot> {
        let slot = self.threads.lookup(id)?;
        (self.threads[slot].state == State::Parked).then_some(slot)
    }
}

impl Core {
    /// Wakes the first waiter of a futex, if any.
    #[inline(always)]
    fn wake_first(&mut self, threads: &mut Slots<'_>, address: u32) -> bool {
        let Some(slot) = self.futexes.bucket(address).pop_front(threads) else {
            return false;
        };
        self.make_runnable(threads, slot, Outcome::Woken);
        true
    }

    /// Wakes up to `count_max` waiters of a futex.
    fn wake_more(&mut self, mut threads: Slots<'_>, address: u32, count_max: u32) -> u32 {
        let mut woken = 0;
        while woken < count_max && self.wake_first(&mut threads, address) {
            woken += 1;
        }
        woken
    }

    /// Moves the first waiter of `from`, if any. Its wait goes on: `since` stays.
    #[inline(always)]
    fn move_first(&mut self, threads: &mut Slots<'_>, from: u32, to: WaitReason) -> bool {
        debug_assert_ne!(from, to.address);
        let Some(slot) = self.futexes.bucket(from).pop_front(threads) else {
            return false;
        };
        self.timers.disarm(threads, slot);
        let wait = &mut threads[slot].wait;
        *wait = WaitReason {
            since: wait.since,
            ..to
        };
        let bucket = self.futexes.bucket(to.address);
        bucket.push_back(threads, slot, Queued::Moved);
        true
    }

    /// Moves up to `move_max` waiters of `from`.
    fn move_more(
        &mut self,
        mut threads: Slots<'_>,
        from: u32,
        to: WaitReason,
        move_max: u32,
    ) -> u32 {
        let mut moved = 0;
        while moved < move_max && self.move_first(&mut threads, from, to) {
            moved += 1;
        }
        moved
    }

    /// Takes a parked thread out of wherever it still waits and makes it runnable
    /// (I3).
    fn end_wait(&mut self, threads: &mut Slots<'_>, slot: Slot, outcome: Outcome) {
        if threads[slot].is_queued() {
            let bucket = self.futexes.bucket(threads[slot].wait.address);
            bucket.remove(threads, slot);
        }
        self.make_runnable(threads, slot, outcome);
    }

    /// Ends the wait of a thread that is in no futex queue any more, and gives it a
    /// place in the run queue.
    #[inline(always)]
    fn make_runnable(&mut self, threads: &mut Slots<'_>, slot: Slot, outcome: Outcome) {
        debug_assert_eq!(threads[slot].state, State::Parked);
        debug_assert!(!threads[slot].is_queued());
        self.timers.disarm(threads, slot);
        let thread = &mut threads[slot];
        thread.state = State::Runnable;
        thread.outcome = outcome;
        self.run_queue.push_back(threads, slot);
    }
}
