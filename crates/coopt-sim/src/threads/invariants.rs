//! What holds between any two turns, and at the end.

use coopt_sync::Priority;
use coopt_threads::Mutex;
use coopt_threads::mutex::Protocol;
use coopt_threads::thread::waiting::{Verdict, Wait};

use super::record::{Record, Threads};

impl Threads {
    /// Asserts of every thread that has not ended what must hold whenever nobody
    /// runs:
    ///
    /// - Its present priority is the highest of its own and of what raises it,
    ///   worked out anew, and it is the one that the scheduler goes by.
    /// - It holds the mutexes in its list.
    ///
    /// The present priority may be too high for a moment for one reason. A
    /// thread whose wait for a mutex with inheritance was ended by a deadline
    /// or an interruption lends its priority until it runs: before, nobody runs
    /// who could take the priority back.
    ///
    /// # Panics
    ///
    /// When one of these does not hold.
    pub fn check(&self) {
        for (index, thread) in self.records().enumerate() {
            if !is_live(thread) {
                continue;
            }
            let id = thread.id.get();
            let present = thread.priorities.present();
            let due = self.due(thread);
            let late = self.lent_by_late(thread);
            let range = due..=due.max(late);
            assert!(
                range.contains(&present),
                "the priority of {id:?} is {present:?} and not in {range:?}"
            );
            if let Some(scheduled) = self.world.kernel().priority(index) {
                assert_eq!(scheduled, present, "the scheduler's priority of {id:?}");
            }
            for mutex in thread.held.iter() {
                assert_eq!(mutex.owner_id(), id, "a mutex in the list of another");
            }
        }
    }

    /// Asserts that no thread that could run is above the calling one: what holds
    /// after every call, where priorities are obeyed. (A timer wakes threads while
    /// others have the turn, and takes it from nobody: once one has fired, nothing
    /// is asserted.)
    ///
    /// # Panics
    ///
    /// When such a thread is above the calling one.
    pub fn assert_first(&self) {
        let has_timer_fired = self.world.monotonic_ns() > 0;
        if has_timer_fired || !self.world.kernel().obeys_priorities() {
            return;
        }
        let mine = self.record(self.world.running()).priorities.present();
        for (index, thread) in self.records().enumerate() {
            let waits = !is_live(thread) || self.world.kernel().is_parked(index);
            let theirs = thread.priorities.present();
            assert!(waits || theirs <= mine, "{:?} goes before", thread.id.get());
        }
    }

    /// Asserts that nothing is left of what the threads did.
    ///
    /// # Panics
    ///
    /// When something is left.
    pub fn inspect(&self) {
        for thread in self.records() {
            let id = thread.id.get();
            assert!(thread.has_ended(), "{id:?} has not ended");
            assert!(thread.held.is_empty(), "{id:?} holds a mutex");
            assert!(thread.cleanup.pop().is_none(), "{id:?} has handlers");
            // What handlers have said of the last wait is forgotten at the next.
            thread.waiting.verdict.set(Verdict::None);
            assert_eq!(thread.waiting.take(), Wait::NONE, "{id:?} waits");
        }
        assert!(self.process().get().is_lone(), "a thread is left");
    }

    /// The priority a thread has by itself, by the mutexes in its list, and by
    /// a mutex that was handed to it since it last ran.
    fn due(&self, thread: &Record) -> Priority {
        let lent_to = thread.waiting.lent_to();
        let handed_over = lent_to.filter(|mutex| mutex.owner_id() == thread.id.get());
        thread
            .held
            .iter()
            .chain(handed_over)
            .filter_map(|mutex| self.raises_to(mutex))
            .fold(thread.priorities.base.get(), Priority::max)
    }

    /// The priority that a mutex gives its owner.
    fn raises_to(&self, mutex: &Mutex) -> Option<Priority> {
        match mutex.protocol() {
            Protocol::None => None,
            Protocol::Protect => Some(mutex.ceiling()),
            Protocol::Inherit => {
                let word = mutex.inner().waiters()?;
                self.world.kernel().highest(word.address())
            }
        }
    }

    /// The highest priority of the threads that waited for a mutex of `thread`,
    /// and have yet to run since their wait ended.
    fn lent_by_late(&self, thread: &Record) -> Priority {
        let is_late = |other: &(usize, &Record)| {
            let (index, other) = *other;
            let waits_for = other.waiting.lent_to().filter(|mutex| {
                mutex.protocol() == Protocol::Inherit
                    && mutex.owner_id() == thread.id.get()
                    && mutex.owner_id() != other.id.get()
            });
            waits_for.is_some() && is_live(other) && !self.world.kernel().is_parked(index)
        };
        let late = self.records().enumerate().filter(is_late);
        late.map(|(_, other)| other.priorities.present())
            .fold(Priority::LOWEST, Priority::max)
    }
}

fn is_live(thread: &Record) -> bool {
    thread.id.get().is_some() && !thread.has_ended()
}
