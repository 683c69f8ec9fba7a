//! The futex table: who waits at which address.
//!
//! A hash table whose entries are the waiters themselves. Each address has a queue
//! of waiters, highest priority first and then in the order in which they came,
//! doubly linked by `next` and `prev`. Only the *head* of a queue is in
//! a bucket's list (linked by `chain`), and the head knows its queue's `tail`:
//!
//! ```text
//! bucket --> head of queue 0x100 --chain--> head of queue 0x9a4 --> (end)
//!              |next  (tail: C)               (tail: itself)
//!              B
//!              |next
//!              C
//! ```
//!
//! So only a waiter that outranks some of those before it, but not all, walks a queue:
//! from the tail, past those it outranks. Ten thousand waiters at one address cost an
//! address in the same bucket nothing. There are at least twice as many buckets
//! as threads, hence as queues; buckets are added when a thread is spawned, never in a
//! wait, so a wait cannot fail.
//!
//! Invariants, for every queued thread `t`:
//! - **F1** `t` is reachable from the head of its address; heads have no `prev`.
//! - **F2** exactly the heads are chained, each in the bucket of its address.
//! - **F3** a head's `tail` is the last of its queue; others have neither `tail` nor
//!   `chain`.
//! - **F4** no waiter has a higher priority than the one before it.

use alloc::vec::Vec;

use crate::priority::{Place, Priority};
use crate::table::{Slot, Slots, Table, Threads};
use crate::thread::Queued;

/// 2^32 / the golden ratio: multiplicative hashing spreads what lies close together
/// (Knuth, TAOCP 6.4), but not any regular stride: 144 is a Fibonacci number, and
/// multiples of what divides it, such as the sizes of a `pthread_mutex_t` and a
/// `pthread_cond_t`, fall into a few clusters.
const HASH_MULTIPLIER: u32 = 0x9e37_79b9;

/// So the bits above those that tell neighbours apart are mixed in first, which breaks
/// strides up.
const HASH_SHIFT: u32 = 5;

/// The waiters of all addresses.
pub(crate) struct FutexTable {
    /// Heads of bucket lists; a power of two of them, at least 2, or none at all
    /// before the first [`try_reserve`](Self::try_reserve).
    buckets: Vec<Option<Slot>>,
}

impl FutexTable {
    pub(crate) const fn new() -> Self {
        Self {
            buckets: Vec::new(),
        }
    }

    /// Makes two buckets for each of `capacity` threads, so that most queues have one
    /// of their own, or changes nothing when there is no memory.
    pub(crate) fn try_reserve(&mut self, threads: &mut Slots<'_>, capacity: u32) -> Option<()> {
        let len = (2 * capacity as usize).next_power_of_two();
        if len <= self.buckets.len() {
            return Some(());
        }
        let mut buckets = Vec::new();
        buckets.try_reserve_exact(len).ok()?;
        buckets.resize(len, None);
        for old in core::mem::replace(&mut self.buckets, buckets) {
            let mut chained = old;
            while let Some(head) = chained {
                chained = threads[head].chain;
                self.chain_front(threads, head);
            }
        }
        Some(())
    }

    /// Adds a waiter to the queue of its `wait.address`, behind those of its priority.
    #[inline(always)]
    pub(crate) fn push_back(&mut self, threads: &mut Slots<'_>, slot: Slot, queued: Queued) {
        debug_assert!(!threads[slot].is_queued() && queued != Queued::No);
        threads[slot].queued = queued;
        self.link(threads, slot, Place::Last);
    }

    /// Takes out the first waiter of the address: of those with the highest priority
    /// the one that has waited longest.
    #[inline(always)]
    pub(crate) fn pop_front(&mut self, threads: &mut Slots<'_>, address: u32) -> Option<Slot> {
        let head = self.first(threads, address)?;
        self.remove_first(threads, head);
        Some(head)
    }

    /// The first waiter of the address, if there is one: the head of its queue.
    #[inline(always)]
    pub(crate) fn first(&self, threads: &impl Threads, address: u32) -> Option<Slot> {
        let mut chained = self.buckets[self.bucket(address)];
        while let Some(head) = chained {
            if threads[head].wait.address == address {
                return Some(head);
            }
            chained = threads[head].chain;
        }
        None
    }

    /// Takes out the [`first`](Self::first) waiter of its address.
    #[inline(always)]
    pub(crate) fn remove_first(&mut self, threads: &mut Slots<'_>, head: Slot) {
        debug_assert!(threads[head].is_queued());
        threads[head].queued = Queued::No;
        self.unlink_head(threads, head);
    }

    /// The highest priority among the waiters of the address, if there are any.
    #[inline(always)]
    pub(crate) fn highest(&self, threads: &impl Threads, address: u32) -> Option<Priority> {
        let first = self.first(threads, address)?;
        Some(threads[first].priority)
    }

    /// Takes out any waiter; the others keep their order.
    pub(crate) fn remove(&mut self, threads: &mut Slots<'_>, slot: Slot) {
        debug_assert!(threads[slot].is_queued());
        threads[slot].queued = Queued::No;
        self.unlink(threads, slot);
    }

    /// Gives a waiter another priority, and the place in its queue that the change
    /// leads to.
    pub(crate) fn set_priority(&mut self, threads: &mut Slots<'_>, slot: Slot, priority: Priority) {
        debug_assert!(threads[slot].is_queued());
        let before = threads[slot].priority;
        self.unlink(threads, slot);
        threads[slot].priority = priority;
        self.link(threads, slot, Place::after_change(before, priority));
    }

    /// Enters a waiter in the queue of its address.
    #[inline(always)]
    fn link(&mut self, threads: &mut Slots<'_>, slot: Slot, place: Place) {
        debug_assert!(threads[slot].next.is_none() && threads[slot].prev.is_none());
        let Some(head) = self.first(threads, threads[slot].wait.address) else {
            threads[slot].tail = Some(slot);
            return self.chain_front(threads, slot);
        };
        let last = threads[head].tail.unwrap_or(head);
        if precedes(threads, slot, last, place) {
            return self.link_before_some(threads.reborrow(), slot, (head, last), place);
        }
        debug_assert!(threads[last].next.is_none());
        threads[head].tail = Some(slot);
        threads[last].next = Some(slot);
        threads[slot].prev = Some(last);
    }

    /// Enters a waiter that precedes at least the last of the queue.
    #[cold]
    fn link_before_some(
        &mut self,
        mut threads: Slots<'_>,
        slot: Slot,
        (head, last): (Slot, Slot),
        place: Place,
    ) {
        let threads = &mut threads;
        if precedes(threads, slot, head, place) {
            return self.link_head(threads, slot, head);
        }
        let mut next = last;
        while let Some(prev) = threads[next].prev {
            if !precedes(threads, slot, prev, place) {
                threads[prev].next = Some(slot);
                threads[slot].prev = Some(prev);
                break;
            }
            next = prev;
        }
        debug_assert!(threads[slot].prev.is_some(), "it does not precede the head");
        threads[slot].next = Some(next);
        threads[next].prev = Some(slot);
    }

    /// Makes a waiter the head in the place of the present one.
    fn link_head(&mut self, threads: &mut Slots<'_>, slot: Slot, head: Slot) {
        let (tail, rest) = (threads[head].tail.take(), threads[head].chain.take());
        threads[head].prev = Some(slot);
        let thread = &mut threads[slot];
        (thread.next, thread.tail, thread.chain) = (Some(head), tail, rest);
        self.rechain(threads, head, Some(slot));
    }

    /// Takes any waiter out of its queue.
    fn unlink(&mut self, threads: &mut Slots<'_>, slot: Slot) {
        let Some(prev) = threads[slot].prev.take() else {
            return self.unlink_head(threads, slot);
        };
        debug_assert!(threads[slot].tail.is_none() && threads[slot].chain.is_none());
        let next = threads[slot].next.take();
        threads[prev].next = next;
        match next {
            Some(next) => threads[next].prev = Some(prev),
            None => {
                let head = self.first(threads, threads[slot].wait.address);
                debug_assert!(head.is_some());
                if let Some(head) = head {
                    threads[head].tail = Some(prev);
                }
            }
        }
    }

    /// Takes out the head of a queue; the next waiter, if any, takes its place.
    #[inline(always)]
    fn unlink_head(&mut self, threads: &mut Slots<'_>, head: Slot) {
        let thread = &mut threads[head];
        debug_assert!(thread.prev.is_none());
        let (tail, rest) = (thread.tail.take(), thread.chain.take());
        let heir = match thread.next.take() {
            None => rest,
            Some(next) => {
                let thread = &mut threads[next];
                (thread.prev, thread.tail, thread.chain) = (None, tail, rest);
                Some(next)
            }
        };
        self.rechain(threads, head, heir);
    }

    /// Enters the head of a queue in the bucket of its address.
    #[inline(always)]
    fn chain_front(&mut self, threads: &mut Slots<'_>, head: Slot) {
        let bucket = self.bucket(threads[head].wait.address);
        threads[head].chain = self.buckets[bucket].replace(head);
    }

    /// Lets what refers to the head of a queue, in the list of its bucket, refer to
    /// `heir`: to the queue's next head, or else to what comes after the queue.
    #[inline(always)]
    fn rechain(&mut self, threads: &mut Slots<'_>, head: Slot, heir: Option<Slot>) {
        let bucket = self.bucket(threads[head].wait.address);
        let mut chained = self.buckets[bucket];
        if chained == Some(head) {
            self.buckets[bucket] = heir;
            return;
        }
        while let Some(before) = chained {
            chained = threads[before].chain;
            if chained == Some(head) {
                threads[before].chain = heir;
                return;
            }
        }
        debug_assert!(false, "the head of a queue is in its bucket");
    }

    #[inline(always)]
    fn bucket(&self, address: u32) -> usize {
        debug_assert!(self.buckets.len() >= 2 && self.buckets.len().is_power_of_two());
        let shift = u32::BITS - self.buckets.len().trailing_zeros();
        let mixed = address ^ (address >> HASH_SHIFT);
        (mixed.wrapping_mul(HASH_MULTIPLIER) >> shift) as usize
    }

    /// Asserts F1 to F4.
    pub(crate) fn validate(&self, threads: &Table) {
        let mut queued = 0;
        for (bucket, &first) in self.buckets.iter().enumerate() {
            let mut chained = first;
            while let Some(head) = chained {
                let address = threads[head].wait.address;
                assert_eq!(self.bucket(address), bucket, "F2");
                assert_eq!(
                    self.first(threads, address),
                    Some(head),
                    "F1: one queue per address"
                );
                queued += self.validate_queue(threads, head);
                chained = threads[head].chain;
            }
        }
        let expected = threads
            .iter()
            .filter(|(_, thread)| thread.is_queued())
            .count();
        assert_eq!(queued, expected, "F1");
    }

    /// Asserts F1, F3 and F4 for one queue and returns its length.
    fn validate_queue(&self, threads: &Table, head: Slot) -> usize {
        let mut prev = None;
        let mut step = Some(head);
        let mut len = 0;
        while let Some(slot) = step {
            let thread = &threads[slot];
            assert!(thread.is_queued() && thread.prev == prev, "F1");
            assert!(
                prev.is_none_or(|prev| threads[prev].priority >= thread.priority),
                "F4"
            );
            assert_eq!(thread.wait.address, threads[head].wait.address, "F1");
            assert!(
                slot == head || (thread.tail.is_none() && thread.chain.is_none()),
                "F3"
            );
            len += 1;
            prev = step;
            step = thread.next;
        }
        assert_eq!(threads[head].tail, prev, "F3");
        len
    }
}

/// Whether the waiter in `slot` goes before the one in `other` when it comes in.
#[inline(always)]
fn precedes(threads: &impl Threads, slot: Slot, other: Slot, place: Place) -> bool {
    let (priority, other) = (threads[slot].priority, threads[other].priority);
    match place {
        Place::First => priority >= other,
        Place::Last => priority > other,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn objects_in_an_array_have_buckets_of_their_own() {
        let mut futexes = FutexTable::new();
        assert!(futexes.try_reserve(&mut Table::new().slots(), 32).is_some());
        for stride in [4, 8, 16, 20, 24, 32, 48, 72, 96, 144, 1024] {
            let mut queues = vec![0; futexes.buckets.len()];
            for address in (0x10000..).step_by(stride).take(16) {
                queues[futexes.bucket(address)] += 1;
            }
            assert!(queues.iter().all(|&count| count <= 2), "stride {stride}");
        }
    }
}
