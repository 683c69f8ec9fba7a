//! Patience with threads that poll.
//!
//! A thread that asks again and again whether something has happened (`do {
//! lock; done = ...; unlock; } while (!done)`) never waits for anything, so it
//! would never let the others run, and nothing would ever happen. Threads that
//! are preempted can afford such loops, and programs have them. So a
//! [call that polls](crate::calls) yields if there were many like it in a row.
//! So does a reading of a clock: a thread that looks at nothing but the time
//! keeps the others from running too.
//!
//! The price is a decrement for each of these calls, and a switch for one in
//! [`CALLS`].

use core::cell::Cell;

/// How many calls in a row may do without a switch.
pub const CALLS: u32 = 1000;

/// How many more calls may do without a switch.
pub struct Patience(Cell<u32>);

impl Patience {
    /// The patience with threads that have made no call yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Cell::new(CALLS))
    }

    /// Counts a call that polls; whether it is one too many without a switch.
    #[inline]
    #[must_use]
    pub fn spend(&self) -> bool {
        let left = self.0.get() - 1;
        self.0.set(left);
        left == 0
    }

    /// Notes that others have run while the calling thread waited: the row ends.
    #[inline]
    pub fn regain(&self) {
        self.0.set(CALLS);
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self::new()
    }
}
