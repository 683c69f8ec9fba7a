//! What holds whenever a thread is about to lose its turn, and at the end.

use coopt_sync::Priority;
use coopt_threads::Mutex;
use coopt_threads::mutex::Protocol;
use coopt_threads::thread::waiting::Wait;

use super::record::{Record, Threads};

impl Threads {
    /// Asserts, of every thread that has not ended, that its present priority is
    /// the highest of its own and of what raises it, worked out anew.
    ///
    /// # Panics
    ///
    /// When it is not.
    pub fn check(&self) {
        for thread in self.records().filter(|thread| is_live(thread)) {
            let due = self.due(thread);
            let present = thread.priorities.present();
            assert_eq!(present, due, "the priority of {:?}", thread.id.get());
        }
    }

    /// Asserts that nothing is left of what the threads did.
    ///
    /// # Panics
    ///
    /// When something is.
    pub fn inspect(&self) {
        for thread in self.records() {
            let id = thread.id.get();
            assert!(thread.has_ended(), "{id:?} has not ended");
            assert!(thread.held.is_empty(), "{id:?} holds a mutex");
            assert!(thread.cleanup.pop().is_none(), "{id:?} has handlers");
            assert_eq!(thread.waiting.take(), Wait::NONE, "{id:?} waits");
        }
        assert!(self.process().get().is_lone(), "a thread is left");
    }

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
}

fn is_live(thread: &Record) -> bool {
    thread.id.get().is_some() && !thread.has_ended()
}
