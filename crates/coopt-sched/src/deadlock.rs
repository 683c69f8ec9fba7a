//! What a deadlock report needs: every thread with what it waits for, and the cycle
//! of waits if there is one.
//!
//! Nothing here allocates: a report is often written when memory is short.

use coopt_abi::thread::{Priority, ThreadId};

use crate::place::Slot;
use crate::scheduler::Scheduler;
use crate::thread::State;
use crate::wait::WaitReason;

/// A live thread, for a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadInfo<'a> {
    /// Its id.
    pub id: ThreadId,
    /// Its name, empty unless it was given one.
    pub name: &'a [u8],
    /// Its scheduling priority.
    pub priority: Priority,
    /// Its state, never [`State::Free`].
    pub state: State,
    /// What it waits for, if it is [`State::Parked`].
    pub wait: Option<WaitReason>,
    /// When its wait ends at the latest (ns).
    pub deadline: Option<u64>,
}

impl Scheduler {
    /// Every live thread, in no particular order.
    pub fn threads(&self) -> impl Iterator<Item = ThreadInfo<'_>> {
        self.threads.iter().filter_map(|(slot, thread)| {
            Some(ThreadInfo {
                id: thread.id?,
                name: self.threads.detail(slot).name.as_bytes(),
                priority: thread.priority,
                state: thread.state,
                wait: (thread.state == State::Parked).then_some(thread.wait),
                deadline: self.core.timers.deadline(&self.threads, slot),
            })
        })
    }

    /// Finds threads that wait for each other in a cycle. `owner_of` tells who owns
    /// what a thread waits for (see [`WaitReason::owner_id`]); it is asked once or
    /// twice about each parked thread and must not change its answers.
    ///
    /// A wait with a deadline ends by itself and is part of no cycle. Takes time
    /// linear in the number of threads.
    pub fn find_cycle<F>(&mut self, owner_of: F) -> Option<Cycle<'_, F>>
    where
        F: Fn(&WaitReason) -> Option<ThreadId>,
    {
        let start = self.find_cycle_member(&owner_of)?;
        Some(Cycle {
            scheduler: self,
            owner_of,
            start,
            next: Some(start),
        })
    }

    /// Walks from each thread along the owners, marking threads with the number of
    /// the walk. A walk that meets its own mark has closed a cycle; one that meets an
    /// older mark need not go on.
    fn find_cycle_member<F>(&mut self, owner_of: &F) -> Option<Slot>
    where
        F: Fn(&WaitReason) -> Option<ThreadId>,
    {
        self.threads.iter_mut().for_each(|thread| thread.mark = 0);
        let slots = self.threads.iter().count() as u32;
        for walk in 1..=slots {
            let mut step = Some(Slot::nth(walk - 1));
            while let Some(slot) = step {
                match self.threads[slot].mark {
                    0 => self.threads[slot].mark = walk,
                    mark if mark == walk => return Some(slot),
                    _ => break,
                }
                step = self.waits_for(slot, owner_of);
            }
        }
        None
    }

    /// The thread that the one in `slot` waits for, without a deadline.
    fn waits_for<F>(&self, slot: Slot, owner_of: &F) -> Option<Slot>
    where
        F: Fn(&WaitReason) -> Option<ThreadId>,
    {
        let thread = &self.threads[slot];
        if thread.state != State::Parked || thread.timer.is_some() {
            return None;
        }
        self.threads.lookup(owner_of(&thread.wait)?)
    }
}

/// Iterator over the threads of a cycle: each waits for the one after it, and the
/// last for the first.
pub struct Cycle<'a, F> {
    scheduler: &'a Scheduler,
    owner_of: F,
    start: Slot,
    next: Option<Slot>,
}

impl<F> Iterator for Cycle<'_, F>
where
    F: Fn(&WaitReason) -> Option<ThreadId>,
{
    type Item = ThreadId;

    fn next(&mut self) -> Option<ThreadId> {
        let slot = self.next.take()?;
        self.next = self
            .scheduler
            .waits_for(slot, &self.owner_of)
            .filter(|&next| next != self.start);
        self.scheduler.threads[slot].id
    }
}
