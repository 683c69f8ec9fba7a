//! Places: where the table has a thread, and where the timers have its deadline.

use core::num::NonZeroU32;

/// The place of a thread in the table: an index from 1. So an `Option<Slot>` is as
/// small as a `Slot`, and no arithmetic leads from a slot to its thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(NonZeroU32);

const _: () = assert!(size_of::<Option<Slot>>() == 4, "links are 32 bits");

impl Slot {
    /// The slot after `n` others.
    pub(crate) const fn nth(n: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(n))
    }

    pub(crate) const fn index(self) -> usize {
        self.0.get() as usize
    }
}

/// The place of an entry in the heap. It is stored as index + 1, so that an
/// `Option<Position>` is as small as a `Position`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position(NonZeroU32);

impl Position {
    pub(crate) const fn from_index(index: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index))
    }

    pub(crate) const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}
