//! Statics of a program whose threads take turns.

use core::ops::Deref;

/// A static that all threads use without a lock.
///
/// Threads are switched only inside calls of the imports (invariant I6), so no
/// two threads are ever between two instructions of this library at once.
#[repr(transparent)]
pub struct Cooperative<T>(T);

// SAFETY: `Sync` is about threads that run at the same time. No two do.
unsafe impl<T> Sync for Cooperative<T> {}

impl<T> Cooperative<T> {
    pub const fn new(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Cooperative<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}
