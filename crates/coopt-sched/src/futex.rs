//! The futex table: who waits at which address.
//!
//! A hash table whose entries are the waiters themselves. Each address has a queue
//! of waiters, doubly linked by `next` and `prev`. Only the *head* of a queue is in
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
//! So no operation walks a queue, and ten thousand waiters at one address cost an
//! address in the same bucket nothing. There are at least as many buckets as
//! threads, hence as queues; buckets are added when a thread is spawned, never in a
//! wait, so a wait cannot fail.
//!
//! Invariants, for every queued thread `t`:
//! - **F1** `t` is reachable from the head of its address; heads have no `prev`.
//! - **F2** exactly the heads are chained, each in the bucket of its address.
//! - **F3** a head's `tail` is the last of its queue; others have neither `tail` nor
//!   `chain`.

use alloc::vec::Vec;

use crate::table::{Slot, Table};

/// 2^32 / the golden ratio: multiplicative hashing spreads addresses that differ
/// by any regular stride (Knuth, TAOCP 6.4).
const HASH_MULTIPLIER: u32 = 0x9e37_79b9;

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

    /// Makes a bucket for each of `capacity` threads, or changes nothing when there
    /// is no memory.
    pub(crate) fn try_reserve(&mut self, threads: &mut Table, capacity: u32) -> Option<()> {
        let len = (capacity as usize).next_power_of_two().max(2);
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

    /// Adds a waiter to the end of the queue of its `wait.address`.
    #[inline(always)]
    pub(crate) fn push_back(&mut self, threads: &mut Table, slot: Slot) {
        debug_assert!(!threads[slot].queued && threads[slot].next.is_none());
        threads[slot].queued = true;
        match self.head(threads, threads[slot].wait.address) {
            Some(head) => {
                let last = threads[head].tail.replace(slot).unwrap_or(head);
                debug_assert!(threads[last].next.is_none());
                threads[last].next = Some(slot);
                threads[slot].prev = Some(last);
            }
            None => {
                threads[slot].tail = Some(slot);
                self.chain_front(threads, slot);
            }
        }
    }

    /// Takes out the waiter that has waited longest at the address.
    #[inline(always)]
    pub(crate) fn pop_front(&mut self, threads: &mut Table, address: u32) -> Option<Slot> {
        let head = self.head(threads, address)?;
        self.remove_head(threads, head);
        Some(head)
    }

    /// Whether anybody waits at the address.
    #[inline(always)]
    pub(crate) fn has_waiters(&self, threads: &Table, address: u32) -> bool {
        self.head(threads, address).is_some()
    }

    /// Takes out any waiter; the others keep their order.
    pub(crate) fn remove(&mut self, threads: &mut Table, slot: Slot) {
        debug_assert!(threads[slot].queued);
        let Some(prev) = threads[slot].prev.take() else {
            return self.remove_head(threads, slot);
        };
        debug_assert!(threads[slot].tail.is_none() && threads[slot].chain.is_none());
        threads[slot].queued = false;
        let next = threads[slot].next.take();
        threads[prev].next = next;
        match next {
            Some(next) => threads[next].prev = Some(prev),
            None => {
                let head = self.head(threads, threads[slot].wait.address);
                debug_assert!(head.is_some());
                if let Some(head) = head {
                    threads[head].tail = Some(prev);
                }
            }
        }
    }

    /// Takes out the head of a queue; the next waiter, if any, takes its place.
    #[inline(always)]
    fn remove_head(&mut self, threads: &mut Table, head: Slot) {
        debug_assert!(threads[head].queued && threads[head].prev.is_none());
        self.unchain(threads, head);
        let thread = &mut threads[head];
        thread.queued = false;
        let tail = thread.tail.take();
        if let Some(next) = thread.next.take() {
            threads[next].prev = None;
            threads[next].tail = tail;
            self.chain_front(threads, next);
        }
    }

    /// The head of the queue of an address.
    #[inline(always)]
    fn head(&self, threads: &Table, address: u32) -> Option<Slot> {
        let mut chained = self.buckets[self.bucket(address)];
        while let Some(head) = chained {
            if threads[head].wait.address == address {
                return Some(head);
            }
            chained = threads[head].chain;
        }
        None
    }

    /// Enters the head of a queue in the bucket of its address.
    #[inline(always)]
    fn chain_front(&mut self, threads: &mut Table, head: Slot) {
        let bucket = self.bucket(threads[head].wait.address);
        threads[head].chain = self.buckets[bucket].replace(head);
    }

    /// Takes the head of a queue out of its bucket.
    #[inline(always)]
    fn unchain(&mut self, threads: &mut Table, head: Slot) {
        let rest = threads[head].chain.take();
        let bucket = self.bucket(threads[head].wait.address);
        if self.buckets[bucket] == Some(head) {
            self.buckets[bucket] = rest;
            return;
        }
        let mut chained = self.buckets[bucket];
        while let Some(before) = chained {
            chained = threads[before].chain;
            if chained == Some(head) {
                threads[before].chain = rest;
                return;
            }
        }
        debug_assert!(false, "the head of a queue is in its bucket");
    }

    #[inline(always)]
    fn bucket(&self, address: u32) -> usize {
        debug_assert!(self.buckets.len() >= 2 && self.buckets.len().is_power_of_two());
        let shift = u32::BITS - self.buckets.len().trailing_zeros();
        (address.wrapping_mul(HASH_MULTIPLIER) >> shift) as usize
    }

    /// Asserts F1 to F3.
    pub(crate) fn validate(&self, threads: &Table) {
        let mut queued = 0;
        for (bucket, &first) in self.buckets.iter().enumerate() {
            let mut chained = first;
            while let Some(head) = chained {
                let address = threads[head].wait.address;
                assert_eq!(self.bucket(address), bucket, "F2");
                assert_eq!(
                    self.head(threads, address),
                    Some(head),
                    "F1: one queue per address"
                );
                queued += self.validate_queue(threads, head);
                chained = threads[head].chain;
            }
        }
        let expected = threads.iter().filter(|(_, thread)| thread.queued).count();
        assert_eq!(queued, expected, "F1");
    }

    /// Asserts F1 and F3 for one queue and returns its length.
    fn validate_queue(&self, threads: &Table, head: Slot) -> usize {
        let mut prev = None;
        let mut step = Some(head);
        let mut len = 0;
        while let Some(slot) = step {
            let thread = &threads[slot];
            assert!(thread.queued && thread.prev == prev, "F1");
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
