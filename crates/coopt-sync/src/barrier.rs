//! Barriers.

use core::cell::Cell;

use coopt_abi::wait::{Reason, WaitKind};

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, Platform, Word};

/// Who a thread is among those that met at a barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The last one: it let the others go.
    Leader,
    /// A thread that waited for the last one.
    Follower,
}

/// A meeting point of `limit` threads, which all go on when the last arrives.
///
/// The leader starts the next round before anybody else runs, so the barrier
/// can be used again at once: a follower that was woken does not look at the
/// barrier again (invariant I2). A follower whose wait was interrupted just
/// before looks once more, and finds the round over. [`Barrier::retire`] waits
/// for such followers.
#[derive(Debug)]
#[repr(C)]
pub struct Barrier {
    limit: Cell<u32>,
    /// How many wait in this round; less than `limit`.
    arrived: Cell<u32>,
    /// The number of the round. Followers park on it.
    round: Word,
    /// How many followers have yet to find out that their round is over, and
    /// [`RETIRING`].
    late: Word,
}

/// Set in `late` while a thread waits for the last late follower.
const RETIRING: u32 = 1 << 31;

impl Barrier {
    /// A barrier for `limit` threads, at least one.
    #[must_use]
    pub const fn new(limit: u32) -> Self {
        debug_assert!(limit > 0, "a barrier for nobody");
        Self {
            limit: Cell::new(limit),
            arrived: Cell::new(0),
            round: Word::new(0),
            late: Word::new(0),
        }
    }

    /// Whether threads wait for others to arrive.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.arrived.get() != 0
    }

    /// Ends the use of the barrier: when this returns, no thread will touch it
    /// again. Waits for followers that have yet to find out that they may go.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when threads wait for others to arrive.
    pub fn retire<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.is_busy() {
            return Err(Error::Busy);
        }
        while self.late.get() != 0 {
            let seen = self.late.get() | RETIRING;
            self.late.set(seen);
            // SWITCH: the last late follower to leave ends this wait.
            p.wait(&self.late, seen, None, Reason::new(WaitKind::Barrier));
            self.late.set(self.late.get() & !RETIRING);
        }
        Ok(())
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
        let followers = self.arrived.replace(0);
        self.round.set(self.round.get().wrapping_add(1));
        let woken = p.wake(&self.round, u32::MAX);
        debug_assert!(woken <= followers, "more went than came");
        self.late.set(self.late.get() + (followers - woken));
        if woken > 0 {
            // SWITCH: a follower of higher priority runs first. It may destroy
            // the barrier.
            p.preempt();
        }
    }

    /// Counts out the caller, which no leader woke.
    fn leave<P: Platform>(&self, p: &P) {
        debug_assert!(self.late.get() & !RETIRING > 0, "more left than were late");
        self.late.set(self.late.get() - 1);
        if self.late.get() == RETIRING {
            p.wake(&self.late, 1);
        }
    }
}

/// A thread that waits for a round to end.
struct Follower<'a> {
    barrier: &'a Barrier,
    round: u32,
}

impl<P: Platform> Acquire<P> for Follower<'_> {
    fn try_take(&self, p: &P) -> Option<Result<(), Error>> {
        if self.barrier.round.get() == self.round {
            return None;
        }
        // The follower's wait was interrupted just before the leader came.
        self.barrier.leave(p);
        Some(Ok(()))
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        (&self.barrier.round, Reason::new(WaitKind::Barrier))
    }
}
