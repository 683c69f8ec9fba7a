//! Threads as the program sees them: ids, priorities, limits.

use core::fmt;
use core::num::NonZeroU32;

/// The largest id a spawned thread may have: wasi-threads keeps the upper
/// bits free for [lock words](crate::lock_word).
pub const ID_MAX: u32 = (1 << 29) - 1;

/// How many threads may live at once unless coopt-build is told otherwise.
/// Wasmtime maps two regions for each fiber stack and fails hard near 32 k
/// of them, so the cap stays well below that.
pub const LIVE_DEFAULT: u32 = 16_384;

/// The largest cap on live threads that can be asked for.
pub const LIVE_MAX: u32 = 30_000;

/// The longest thread name kept, in bytes, without a terminator.
/// Linux keeps 15 as well, so `pthread_setname_np` has the limit programs expect.
pub const NAME_LEN_MAX: usize = 15;

/// The lowest bytes of a stack that only frames use which are not checked themselves.
pub const STACK_MARGIN: u32 = 1152;

/// The id of a thread, 1 to [`ID_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct ThreadId(NonZeroU32);

impl ThreadId {
    /// The thread that runs `_start`.
    pub const MAIN: Self = Self(NonZeroU32::MIN);

    /// The id with this number, if it is one.
    #[inline]
    #[must_use]
    pub const fn new(id: u32) -> Option<Self> {
        match NonZeroU32::new(id) {
            Some(id) if id.get() <= ID_MAX => Some(Self(id)),
            _ => None,
        }
    }

    /// The owner that a [lock word](crate::lock_word) names, if it names one.
    #[inline]
    #[must_use]
    pub const fn in_word(word: u32) -> Option<Self> {
        match NonZeroU32::new(word & ID_MAX) {
            Some(id) => Some(Self(id)),
            None => None,
        }
    }

    /// The number of the id.
    #[inline]
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A scheduling priority, 0 to [`Priority::MAX`]; the higher one runs first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Priority(u8);

impl Priority {
    /// The lowest, with which every thread starts.
    pub const LOWEST: Self = Self(0);

    /// The highest.
    pub const MAX: Self = Self(99);

    /// How many priorities there are.
    pub const COUNT: usize = Self::MAX.0 as usize + 1;

    /// The priority with this number, if it is one.
    #[inline]
    #[must_use]
    pub const fn new(priority: u32) -> Option<Self> {
        if priority <= Self::MAX.get() {
            Some(Self(priority as u8))
        } else {
            None
        }
    }

    /// All priorities, the lowest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=Self::MAX.0).map(Self)
    }

    /// The number of the priority.
    #[inline]
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0 as u32
    }

    /// The number of the priority, below [`Self::COUNT`].
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_in_range_are_ids() {
        assert_eq!(ThreadId::new(0), None);
        assert_eq!(ThreadId::new(ID_MAX).map(ThreadId::get), Some(ID_MAX));
        assert_eq!(ThreadId::new(ID_MAX + 1), None);
        assert_eq!(ThreadId::in_word(0xe000_0005), ThreadId::new(5));
        assert_eq!(ThreadId::in_word(0xe000_0000), None);
    }

    #[test]
    fn only_numbers_in_range_are_priorities() {
        assert_eq!(Priority::new(99), Some(Priority::MAX));
        assert_eq!(Priority::new(100), None);
        assert_eq!(Priority::all().count(), Priority::COUNT);
    }
}
