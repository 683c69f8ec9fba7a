//! The priorities of threads: asking for them and changing them.
//!
//! A change moves the thread within the queue it is in, and never switches: whether a
//! thread of higher priority should run now is for the current thread to ask, by
//! [`preempt`](Scheduler::preempt).

use coopt_abi::thread::{Priority, ThreadId};

use super::Scheduler;
use crate::thread::State;

impl Scheduler {
    /// The priority of a thread; `None` when no such thread is alive.
    #[must_use]
    pub fn priority(&self, id: ThreadId) -> Option<Priority> {
        let slot = self.threads.lookup(id)?;
        Some(self.threads[slot].priority)
    }

    /// Gives a thread a priority. In the run queue or futex queue it is in, a raised
    /// thread goes behind those of its new priority, a lowered one before them, and
    /// one that keeps its priority stays where it is, as POSIX says of
    /// `pthread_setschedprio` (XSH 2.8.4). False when no such thread is alive.
    pub fn set_priority(&mut self, id: ThreadId, priority: Priority) -> bool {
        let Some(slot) = self.threads.lookup(id) else {
            return false;
        };
        let (threads, core) = &mut self.split();
        let thread = &mut threads[slot];
        match thread.state {
            _ if thread.priority == priority => {}
            State::Runnable => core.run_queue.set_priority(threads, slot, priority),
            State::Parked if thread.is_queued() => {
                let bucket = core.futexes.bucket(thread.wait.address);
                bucket.set_priority(threads, slot, priority);
            }
            State::Free | State::Running | State::Parked => thread.priority = priority,
        }
        true
    }

    /// The highest priority among the waiters of a futex; `None` when nobody waits.
    #[inline(always)]
    #[must_use]
    pub fn futex_priority(&self, address: u32) -> Option<Priority> {
        self.core.futexes.highest(&self.threads, address)
    }
}
