//! The invariants, asserted over the whole state. For tests.

use super::Scheduler;
use crate::place::Slot;
use crate::thread::{Queued, State, Thread};

impl Scheduler {
    /// Asserts the invariants of every structure, in time linear in the size of the
    /// tables. A model test calls it between steps.
    ///
    /// # Panics
    ///
    /// When an invariant does not hold: the scheduler has a bug, or the runtime broke
    /// the protocol.
    pub fn validate(&self) {
        self.threads.validate();
        self.core.run_queue.validate(&self.threads);
        self.core.futexes.validate(&self.threads);
        self.core.timers.validate(&self.threads);
        for (slot, thread) in self.threads.iter() {
            self.validate_thread(slot, thread);
        }
        self.validate_hosts();
    }

    /// Asserts I1 and I2 for one thread, and that no timeout ends the wait of a moved one.
    fn validate_thread(&self, slot: Slot, thread: &Thread) {
        let is_current = self.core.current == Some(slot);
        assert_eq!(is_current, thread.state == State::Running, "I1");
        assert!(!is_current || thread.host == self.core.executing, "I1");
        match thread.state {
            State::Parked => {
                let is_linked = thread.next.is_some() || thread.prev.is_some();
                assert!(thread.is_queued() || !is_linked, "I2");
                let is_moved = thread.queued == Queued::Moved;
                assert!(!is_moved || thread.timer.is_none(), "moved, with a timer");
            }
            State::Running => assert!(thread.is_detached(), "I2"),
            State::Free | State::Runnable => {
                assert!(!thread.is_queued() && thread.timer.is_none(), "I2");
                let is_free = thread.state == State::Free;
                assert!(!is_free || thread.prev.is_none(), "I2");
            }
        }
        let is_chainable = thread.is_queued() && thread.prev.is_none();
        assert!(
            is_chainable || (thread.tail.is_none() && thread.chain.is_none()),
            "I2"
        );
    }

    /// Asserts that no host thread is in two places (I4).
    fn validate_hosts(&self) {
        let pool = || self.core.pool.iter();
        for (index, host) in pool().enumerate() {
            assert!(pool().skip(index + 1).all(|other| other != host), "I4");
            let live = self
                .threads
                .iter()
                .filter(|(_, thread)| thread.state != State::Free);
            assert!(
                live.map(|(_, thread)| thread.host)
                    .all(|other| other != host),
                "I4"
            );
        }
        assert!(
            pool().all(|host| host != self.core.main_host),
            "the main host thread is not reused"
        );
        assert!(!self.core.executing_ends || self.core.current.is_none());
        assert!(!self.core.executing_ends || !self.core.pool.contains(self.core.executing));
    }
}
