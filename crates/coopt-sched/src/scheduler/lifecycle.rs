//! The life of a thread: spawn, begin, exit.
//!
//! A spawn has two steps, because the caller makes the host thread in between and
//! cannot unmake it: everything that can fail comes first. Nothing is held between
//! the steps, so a spawn may be abandoned after the first.

use coopt_abi::thread::ThreadId;

use super::Scheduler;
use crate::action::{Action, HostNeed, SpawnError};
use crate::host::HostThread;
use crate::thread::State;

impl Scheduler {
    /// Makes room for another thread, and tells where its host thread comes from.
    /// The [`spawn`](Self::spawn) that follows cannot fail.
    ///
    /// # Errors
    ///
    /// The limit on live threads is reached, or there is no memory.
    pub fn prepare_spawn(&mut self) -> Result<HostNeed, SpawnError> {
        if self.threads.live() >= self.core.limits.live_max {
            return Err(SpawnError::AtCap);
        }
        if self.threads.live() == self.core.capacity {
            self.try_reserve(self.core.limits.live_max.min(self.core.capacity * 2))?;
        }
        debug_assert!(self.threads.live() < self.core.capacity);
        Ok(if self.core.pool.is_empty() {
            HostNeed::Fresh
        } else {
            HostNeed::Pooled
        })
    }

    /// Adds a thread of [`Priority::LOWEST`](crate::Priority::LOWEST) to the run
    /// queue. The thread runs on `fresh_host`, a host thread that has not started
    /// yet, or on one of the pool when `None` is given, as
    /// [`prepare_spawn`](Self::prepare_spawn) said.
    ///
    /// # Panics
    ///
    /// When there was no `prepare_spawn`, or its answer was not heeded.
    pub fn spawn(&mut self, start_arg: u32, fresh_host: Option<HostThread>) -> ThreadId {
        // Only a thread can spawn, so no spawn takes from the pool the host thread
        // of an exited thread while that host thread still idles or yields to the
        // host.
        debug_assert!(self.core.current.is_some());
        let pooled_or_fresh = fresh_host.or_else(|| self.core.pool.take());
        let host = pooled_or_fresh.expect("`prepare_spawn` tells where the host thread comes from");
        debug_assert!(host != self.core.executing && !self.core.pool.contains(host));
        let slot = self.threads.insert(host, start_arg);
        let (mut threads, core) = self.split();
        core.run_queue.push_back(&mut threads, slot);
        self.threads[slot].id.expect("a live thread has an id")
    }

    /// What a host thread runs that has just started, or has just been resumed after
    /// its last thread exited: the thread, and its start function's argument.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    #[must_use]
    pub fn begin(&self) -> (ThreadId, u32) {
        let slot = self.current_slot();
        let thread = &self.threads[slot];
        debug_assert!(thread.state == State::Running && thread.host == self.core.executing);
        (
            thread.id.expect("a live thread has an id"),
            self.threads.detail(slot).start_arg,
        )
    }

    /// Ends the current thread. Its host thread performs the action and is then kept
    /// for another thread ([`Action::Switch`]) or not ([`Action::End`]). Before
    /// either, the host thread may have to serve the host, as after any other call.
    ///
    /// The host thread of the main thread is neither reused nor ended, since the
    /// program ends with it: it stays suspended.
    ///
    /// # Panics
    ///
    /// When no thread is current.
    pub fn exit(&mut self) -> Action {
        let slot = self.current_slot();
        self.core.current = None;
        let host = self.threads[slot].host;
        debug_assert!(host == self.core.executing && !self.core.pool.contains(host));
        self.threads.remove(slot);
        let core = &mut self.core;
        core.executing_ends = host != core.main_host && !core.pool.keep(host);
        self.dispatch()
    }

    /// Makes room for `capacity` threads in every table. When a later table finds no
    /// memory, the earlier tables keep their room, which changes nothing else.
    pub(super) fn try_reserve(&mut self, capacity: u32) -> Result<(), SpawnError> {
        debug_assert!(capacity > self.core.capacity && capacity <= self.core.limits.live_max);
        self.core
            .timers
            .try_reserve(capacity)
            .and_then(|()| {
                self.core
                    .futexes
                    .try_reserve(&mut self.threads.slots(), capacity)
            })
            .and_then(|()| self.threads.try_reserve(capacity))
            .ok_or(SpawnError::OutOfMemory)?;
        self.core.capacity = capacity;
        Ok(())
    }
}
