//! The run queue: which runnable thread goes next.
//!
//! A list for each priority, and a set that has every priority whose list is not
//! empty. So each operation takes the same few steps however many threads there are.
//! Within a priority the queue is first in, first out: each of its threads runs
//! before any runs twice. A thread does not run while one of higher priority is
//! runnable.
//!
//! The interface is all that another policy (random with a seed, replay) has to
//! offer.
//!
//! Invariants:
//! - **Q1** the queue holds exactly the `Runnable` threads, each in the list of its
//!   priority, doubly linked by `next` and `prev`;
//! - **Q2** each priority whose list is not empty is in `occupied`. Other priorities
//!   may be too: only a search that passes a priority takes it out, so popping from
//!   a queue whose threads all have one priority never searches;
//! - **Q3** `highest` is the highest priority in the queue, or [`Priority::LOWEST`]
//!   when the queue is empty.

use coopt_abi::thread::Priority;

use crate::level_set::LevelSet;
use crate::place::Slot;
use crate::rank::Place;
use crate::table::{Slots, Table};
use crate::thread::State;

/// The runnable threads, in the order in which they will run.
pub(crate) struct RunQueue {
    levels: [Level; Priority::COUNT],
    occupied: LevelSet,
    highest: Priority,
    len: u32,
}

/// The list of a priority: both ends are set, or neither is.
#[derive(Clone, Copy)]
struct Level {
    head: Option<Slot>,
    tail: Option<Slot>,
}

impl Level {
    const EMPTY: Self = Self {
        head: None,
        tail: None,
    };
}

impl RunQueue {
    pub(crate) const fn new() -> Self {
        Self {
            levels: [Level::EMPTY; Priority::COUNT],
            occupied: LevelSet::EMPTY,
            highest: Priority::LOWEST,
            len: 0,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// Whether a runnable thread has a higher priority than this.
    #[inline(always)]
    pub(crate) fn outranks(&self, priority: Priority) -> bool {
        self.highest > priority
    }

    /// Adds a thread that has become `Runnable`, behind those of its priority.
    #[inline(always)]
    pub(crate) fn push_back(&mut self, threads: &mut Slots<'_>, slot: Slot) {
        debug_assert!(threads[slot].state == State::Runnable && threads[slot].is_detached());
        let priority = threads[slot].priority;
        let level = &mut self.levels[priority.index()];
        let last = level.tail.replace(slot);
        threads[slot].prev = last;
        match last {
            Some(last) => threads[last].next = Some(slot),
            None => {
                level.head = Some(slot);
                self.occupied.insert(priority);
            }
        }
        self.enter(priority);
    }

    /// Adds a thread that has become `Runnable`, before those of its priority: a
    /// preempted thread, or one whose priority was lowered.
    pub(crate) fn push_front(&mut self, threads: &mut Slots<'_>, slot: Slot) {
        debug_assert!(threads[slot].state == State::Runnable && threads[slot].is_detached());
        let priority = threads[slot].priority;
        let level = &mut self.levels[priority.index()];
        let first = level.head.replace(slot);
        threads[slot].next = first;
        match first {
            Some(first) => threads[first].prev = Some(slot),
            None => {
                level.tail = Some(slot);
                self.occupied.insert(priority);
            }
        }
        self.enter(priority);
    }

    /// Takes out the thread to run next.
    #[inline(always)]
    pub(crate) fn pop_front(&mut self, threads: &mut Slots<'_>) -> Option<Slot> {
        let level = &mut self.levels[self.highest.index()];
        let slot = level.head?;
        debug_assert!(threads[slot].priority == self.highest && threads[slot].prev.is_none());
        self.len -= 1;
        level.head = threads[slot].next.take();
        match level.head {
            Some(next) => threads[next].prev = None,
            None => {
                level.tail = None;
                self.find_highest();
            }
        }
        Some(slot)
    }

    /// Gives a thread of the queue another priority, and its
    /// [place](Place::after_change) in the queue.
    pub(crate) fn set_priority(&mut self, threads: &mut Slots<'_>, slot: Slot, priority: Priority) {
        debug_assert_eq!(threads[slot].state, State::Runnable);
        let before = threads[slot].priority;
        self.remove(threads, slot);
        threads[slot].priority = priority;
        match Place::after_change(before, priority) {
            Place::First => self.push_front(threads, slot),
            Place::Last => self.push_back(threads, slot),
        }
    }

    /// Takes any thread out.
    fn remove(&mut self, threads: &mut Slots<'_>, slot: Slot) {
        let thread = &mut threads[slot];
        let priority = thread.priority;
        let (prev, next) = (thread.prev.take(), thread.next.take());
        let level = &mut self.levels[priority.index()];
        match prev {
            Some(prev) => threads[prev].next = next,
            None => level.head = next,
        }
        match next {
            Some(next) => threads[next].prev = prev,
            None => level.tail = prev,
        }
        self.len -= 1;
        self.find_highest();
    }

    /// Keeps Q3 when a thread of this priority has come in.
    #[inline(always)]
    fn enter(&mut self, priority: Priority) {
        self.len += 1;
        if priority > self.highest {
            self.highest = priority;
        }
    }

    /// Keeps Q3 when a thread has gone and may have been the last of its priority.
    #[inline(always)]
    fn find_highest(&mut self) {
        if self.len == 0 {
            self.highest = Priority::LOWEST;
        } else {
            self.search_highest();
        }
    }

    /// Finds the highest priority of a queue that is not empty. Each step takes out
    /// of `occupied` what a push has put in, so there are no more steps than pushes.
    #[cold]
    fn search_highest(&mut self) {
        while let Some(highest) = self.occupied.highest() {
            self.highest = highest;
            if self.levels[highest.index()].head.is_some() {
                return;
            }
            self.occupied.remove(highest);
        }
        debug_assert!(false, "the queue is not empty (Q2)");
    }

    /// Asserts the invariants.
    pub(crate) fn validate(&self, threads: &Table) {
        let mut len = 0;
        for priority in Priority::all() {
            let level = self.levels[priority.index()];
            let is_empty = level.head.is_none();
            assert!(is_empty || self.occupied.contains(priority), "Q2");
            assert!(is_empty || priority <= self.highest, "Q3");
            len += self.validate_level(threads, level, priority);
        }
        assert_eq!(len, self.len, "Q1");
        let has_highest = self.levels[self.highest.index()].head.is_some();
        assert!(
            has_highest || (len == 0 && self.highest == Priority::LOWEST),
            "Q3"
        );
        let runnable = threads
            .iter()
            .filter(|(_, thread)| thread.state == State::Runnable);
        assert_eq!(len as usize, runnable.count(), "Q1");
    }

    /// Asserts Q1 for one list and returns its length.
    fn validate_level(&self, threads: &Table, level: Level, priority: Priority) -> u32 {
        let mut len = 0;
        let mut last = None;
        let mut step = level.head;
        while let Some(slot) = step {
            let thread = &threads[slot];
            assert_eq!(thread.state, State::Runnable, "Q1");
            assert_eq!((thread.priority, thread.prev), (priority, last), "Q1");
            len += 1;
            assert!(len <= self.len, "the list is no ring");
            last = step;
            step = thread.next;
        }
        assert_eq!(last, level.tail, "Q1");
        len
    }
}
