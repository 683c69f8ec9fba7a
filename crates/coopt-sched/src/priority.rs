//! Scheduling priorities, and where a change of priority puts a thread.

use coopt_abi::thread::PRIORITY_MAX;

/// A scheduling priority, 0 to [`PRIORITY_MAX`]; the higher one runs first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Priority(u8);

const _: () = assert!(PRIORITY_MAX <= u8::MAX as u32, "a priority fits its byte");

impl Priority {
    /// The lowest, with which every thread starts.
    pub const LOWEST: Self = Self(0);

    /// How many priorities there are.
    pub(crate) const COUNT: usize = PRIORITY_MAX as usize + 1;

    /// The priority with this number, if it is one.
    #[must_use]
    pub const fn new(priority: u32) -> Option<Self> {
        if priority <= PRIORITY_MAX {
            Some(Self(priority as u8))
        } else {
            None
        }
    }

    /// All of them, the lowest first.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..=PRIORITY_MAX).filter_map(Self::new)
    }

    /// The number of the priority.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0 as u32
    }

    /// The number of the priority, below [`Self::COUNT`].
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a thread enters a queue, among those of its own priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before them: it was there already, and lost no turn.
    First,
    /// Behind them, as every new arrival.
    Last,
}

impl Place {
    /// The place of a thread whose priority has changed: behind its new equals when
    /// it was raised, before them when it was lowered. So says POSIX of
    /// `pthread_setschedprio` (XSH 2.8.4, `SCHED_FIFO`, rule 8): a thread that
    /// returns from a borrowed priority must not lose its turn by that.
    pub(crate) fn after_change(from: Priority, to: Priority) -> Self {
        debug_assert_ne!(from, to, "a thread that keeps its priority keeps its place");
        if to > from { Self::Last } else { Self::First }
    }
}
