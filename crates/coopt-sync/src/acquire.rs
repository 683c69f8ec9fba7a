//! The one wait loop of the crate.
//!
//! Mutexes, semaphores, read-write locks, barriers, latches and `once` differ
//! in what it means to take them and in what a waiter leaves behind; how a
//! thread waits for them, gives up, and notices that it may not give up yet is
//! the same. (A condition variable is not taken, so it has a wait of its own.)

use coopt_abi::wait::{Outcome, Reason};

use crate::{Deadline, Error, Platform, Word};

/// Something a thread can take, or wait for.
pub(crate) trait Acquire<P: Platform> {
    /// Takes the object if it is free, or says why the caller never gets it;
    /// `None` when the caller has to wait. (A robust mutex can be taken with
    /// an error.)
    fn try_take(&self, p: &P) -> Option<Result<(), Error>>;

    /// Leaves a mark that somebody waits, and says where and why to park.
    fn announce(&self, p: &P) -> (&Word, Reason);

    /// Takes the mark back: the caller has left the queue. Marks that may
    /// outlive their waiter (invariant I3) need nothing.
    fn retract(&self, _p: &P) {}

    /// The caller gives up for good: it has not got the object, and waits no
    /// more.
    fn give_up(&self) {}

    /// What a waiter that was woken got (invariant I2).
    fn granted(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// Takes `object`, waiting until `deadline` for it.
///
/// # Errors
///
/// What [`Acquire::try_take`] and [`Acquire::granted`] say;
/// [`Error::TimedOut`]; [`Error::Malformed`] when the caller has to wait;
/// [`Error::Interrupted`] for an object whose wait can be interrupted.
pub(crate) fn acquire<P: Platform>(
    p: &P,
    object: &impl Acquire<P>,
    deadline: Deadline,
) -> Result<(), Error> {
    let mut given_up = None;
    loop {
        // A deadline that has passed does not forbid taking what is free.
        if let Some(taken) = object.try_take(p) {
            return taken;
        }
        if let Some(error) = given_up {
            object.give_up();
            return Err(error);
        }
        given_up = match park(p, object, deadline).inspect_err(|_| object.give_up())? {
            Parked::Granted => return object.granted(),
            Parked::GaveUp(error) => Some(error),
            Parked::Early => None,
        };
    }
}

/// What became of a waiter.
enum Parked {
    /// It was handed the object (invariant I2).
    Granted,
    /// Its wait ended otherwise, and this is what to return.
    GaveUp(Error),
    /// Its wait ended before its time, so it waits again, at the end of the
    /// queue.
    Early,
}

fn park<P: Platform>(p: &P, object: &impl Acquire<P>, deadline: Deadline) -> Result<Parked, Error> {
    let until = deadline.start(p)?;
    let (word, reason) = object.announce(p);
    // SWITCH: any thread may run, and any may take or release the object. If
    // the object was handed to this thread, its words already say so.
    let wait = p.wait(word, word.get(), until, reason);
    if wait == Outcome::Woken {
        return Ok(Parked::Granted);
    }
    object.retract(p);
    Ok(match wait {
        Outcome::TimedOut if deadline.is_over(p) => Parked::GaveUp(Error::TimedOut),
        Outcome::Interrupted if reason.is_interruptible() => Parked::GaveUp(Error::Interrupted),
        Outcome::TimedOut | Outcome::Interrupted => Parked::Early,
        Outcome::Woken | Outcome::NotEqual => {
            unreachable!("nothing ran since the word was read (I1)")
        }
    })
}
