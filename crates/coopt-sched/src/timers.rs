//! The timers: which parked threads have a deadline, earliest first.
//!
//! A binary heap. Each entry carries its key, so that comparing touches the heap
//! only; each thread knows the position of its entry, so that a wait that ends
//! early takes its timer out in O(log n). Room for an entry per thread is made
//! when threads are spawned, so setting a timer cannot fail.
//!
//! Invariants:
//! - **T1** no entry is earlier than its parent;
//! - **T2** `threads[entry.slot].timer` is the entry's position, and every thread
//!   with a position has that entry;
//! - **T3** entries with equal deadlines leave in the order in which they came.

use alloc::vec::Vec;

use crate::place::{Position, Slot};
use crate::table::{Slots, Table};

#[derive(Clone, Copy)]
struct Entry {
    deadline: u64,
    /// The number of the entry, to order equal deadlines (T3).
    sequence: u64,
    slot: Slot,
}

impl Entry {
    fn is_before(&self, other: &Self) -> bool {
        (self.deadline, self.sequence) < (other.deadline, other.sequence)
    }
}

/// The threads that wait with a deadline.
pub(crate) struct Timers {
    heap: Vec<Entry>,
    sequence: u64,
}

impl Timers {
    pub(crate) const fn new() -> Self {
        Self {
            heap: Vec::new(),
            sequence: 0,
        }
    }

    /// Makes room for a timer of each of `capacity` threads.
    pub(crate) fn try_reserve(&mut self, capacity: u32) -> Option<()> {
        let more = (capacity as usize).saturating_sub(self.heap.len());
        self.heap.try_reserve_exact(more).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    /// The earliest deadline.
    pub(crate) fn next_deadline(&self) -> Option<u64> {
        self.heap.first().map(|entry| entry.deadline)
    }

    /// The deadline of a thread, if it has one.
    pub(crate) fn deadline(&self, threads: &Table, slot: Slot) -> Option<u64> {
        let position = threads[slot].timer?;
        Some(self.heap[position.index()].deadline)
    }

    /// Sets the timer of a thread that has none.
    pub(crate) fn arm(&mut self, mut threads: Slots<'_>, slot: Slot, deadline: u64) {
        debug_assert!(threads[slot].timer.is_none());
        debug_assert!(self.heap.len() < self.heap.capacity());
        let entry = Entry {
            deadline,
            sequence: self.sequence,
            slot,
        };
        self.sequence += 1;
        self.heap.push(entry);
        self.sift_up(&mut threads, self.heap.len() - 1, entry);
    }

    /// Takes out the timer of a thread, if it has one.
    #[inline(always)]
    pub(crate) fn disarm(&mut self, threads: &mut Slots<'_>, slot: Slot) {
        if let Some(position) = threads[slot].timer.take() {
            debug_assert_eq!(self.heap[position.index()].slot, slot);
            self.remove(threads.reborrow(), position.index());
        }
    }

    /// Takes out the earliest timer if its deadline has come.
    pub(crate) fn pop_due(&mut self, threads: &mut Slots<'_>, now: u64) -> Option<Slot> {
        let earliest = *self.heap.first()?;
        if earliest.deadline > now {
            return None;
        }
        threads[earliest.slot].timer = None;
        self.remove(threads.reborrow(), 0);
        Some(earliest.slot)
    }

    /// Removes the entry at `index`; the last entry fills the gap.
    #[inline(never)]
    fn remove(&mut self, mut threads: Slots<'_>, index: usize) {
        let threads = &mut threads;
        let Some(last) = self.heap.pop() else { return };
        if index == self.heap.len() {
            return;
        }
        let parent_is_later = index > 0 && last.is_before(&self.heap[(index - 1) / 2]);
        if parent_is_later {
            self.sift_up(threads, index, last);
        } else {
            self.sift_down(threads, index, last);
        }
    }

    /// Places `entry` at `hole` or above it. (Inlined: `arm` has the entry in registers.)
    #[inline]
    fn sift_up(&mut self, threads: &mut Slots<'_>, mut hole: usize, entry: Entry) {
        while hole > 0 {
            let parent = (hole - 1) / 2;
            if !entry.is_before(&self.heap[parent]) {
                break;
            }
            self.place(threads, hole, self.heap[parent]);
            hole = parent;
        }
        self.place(threads, hole, entry);
    }

    /// Places `entry` at `hole` or below it.
    fn sift_down(&mut self, threads: &mut Slots<'_>, mut hole: usize, entry: Entry) {
        while let Some(child) = self.earlier_child(hole) {
            if !self.heap[child].is_before(&entry) {
                break;
            }
            self.place(threads, hole, self.heap[child]);
            hole = child;
        }
        self.place(threads, hole, entry);
    }

    fn earlier_child(&self, index: usize) -> Option<usize> {
        let left = self.heap.get(2 * index + 1)?;
        match self.heap.get(2 * index + 2) {
            Some(right) if right.is_before(left) => Some(2 * index + 2),
            _ => Some(2 * index + 1),
        }
    }

    /// Writes an entry and tells its thread where it is (T2).
    fn place(&mut self, threads: &mut Slots<'_>, index: usize, entry: Entry) {
        self.heap[index] = entry;
        threads[entry.slot].timer = Some(Position::from_index(index as u32));
    }

    /// Asserts T1 and T2.
    pub(crate) fn validate(&self, threads: &Table) {
        for (index, entry) in self.heap.iter().enumerate() {
            assert!(
                index == 0 || self.heap[(index - 1) / 2].is_before(entry),
                "T1"
            );
            assert_eq!(
                threads[entry.slot].timer.map(Position::index),
                Some(index),
                "T2"
            );
        }
        let timed = threads.iter().filter(|(_, thread)| thread.timer.is_some());
        assert_eq!(self.heap.len(), timed.count(), "T2");
    }
}
