//! One-time initialisation.
//!
//! | word | state |
//! |---|---|
//! | 0 | not begun |
//! | id | thread `id` runs the initialiser |
//! | id, [`WAITERS`] | thread `id` runs the initialiser, somebody may wait |
//! | [`DONE`] | done |

use coopt_abi::lock_word::{Handoff, OWNER, WAITERS};
use coopt_abi::thread::ThreadId;
use coopt_abi::wait::{Reason, WaitKind};

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, Platform, Word};

const DONE: u32 = 1 << 30;

const _: () = assert!(DONE & (OWNER | WAITERS) == 0, "done is told from running");

/// Runs an initialiser once, however many threads ask for it.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct Once {
    state: Word,
}

impl Once {
    /// A once whose initialiser has not run.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            state: Word::new(0),
        }
    }

    /// Returns when an initialiser has run: this one, if none has begun.
    ///
    /// An initialiser that calls this again waits for itself: a deadlock, which
    /// the platform reports.
    #[inline]
    pub fn call<P: Platform>(&self, p: &P, init: impl FnOnce()) {
        if self.state.get() != DONE {
            self.call_first(p, init);
        }
    }

    /// Gives up the initialiser, which the caller runs and will not finish:
    /// its thread was cancelled or ends. The first waiter, or else the next
    /// caller, runs its own instead (POSIX `pthread_once`: as if it had never
    /// been called).
    ///
    /// No other thread runs inside.
    pub fn abandon<P: Platform>(&self, p: &P) {
        debug_assert_eq!(
            ThreadId::in_word(self.state.get()),
            Some(p.current()),
            "one abandons what one runs"
        );
        self.state.set(Handoff::to_word(p.handoff(&self.state)));
    }

    #[cold]
    #[inline(never)]
    fn call_first<P: Platform>(&self, p: &P, init: impl FnOnce()) {
        let entered = acquire(p, self, Deadline::Never);
        debug_assert_eq!(
            entered,
            Ok(()),
            "nothing ends this wait but the initialiser"
        );
        if self.state.get() == DONE {
            return;
        }
        // No thread had begun, or one gave up and handed the once on.
        debug_assert_eq!(ThreadId::in_word(self.state.get()), Some(p.current()));
        // SWITCH: the initialiser is the caller's code. Others can only wait.
        init();
        self.finish(p);
    }

    fn finish<P: Platform>(&self, p: &P) {
        let waited_for = self.state.get() & WAITERS != 0;
        self.state.set(DONE);
        if waited_for {
            p.wake(&self.state, u32::MAX);
            // SWITCH: a waiter of higher priority runs first.
            p.preempt();
        }
    }
}

impl<P: Platform> Acquire<P> for Once {
    fn try_take(&self, p: &P) -> Option<Result<(), Error>> {
        match self.state.get() {
            DONE => Some(Ok(())),
            0 => {
                self.state.set(p.current().get());
                Some(Ok(()))
            }
            _ => None,
        }
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        self.state.set(self.state.get() | WAITERS);
        (&self.state, Reason::owned(WaitKind::Once))
    }
}
