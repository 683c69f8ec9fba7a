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
//! address in the same bucket nothing. There are at least eight times as many buckets
//! as threads, hence as queues, so that few queues share one; buckets are added when a
//! thread is spawned, never in a wait, so a wait cannot fail.
//!
//! Invariants, for every queued thread `t`:
//! - **F1** `t` is reachable from the head of its address; heads have no `prev`.
//! - **F2** exactly the heads are chained, each in the bucket of its address.
//! - **F3** a head's `tail` is the last of its queue; others have neither `tail` nor
//!   `chain`.
//! - **F4** no waiter has a higher priority than the one before it.

mod bucket;

use alloc::vec::Vec;

use coopt_abi::thread::Priority;

use crate::place::Slot;
use crate::table::{Slots, Table, Threads};

use bucket::Bucket;

/// 2^32 / the golden ratio. Multiplicative hashing (Knuth, TAOCP 6.4) spreads
/// addresses that lie close together, but not every regular stride: 144 is a
/// Fibonacci number, so multiples of its divisors, such as the sizes of
/// `pthread_mutex_t` and `pthread_cond_t`, fall into a few clusters.
const HASH_MULTIPLIER: u32 = 0x9e37_79b9;

/// How far an address is shifted before it is mixed with itself. Mixing the upper
/// bits in breaks up the strides that [`HASH_MULTIPLIER`] leaves.
const HASH_SHIFT: u32 = 5;

/// The waiters of all addresses.
pub(crate) struct FutexTable {
    /// Heads of bucket lists; a power of two of them, at least 2, or none at all
    /// before the first [`try_reserve`](Self::try_reserve).
    buckets: Vec<Option<Slot>>,
    /// How far to shift a hash for the number of a bucket.
    shift: u32,
}

impl FutexTable {
    pub(crate) const fn new() -> Self {
        Self {
            buckets: Vec::new(),
            shift: 0,
        }
    }

    /// Makes at least eight buckets for each of `capacity` threads, or changes
    /// nothing when there is no memory.
    pub(crate) fn try_reserve(&mut self, threads: &mut Slots<'_>, capacity: u32) -> Option<()> {
        let len = (8 * capacity as usize).next_power_of_two();
        if len <= self.buckets.len() {
            return Some(());
        }
        let mut buckets = Vec::new();
        buckets.try_reserve_exact(len).ok()?;
        buckets.resize(len, None);
        self.shift = u32::BITS - len.trailing_zeros();
        for old in core::mem::replace(&mut self.buckets, buckets) {
            let mut chained = old;
            while let Some(head) = chained {
                chained = threads[head].chain;
                self.bucket(threads[head].wait.address).chain(threads, head);
            }
        }
        Some(())
    }

    /// The bucket of an address.
    #[inline(always)]
    pub(crate) fn bucket(&mut self, address: u32) -> Bucket<'_> {
        let index = self.index(address);
        Bucket::new(&mut self.buckets[index], address)
    }

    /// The highest priority among the waiters of the address, if there are any.
    #[inline(always)]
    pub(crate) fn highest(&self, threads: &impl Threads, address: u32) -> Option<Priority> {
        let head = bucket::find(self.buckets[self.index(address)], threads, address)?;
        Some(threads[head].priority)
    }

    /// The index of the bucket of an address.
    #[inline(always)]
    fn index(&self, address: u32) -> usize {
        debug_assert!(self.buckets.len() >= 2);
        debug_assert_eq!(self.buckets.len(), 1 << (u32::BITS - self.shift));
        let mixed = address ^ (address >> HASH_SHIFT);
        (mixed.wrapping_mul(HASH_MULTIPLIER) >> self.shift) as usize
    }

    /// Asserts F1 to F4.
    pub(crate) fn validate(&self, threads: &Table) {
        let mut queued = 0;
        for (index, &first) in self.buckets.iter().enumerate() {
            let mut chained = first;
            while let Some(head) = chained {
                let address = threads[head].wait.address;
                assert_eq!(self.index(address), index, "F2");
                assert_eq!(
                    bucket::find(first, threads, address),
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
                queues[futexes.index(address)] += 1;
            }
            assert!(queues.iter().all(|&count| count <= 2), "stride {stride}");
        }
    }
}
