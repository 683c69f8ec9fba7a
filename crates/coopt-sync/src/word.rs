//! The word of an object that threads park on.

use core::cell::Cell;

/// A word that threads may park on.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct Word(Cell<u32>);

impl Word {
    /// A word with this value.
    #[inline]
    #[must_use]
    pub const fn new(value: u32) -> Self {
        Self(Cell::new(value))
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn get(&self) -> u32 {
        self.0.get()
    }

    /// Stores a value.
    #[inline]
    pub fn set(&self, value: u32) {
        self.0.set(value);
    }

    /// The address of the word, to tell it from other words.
    #[inline]
    #[must_use]
    pub fn address(&self) -> usize {
        core::ptr::from_ref(self).addr()
    }
}
