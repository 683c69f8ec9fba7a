//! What the objects need from the world: the [`Platform`] trait.

use coopt_abi::lock_word::Handoff;
use coopt_abi::thread::{Priority, ThreadId};
use coopt_abi::wait::{Outcome, Reason};

use crate::read_locks::ReadLocks;
use crate::time::{Clock, Instant};
use crate::word::Word;

/// A futex, two clocks and the calling thread.
///
/// Queues are FIFO among threads of one priority; higher ones come first.
/// `wait` and `preempt` are the only calls inside which other threads run; all
/// others return to the caller at once.
pub trait Platform {
    /// The calling thread. Called on every fast path, so it has to be a load.
    fn current(&self) -> ThreadId;

    /// Parks the caller at its place in `word`'s queue, provided that the word
    /// holds `expected` and the monotonic `deadline` has not passed.
    fn wait(
        &self,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Outcome;

    /// Wakes up to `count` waiters, the first ones; returns how many.
    fn wake(&self, word: &Word, count: u32) -> u32;

    /// Wakes the first waiter and says who it is.
    fn handoff(&self, word: &Word) -> Option<Handoff>;

    /// Moves up to `count` waiters, the first ones, to their places in `to`'s
    /// queue; returns how many. A moved waiter has been *signalled*: its
    /// deadline no longer applies and nobody can interrupt it any more, so
    /// that no signal is lost in its hands.
    fn requeue(&self, from: &Word, to: &Word, count: u32) -> u32;

    /// Whether anybody waits on the word at this address. The word may be gone.
    fn is_awaited_at(&self, address: usize) -> bool;

    /// Whether anybody waits on `word`.
    fn is_awaited(&self, word: &Word) -> bool {
        self.is_awaited_at(word.address())
    }

    /// What a clock shows.
    fn now(&self, clock: Clock) -> Instant;

    /// Lets a thread of higher priority, which a release has made runnable,
    /// run first.
    ///
    /// A release that may have woken a thread calls this last, when all words
    /// are consistent: the object may be gone when this returns. (A release
    /// inside which no other thread may run leaves the call out.) It is a call
    /// of its own, and not part of the wake-up, because a waiter must not run
    /// before the words say what the waiter got (invariant I2).
    fn preempt(&self);

    /// Runs `f` on the record of the locks that the caller reads. Each thread
    /// has a record of its own, which no other thread changes.
    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R;

    /// The priority of the caller.
    fn priority(&self) -> Priority {
        Priority::LOWEST
    }

    /// The priority of `word`'s first waiter, which no other waiter exceeds;
    /// the lowest when nobody waits.
    fn waiting_priority(&self, _word: &Word) -> Priority {
        Priority::LOWEST
    }
}
