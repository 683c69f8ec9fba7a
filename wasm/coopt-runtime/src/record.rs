//! What the runtime keeps in its memory for a reader after the program's end. `coopt run` finds a
//! record by its magic.
//!
//! The runtime only writes a record, so its static is marked `#[used]`: the compiler must be told that
//! somebody reads it.

use core::cell::UnsafeCell;

/// A record.
#[repr(transparent)]
pub struct Record<T>(UnsafeCell<T>);

// SAFETY: one thread at a time executes in this module.
unsafe impl<T> Sync for Record<T> {}

impl<T> Record<T> {
    pub const fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// Has `change` write to the record. `change` must not lead to the record again.
    #[inline(always)]
    pub fn change(&self, change: impl FnOnce(&mut T)) {
        // SAFETY: nothing else refers to the record: each is used by one
        // function, whose `change` calls nothing that calls it.
        change(unsafe { &mut *self.0.get() });
    }
}
