//! coopt-sync's platform, as threads of POSIX see it: the kernel, with all that
//! surrounds a wait.

use coopt_abi::lock_word::Handoff;
use coopt_abi::thread::{Priority, ThreadId};
use coopt_abi::wait::{Outcome, Reason};
use coopt_sync::{Clock, Instant, Platform, ReadLocks, Word};

use crate::system::System;
use crate::{priority, switch};

/// The platform of the objects of threads.
pub struct Posix<'s, S>(pub &'s S);

impl<S: System> Platform for Posix<'_, S> {
    #[inline]
    fn current(&self) -> ThreadId {
        self.0.current()
    }

    #[inline(always)]
    fn wait(
        &self,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Outcome {
        switch::park(self.0, reason, || {
            // SWITCH: any thread may run until this one is woken.
            self.0.futex_wait(word, expected, deadline, reason)
        })
    }

    fn wake(&self, word: &Word, count: u32) -> u32 {
        self.0.futex_wake(word, count)
    }

    fn handoff(&self, word: &Word) -> Option<Handoff> {
        let handoff = self.0.futex_handoff(word)?;
        priority::hand_over(self.0, handoff.to);
        Some(handoff)
    }

    fn requeue(&self, from: &Word, to: &Word, count: u32) -> u32 {
        self.0.futex_requeue(from, to, count)
    }

    fn is_awaited_at(&self, address: usize) -> bool {
        self.0.futex_priority(address).is_some()
    }

    fn now(&self, clock: Clock) -> Instant {
        self.0.now(clock)
    }

    #[inline]
    fn preempt(&self) {
        // SWITCH: threads of higher priority run.
        switch::preempt(self.0);
    }

    #[inline]
    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R {
        self.0.with_read_locks(f)
    }

    fn priority(&self) -> Priority {
        self.0.me().priorities.present()
    }

    fn waiting_priority(&self, word: &Word) -> Priority {
        priority::first_waiter(self.0, word).unwrap_or(Priority::LOWEST)
    }
}
