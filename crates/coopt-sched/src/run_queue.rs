//! The run queue: which runnable thread goes next.
//!
//! First in, first out: every runnable thread runs before any runs twice, so none
//! starves. The interface is all that another policy (priorities, random with a
//! seed, replay) has to offer.
//!
//! Invariant: the queue holds exactly the `Runnable` threads, linked by `next`.

use crate::table::{Slot, Table};
use crate::thread::State;

/// The runnable threads, in the order in which they will run.
pub(crate) struct RunQueue {
    ends: Option<Ends>,
    len: u32,
}

/// The two ends of a queue that is not empty.
struct Ends {
    head: Slot,
    tail: Slot,
}

impl RunQueue {
    pub(crate) const fn new() -> Self {
        Self { ends: None, len: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_none()
    }

    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// Adds a thread that has become `Runnable`.
    #[inline(always)]
    pub(crate) fn push_back(&mut self, threads: &mut Table, slot: Slot) {
        debug_assert!(threads[slot].state == State::Runnable && threads[slot].is_detached());
        match &mut self.ends {
            Some(ends) => {
                threads[ends.tail].next = Some(slot);
                ends.tail = slot;
            }
            None => {
                self.ends = Some(Ends {
                    head: slot,
                    tail: slot,
                })
            }
        }
        self.len += 1;
    }

    /// Takes out the thread to run next.
    #[inline(always)]
    pub(crate) fn pop_front(&mut self, threads: &mut Table) -> Option<Slot> {
        let ends = self.ends.as_mut()?;
        let slot = ends.head;
        match threads[slot].next.take() {
            Some(next) => ends.head = next,
            None => {
                debug_assert_eq!(ends.tail, slot);
                self.ends = None;
            }
        }
        self.len -= 1;
        Some(slot)
    }

    /// Asserts the invariant.
    pub(crate) fn validate(&self, threads: &Table) {
        let mut len = 0;
        let mut last = None;
        let mut step = self.ends.as_ref().map(|ends| ends.head);
        while let Some(slot) = step {
            assert_eq!(threads[slot].state, State::Runnable);
            len += 1;
            assert!(len <= self.len, "the run queue is no ring");
            last = Some(slot);
            step = threads[slot].next;
        }
        assert_eq!(len, self.len);
        assert_eq!(last, self.ends.as_ref().map(|ends| ends.tail));
        let runnable = threads
            .iter()
            .filter(|(_, thread)| thread.state == State::Runnable);
        assert_eq!(len as usize, runnable.count());
    }
}
