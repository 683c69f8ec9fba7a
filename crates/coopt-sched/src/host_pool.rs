//! The pool: suspended host threads whose threads have exited.
//!
//! Last in, first out: the fiber that ran last has the warmest stack.
//!
//! Invariant: room for the whole pool is made at the start, so an exit cannot fail.

use alloc::vec::Vec;

use crate::host::HostThread;

/// Host threads to reuse.
pub(crate) struct HostPool {
    hosts: Vec<HostThread>,
    max: usize,
}

impl HostPool {
    /// An empty pool for up to `max` host threads; `None` when there is no memory.
    pub(crate) fn try_new(max: u32) -> Option<Self> {
        let max = max as usize;
        let mut hosts = Vec::new();
        hosts.try_reserve_exact(max).ok()?;
        Some(Self { hosts, max })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    /// Whether the pool holds a host thread. Takes time linear in the pool's size:
    /// for assertions.
    pub(crate) fn contains(&self, host: HostThread) -> bool {
        self.hosts.contains(&host)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = HostThread> {
        self.hosts.iter().copied()
    }

    /// Keeps a host thread; false when the pool is full.
    #[must_use]
    pub(crate) fn keep(&mut self, host: HostThread) -> bool {
        debug_assert!(self.hosts.len() <= self.max);
        let has_room = self.hosts.len() < self.max;
        if has_room {
            self.hosts.push(host);
        }
        has_room
    }

    /// Takes the host thread that was kept last.
    pub(crate) fn take(&mut self) -> Option<HostThread> {
        self.hosts.pop()
    }
}
