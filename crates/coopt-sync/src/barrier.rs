//! Barriers.

use core::cell::Cell;

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, Object, Platform, Reason, Word};

/// Who a thread is among those that met at a barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The last one: it let the others go.
    Leader,
    /// One of the others.
    Follower,
}

/// A meeting point of `limit` threads, which all go on when the last arrives.
///
/// The leader starts the next round before anybody else runs, so the barrier
/// can be used again, or destroyed, at once: a follower that was woken looks
/// at it no more (invariant I2).
#[derive(Debug)]
#[repr(C)]
pub struct Barrier {
    limit: Cell<u32>,
    /// How many wait in this round; less than `limit`.
    arrived: Cell<u32>,
    /// The number of the round. Followers park on it.
    round: Word,
}

impl Barrier {
    /// A barrier for `limit` threads, at least one.
    #[must_use]
    pub const fn new(limit: u32) -> Self {
        debug_assert!(limit > 0, "a barrier for nobody");
        Self {
            limit: Cell::new(limit),
            arrived: Cell::new(0),
            round: Word::new(0),
        }
    }

    /// Whether threads wait for others to arrive.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.arrived.get() != 0
    }

    /// Waits until as many threads as the barrier is for have arrived.
    pub fn wait<P: Platform>(&self, p: &P) -> Arrival {
        let arrived = self.arrived.get() + 1;
        debug_assert!(arrived <= self.limit.get(), "the last round was not closed");
        if arrived == self.limit.get() {
            self.release(p);
            return Arrival::Leader;
        }
        self.arrived.set(arrived);
        let follower = Follower {
            barrier: self,
            round: self.round.get(),
        };
        let released = acquire(p, &follower, Deadline::Never);
        debug_assert_eq!(released, Ok(()), "nothing ends this wait but the leader");
        Arrival::Follower
    }

    fn release<P: Platform>(&self, p: &P) {
        self.arrived.set(0);
        self.round.set(self.round.get().wrapping_add(1));
        if p.wake(&self.round, u32::MAX) > 0 {
            // SWITCH: a follower of higher priority runs first. It may destroy
            // the barrier.
            p.preempt();
        }
    }
}

/// A thread that waits for a round to end.
struct Follower<'a> {
    barrier: &'a Barrier,
    round: u32,
}

impl<P: Platform> Acquire<P> for Follower<'_> {
    fn try_take(&self, _p: &P) -> Option<Result<(), Error>> {
        // True only for a follower whose wait was interrupted just before the
        // leader came.
        (self.barrier.round.get() != self.round).then_some(Ok(()))
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        (&self.barrier.round, Reason::new(Object::Barrier))
    }
}
