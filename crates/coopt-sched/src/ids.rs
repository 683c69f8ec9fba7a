//! Thread ids, and the directory that finds a thread by its id.
//!
//! Ids count up from 1: the n-th thread is thread n, which is what a person reading
//! a report expects. An exited thread's id must not come to mean another thread
//! while a lock word or the program still holds the id, so an id is not tied to the
//! slot that a thread occupies in the table.
//!
//! The directory is an array of `T` entries; `T` is a power of two, at least twice
//! the number of threads there is room for. The thread with id `i` is entered at
//! `i mod T`; an id whose entry is occupied is skipped when ids are handed out.
//!
//! **How soon an id can repeat.** Only after the counter has passed all
//! [`ID_MAX`](coopt_abi::thread::ID_MAX) ids. `T` consecutive ids belong to `T`
//! different entries. An id is skipped only for a thread that was alive before the
//! first of the `T` ids was considered, because the entries of threads spawned since
//! are passed already. At most `T / 2` threads were alive, so at least half of the
//! ids are given out (all but `LIVE_MAX` of an incomplete last round): **at least
//! 2^28 - 2^15 spawns lie between two uses of an id.** By the same count a spawn
//! skips at most one id on average. Growing the directory changes none of this: ids
//! with different entries still have different entries when `T` doubles.

use alloc::vec::Vec;

use coopt_abi::thread::ThreadId;

use crate::place::Slot;

/// The id to consider after this one.
fn successor(id: ThreadId) -> ThreadId {
    ThreadId::new(id.get() + 1).unwrap_or(ThreadId::MAIN)
}

/// Where each live thread is, by its id.
pub(crate) struct Directory {
    /// Empty, or a power of two in length.
    entries: Vec<Option<Slot>>,
    /// The next id to consider.
    next: ThreadId,
}

impl Directory {
    pub(crate) const fn new() -> Self {
        Self {
            entries: Vec::new(),
            next: ThreadId::MAIN,
        }
    }

    /// A larger, empty array of entries with room for `threads`; the present one is
    /// left as it is. `None` when there is no memory.
    pub(crate) fn try_allocate(threads: u32) -> Option<Vec<Option<Slot>>> {
        let len = (threads as usize * 2).next_power_of_two();
        let mut entries = Vec::new();
        entries.try_reserve_exact(len).ok()?;
        entries.resize(len, None);
        Some(entries)
    }

    /// Replaces the entries by an array of [`try_allocate`](Self::try_allocate) and
    /// enters the live threads again. Ids that differ modulo the old length differ
    /// modulo the new one, so each finds its entry vacant.
    pub(crate) fn install(
        &mut self,
        entries: Vec<Option<Slot>>,
        live: impl Iterator<Item = (ThreadId, Slot)>,
    ) {
        debug_assert!(entries.len().is_power_of_two() && entries.len() > self.entries.len());
        self.entries = entries;
        for (id, slot) in live {
            let entry = self.entry(id);
            debug_assert!(self.entries[entry].is_none());
            self.entries[entry] = Some(slot);
        }
    }

    /// Gives the thread in `slot` an id. There must be room for it.
    pub(crate) fn assign(&mut self, slot: Slot) -> ThreadId {
        while self.entries[self.entry(self.next)].is_some() {
            self.next = successor(self.next);
        }
        let id = self.next;
        self.next = successor(id);
        let entry = self.entry(id);
        self.entries[entry] = Some(slot);
        id
    }

    /// Takes the id of an exited thread out.
    pub(crate) fn release(&mut self, id: ThreadId) {
        let entry = self.entry(id);
        debug_assert!(self.entries[entry].is_some());
        self.entries[entry] = None;
    }

    /// The only slot whose thread can have this id. The caller checks whether the
    /// thread has it.
    pub(crate) fn candidate(&self, id: ThreadId) -> Option<Slot> {
        self.entries[self.entry(id)]
    }

    fn entry(&self, id: ThreadId) -> usize {
        debug_assert!(!self.entries.is_empty());
        id.get() as usize & (self.entries.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use coopt_abi::thread::ID_MAX;

    use super::*;

    const SLOT: Slot = Slot::nth(0);

    fn directory(threads: u32, next: u32) -> Directory {
        let mut directory = Directory::new();
        let entries = Directory::try_allocate(threads).unwrap();
        directory.install(entries, core::iter::empty());
        directory.next = ThreadId::new(next).unwrap();
        directory
    }

    fn assign_and_release(directory: &mut Directory) -> u32 {
        let id = directory.assign(SLOT);
        directory.release(id);
        id.get()
    }

    #[test]
    fn ids_count_up_and_skip_the_entries_of_the_living() {
        let mut directory = directory(2, 1);
        assert_eq!(directory.entries.len(), 4);
        assert_eq!(directory.assign(SLOT).get(), 1);
        let spawned: Vec<_> = (0..7).map(|_| assign_and_release(&mut directory)).collect();
        assert_eq!(
            spawned,
            [2, 3, 4, 6, 7, 8, 10],
            "5 and 9 share an entry with 1"
        );
    }

    #[test]
    fn the_first_id_follows_the_last() {
        let mut directory = directory(2, ID_MAX - 1);
        let spawned: Vec<_> = (0..4).map(|_| assign_and_release(&mut directory)).collect();
        assert_eq!(spawned, [ID_MAX - 1, ID_MAX, 1, 2]);
    }

    #[test]
    fn at_least_half_of_the_ids_are_given_out() {
        const THREADS: u32 = 512;
        let mut directory = directory(THREADS, 1);
        for _ in 0..THREADS - 1 {
            directory.assign(SLOT);
        }
        let before = directory.next.get();
        for spawned in 1..=100_000 {
            assign_and_release(&mut directory);
            let passed = directory.next.get() - before;
            assert!(passed <= 2 * spawned + 2 * THREADS);
        }
    }

    #[test]
    fn a_larger_directory_finds_the_same_threads() {
        let mut directory = directory(4, ID_MAX - 1);
        let live: Vec<_> = (0..4)
            .map(Slot::nth)
            .map(|slot| (directory.assign(slot), slot))
            .collect();
        let entries = Directory::try_allocate(8).unwrap();
        directory.install(entries, live.iter().copied());
        for (id, slot) in live {
            assert_eq!(directory.candidate(id), Some(slot));
        }
    }
}
