//! A mutex as a thread's record knows it.

use core::cell::Cell;

use coopt_abi::thread::{Priority, ThreadId};

use super::kind::{self, Protocol};
use crate::list::{Linked, Links};

/// A mutex of POSIX: robust or not, with a protocol or without.
///
/// A robust mutex is released when its owner ends, and a mutex with a protocol
/// changes its owner's priority. So each thread has a list of such mutexes that
/// it holds ([`Held`](crate::thread::Held)), whose links lie in the mutexes.
#[repr(C)]
pub struct Mutex {
    pub(crate) inner: coopt_sync::Mutex,
    links: Links<Self>,
    reserved: Cell<u32>,
}

impl Linked for Mutex {
    fn links(&self) -> &Links<Self> {
        &self.links
    }
}

impl Mutex {
    /// A free mutex with this first word (see [`kind`]).
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self {
            inner: coopt_sync::Mutex::from_bits(bits),
            links: Links::new(),
            reserved: Cell::new(0),
        }
    }

    /// The mutex as coopt-sync knows it.
    #[inline]
    #[must_use]
    pub fn inner(&self) -> &coopt_sync::Mutex {
        &self.inner
    }

    /// Whether the mutex's owner keeps it in a list.
    #[inline]
    #[must_use]
    pub fn is_tracked(&self) -> bool {
        kind::is_tracked(self.inner.bits())
    }

    /// How the mutex changes the priority of its owner.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        kind::protocol(self.inner.bits())
    }

    /// The lowest priority that its owner has under [`Protocol::Protect`].
    #[must_use]
    pub fn ceiling(&self) -> Priority {
        kind::ceiling(self.inner.bits())
    }

    /// The owner, which may have yet to run since it was handed the mutex.
    #[inline]
    #[must_use]
    pub fn owner_id(&self) -> Option<ThreadId> {
        self.inner.owner()
    }

    /// Whether the mutex has an owner.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.owner_id().is_some()
    }
}
