//! Which read-write locks a thread reads.

use core::cell::Cell;

use crate::word::Word;

/// How many of the locks that a thread reads at once are known by address.
const KNOWN_MAX: usize = 8;

/// The locks that one thread reads, an entry for each time that it does.
///
/// An entry is the address of the word that the lock's writers park on. The
/// address is compared and asked about, never followed: the entry of a lock
/// that another thread unlocked in this thread's stead stays, and the lock may
/// be gone.
///
/// | `known[..count]` | `known[count..]` | `unknown` |
/// |---|---|---|
/// | the addresses, in no order | stale | how many did not fit |
#[derive(Debug, Default)]
pub struct ReadLocks {
    known: [Cell<usize>; KNOWN_MAX],
    count: Cell<usize>,
    unknown: Cell<u32>,
}

impl ReadLocks {
    /// The locks of a thread that reads nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            known: [const { Cell::new(0) }; KNOWN_MAX],
            count: Cell::new(0),
            unknown: Cell::new(0),
        }
    }

    /// Whether the thread reads nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count.get() == 0 && self.unknown.get() == 0
    }

    /// Takes note that the thread has one more lock to read.
    #[inline]
    pub(crate) fn add(&self, writers: &Word) {
        let count = self.count.get();
        match self.known.get(count) {
            Some(place) => {
                place.set(writers.address());
                self.count.set(count + 1);
            }
            None => self.unknown.set(self.unknown.get().saturating_add(1)),
        }
    }

    /// Takes note that the thread has unlocked a lock that it read.
    #[inline]
    pub(crate) fn remove(&self, writers: &Word) {
        let known = &self.known[..self.count.get().min(KNOWN_MAX)];
        // As a rule the lock is the last one added.
        let place = known.iter().rposition(|at| at.get() == writers.address());
        match (place, known.last()) {
            (Some(place), Some(last)) => {
                known[place].set(last.get());
                self.count.set(known.len() - 1);
            }
            _ => self.unknown.set(self.unknown.get().saturating_sub(1)),
        }
    }

    /// Whether a writer waits for one of these locks, or might.
    /// `is_awaited_at` says whether anybody waits on the word at an address.
    pub(crate) fn keep_a_writer_waiting(&self, is_awaited_at: impl Fn(usize) -> bool) -> bool {
        let known = &self.known[..self.count.get().min(KNOWN_MAX)];
        self.unknown.get() > 0 || known.iter().any(|at| is_awaited_at(at.get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_removed_in_any_order() {
        let words: [Word; KNOWN_MAX + 2] = Default::default();
        let locks = ReadLocks::new();
        words.iter().for_each(|word| locks.add(word));
        assert_eq!((locks.count.get(), locks.unknown.get()), (KNOWN_MAX, 2));
        for word in words.iter().rev() {
            assert!(!locks.is_empty());
            locks.remove(word);
        }
        assert!(locks.is_empty());
    }

    #[test]
    fn a_lock_that_was_not_added_leaves_the_others() {
        let (mine, other) = (Word::new(0), Word::new(0));
        let locks = ReadLocks::new();
        locks.add(&mine);
        locks.add(&mine);
        locks.remove(&other);
        locks.remove(&mine);
        assert!(!locks.is_empty());
        locks.remove(&mine);
        assert!(locks.is_empty());
    }
}
