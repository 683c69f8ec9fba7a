//! The thread table: a slab of threads whose slots are linked by index.
//!
//! The slot that was freed last is reused first. So the table uses no more slots
//! than threads ever lived at once, and the slots stay warm in the cache. (The
//! [`Directory`] keeps ids apart, not the slots.)
//!
//! Invariants: the table never allocates but in [`try_reserve`](Table::try_reserve);
//! slots on the free list are `Free` and all others are not.

use core::ops::{Index, IndexMut};

use alloc::vec::Vec;

use coopt_abi::thread::ThreadId;

use crate::host::HostThread;
use crate::ids::Directory;
use crate::place::Slot;
use crate::thread::{Detail, Name, State, Thread};

/// All threads.
pub(crate) struct Table {
    /// Index 0 is unused: slots count from 1.
    slots: Vec<Thread>,
    /// The details of the threads, by slot.
    details: Vec<Detail>,
    free: Option<Slot>,
    live: u32,
    ids: Directory,
}

impl Table {
    pub(crate) const fn new() -> Self {
        Self {
            slots: Vec::new(),
            details: Vec::new(),
            free: None,
            live: 0,
            ids: Directory::new(),
        }
    }

    /// How many threads are alive.
    pub(crate) fn live(&self) -> u32 {
        self.live
    }

    /// Makes room for `capacity` threads in all, or changes nothing that can be
    /// seen when there is no memory.
    pub(crate) fn try_reserve(&mut self, capacity: u32) -> Option<()> {
        let entries = Directory::try_allocate(capacity)?;
        let more = (capacity as usize + 1).saturating_sub(self.slots.len());
        self.slots.try_reserve_exact(more).ok()?;
        self.details.try_reserve_exact(more).ok()?;
        if self.slots.is_empty() {
            self.push_slot();
        }
        let live = Self::iter_slots(&self.slots).filter_map(|(slot, t)| Some((t.id?, slot)));
        self.ids.install(entries, live);
        Some(())
    }

    /// Adds a thread, `Runnable` but in no list yet. There must be room for it.
    pub(crate) fn insert(&mut self, host: HostThread, start_arg: u32) -> Slot {
        let slot = self.take_free_slot();
        let id = self.ids.assign(slot);
        let thread = &mut self[slot];
        *thread = Thread::new(host);
        thread.id = Some(id);
        thread.state = State::Runnable;
        *self.detail_mut(slot) = Detail::new(start_arg);
        self.live += 1;
        slot
    }

    /// Removes a thread that is in no list.
    pub(crate) fn remove(&mut self, slot: Slot) {
        let free = self.free.replace(slot);
        let thread = &mut self[slot];
        debug_assert!(thread.state == State::Running && thread.is_detached());
        thread.state = State::Free;
        thread.next = free;
        if let Some(id) = thread.id.take() {
            self.ids.release(id);
        }
        self.live -= 1;
    }

    /// The live thread with this id.
    pub(crate) fn lookup(&self, id: ThreadId) -> Option<Slot> {
        let slot = self.ids.candidate(id)?;
        (self[slot].id == Some(id)).then_some(slot)
    }

    /// The slots, for an operation on a list.
    #[inline(always)]
    pub(crate) fn slots(&mut self) -> Slots<'_> {
        Slots(&mut self.slots)
    }

    pub(crate) fn detail(&self, slot: Slot) -> &Detail {
        &self.details[slot.index()]
    }

    /// Names a thread.
    pub(crate) fn set_name(&mut self, slot: Slot, name: Name) {
        self[slot].is_named = !name.as_bytes().is_empty();
        self.detail_mut(slot).name = name;
    }

    pub(crate) fn set_stack_size(&mut self, slot: Slot, size: u32) {
        self.detail_mut(slot).stack_size = size;
    }

    fn detail_mut(&mut self, slot: Slot) -> &mut Detail {
        &mut self.details[slot.index()]
    }

    /// Every slot with its thread, the free ones included.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Slot, &Thread)> {
        Self::iter_slots(&self.slots)
    }

    /// Every thread, the free slots included.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Thread> {
        self.slots.iter_mut().skip(1)
    }

    /// Asserts that ids, states, the count of live threads and the free list agree.
    pub(crate) fn validate(&self) {
        let mut free = 0;
        let mut step = self.free;
        while let Some(slot) = step {
            assert_eq!(self[slot].state, State::Free);
            free += 1;
            assert!(free < self.slots.len(), "the free list is no ring");
            step = self[slot].next;
        }
        assert_eq!(self.live as usize + free, self.slots.len() - 1);
        for (slot, thread) in self.iter() {
            assert_eq!(thread.state == State::Free, thread.id.is_none());
            assert!(thread.id.is_none_or(|id| self.lookup(id) == Some(slot)));
        }
    }

    fn iter_slots(slots: &[Thread]) -> impl Iterator<Item = (Slot, &Thread)> {
        (0..).map(Slot::nth).zip(slots.iter().skip(1))
    }

    fn take_free_slot(&mut self) -> Slot {
        if let Some(slot) = self.free {
            debug_assert_eq!(self[slot].state, State::Free);
            self.free = self[slot].next;
            return slot;
        }
        debug_assert!(self.slots.len() < self.slots.capacity());
        let slot = Slot::nth(self.slots.len() as u32 - 1);
        self.push_slot();
        slot
    }

    fn push_slot(&mut self) {
        self.slots.push(Thread::new(HostThread(0)));
        self.details.push(Detail::new(0));
    }
}

/// Read access to threads by slot: a [`Table`] or its [`Slots`].
pub(crate) trait Threads: Index<Slot, Output = Thread> {}

impl<T: Index<Slot, Output = Thread>> Threads for T {}

/// The slots of a table, for one operation on a list.
///
/// The borrow holds the address of the slots. Through the table, the compiler would
/// load that address again after each store to a slot.
pub(crate) struct Slots<'t>(&'t mut [Thread]);

impl Slots<'_> {
    /// The same slots, for a function that is not inlined: the borrow, passed by
    /// value, stays in registers.
    #[inline(always)]
    pub(crate) fn reborrow(&mut self) -> Slots<'_> {
        Slots(self.0)
    }
}

impl Index<Slot> for Slots<'_> {
    type Output = Thread;

    #[inline(always)]
    fn index(&self, slot: Slot) -> &Thread {
        &self.0[slot.index()]
    }
}

impl IndexMut<Slot> for Slots<'_> {
    #[inline(always)]
    fn index_mut(&mut self, slot: Slot) -> &mut Thread {
        &mut self.0[slot.index()]
    }
}

impl Index<Slot> for Table {
    type Output = Thread;

    fn index(&self, slot: Slot) -> &Thread {
        &self.slots[slot.index()]
    }
}

impl IndexMut<Slot> for Table {
    fn index_mut(&mut self, slot: Slot) -> &mut Thread {
        &mut self.slots[slot.index()]
    }
}
