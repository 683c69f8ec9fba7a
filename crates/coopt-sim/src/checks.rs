//! Properties that programs of every kind assert.

use std::cell::Cell;
use std::fmt::Debug;

use coopt_sync::{Platform, ThreadId};

use crate::World;

/// A section that one thread at a time may be in.
#[derive(Debug, Default)]
pub struct Exclusion {
    inside: Cell<Option<ThreadId>>,
}

impl Exclusion {
    /// The caller enters.
    ///
    /// # Panics
    ///
    /// When another thread is inside.
    pub fn enter(&self, world: &World) {
        let other = self.inside.replace(Some(world.current()));
        assert_eq!(other, None, "two threads are inside");
    }

    /// The caller leaves.
    ///
    /// # Panics
    ///
    /// When another thread came in meanwhile.
    pub fn leave(&self, world: &World) {
        let me = self.inside.replace(None);
        assert_eq!(me, Some(world.current()), "another thread came in");
    }

    /// The caller enters, may lose its turn or not, and leaves.
    pub fn pass_through(&self, world: &World) {
        self.enter(world);
        if world.choose(2) == 1 {
            world.yield_now();
        }
        self.leave(world);
    }
}

/// Asserts that an object has no trace of its use left: no owner, no count of
/// waiters, no mark.
///
/// # Panics
///
/// When it differs from a new one.
pub fn assert_like_new<T: Debug>(object: &T, new: &T) {
    assert_eq!(format!("{object:?}"), format!("{new:?}"), "traces are left");
}
