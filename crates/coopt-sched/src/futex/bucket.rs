//! One bucket of the futex table: the queues of the addresses that hash to it.

use coopt_abi::thread::Priority;

use crate::place::Slot;
use crate::rank::Place;
use crate::table::{Slots, Threads};
use crate::thread::Queued;

/// A bucket, borrowed to look at the queue of one address and to change it.
///
/// `link_before_some`, which is not inlined, takes the bucket and the slots by
/// value, so that they stay in registers.
pub(crate) struct Bucket<'f> {
    /// The first head of the list.
    first: &'f mut Option<Slot>,
    address: u32,
}

/// The head of the queue of an address, in the list that begins with `first`.
#[inline(always)]
pub(super) fn find(first: Option<Slot>, threads: &impl Threads, address: u32) -> Option<Slot> {
    let mut chained = first;
    while let Some(head) = chained {
        if threads[head].wait.address == address {
            return Some(head);
        }
        chained = threads[head].chain;
    }
    None
}

impl<'f> Bucket<'f> {
    #[inline(always)]
    pub(super) fn new(first: &'f mut Option<Slot>, address: u32) -> Self {
        Self { first, address }
    }
}

impl Bucket<'_> {
    /// The first waiter of the address, if there is one: the head of its queue.
    #[inline(always)]
    pub(crate) fn head(&self, threads: &impl Threads) -> Option<Slot> {
        find(*self.first, threads, self.address)
    }

    /// Adds a waiter of the address to its queue, behind those of its priority.
    #[inline(always)]
    pub(crate) fn push_back(self, threads: &mut Slots<'_>, slot: Slot, queued: Queued) {
        debug_assert!(!threads[slot].is_queued() && queued != Queued::No);
        threads[slot].queued = queued;
        self.link(threads, slot, Place::Last);
    }

    /// Takes out the first waiter of the address: of those with the highest priority
    /// the one that has waited longest.
    #[inline(always)]
    pub(crate) fn pop_front(self, threads: &mut Slots<'_>) -> Option<Slot> {
        let head = self.head(threads)?;
        self.remove_head(threads, head);
        Some(head)
    }

    /// Takes out the [`head`](Self::head).
    #[inline(always)]
    pub(crate) fn remove_head(mut self, threads: &mut Slots<'_>, head: Slot) {
        debug_assert!(threads[head].is_queued());
        threads[head].queued = Queued::No;
        self.unlink_head(threads, head);
    }

    /// Takes out any waiter of the address; the others keep their order.
    pub(crate) fn remove(mut self, threads: &mut Slots<'_>, slot: Slot) {
        debug_assert!(threads[slot].is_queued());
        threads[slot].queued = Queued::No;
        self.unlink(threads, slot);
    }

    /// Gives a waiter of the address another priority, and its
    /// [place](Place::after_change) in the queue.
    pub(crate) fn set_priority(mut self, threads: &mut Slots<'_>, slot: Slot, priority: Priority) {
        debug_assert!(threads[slot].is_queued());
        let before = threads[slot].priority;
        self.unlink(threads, slot);
        threads[slot].priority = priority;
        self.link(threads, slot, Place::after_change(before, priority));
    }

    /// Enters the head of a queue in the list.
    #[inline(always)]
    pub(super) fn chain(self, threads: &mut Slots<'_>, head: Slot) {
        threads[head].chain = self.first.replace(head);
    }

    /// Enters a waiter in its queue.
    #[inline(always)]
    fn link(self, threads: &mut Slots<'_>, slot: Slot, place: Place) {
        debug_assert_eq!(threads[slot].wait.address, self.address);
        debug_assert!(threads[slot].next.is_none() && threads[slot].prev.is_none());
        let Some(head) = self.head(threads) else {
            threads[slot].tail = Some(slot);
            return self.chain(threads, slot);
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
    #[inline(never)]
    fn link_before_some(
        mut self,
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
                let head = self.head(threads);
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

    /// Replaces the head of a queue in the bucket's list by `heir`: by the new head
    /// of the queue, or by the head of the next queue when this one is empty.
    #[inline(always)]
    fn rechain(&mut self, threads: &mut Slots<'_>, head: Slot, heir: Option<Slot>) {
        let mut chained = *self.first;
        if chained == Some(head) {
            *self.first = heir;
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
}

/// Whether the waiter in `slot` enters a queue before the waiter in `other`.
#[inline(always)]
fn precedes(threads: &impl Threads, slot: Slot, other: Slot, place: Place) -> bool {
    let (priority, other) = (threads[slot].priority, threads[other].priority);
    match place {
        Place::First => priority >= other,
        Place::Last => priority > other,
    }
}
