//! Mutexes: normal, recursive and error-checking.

use core::cell::Cell;

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, LockWord, Object, Platform, Reason, ThreadId, Word};

/// What a mutex does when its owner locks it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Waits for itself: a deadlock, which the platform reports.
    Normal,
    /// Counts.
    Recursive,
    /// Fails with [`Error::Deadlock`].
    ErrorCheck,
}

impl Kind {
    /// Bits of a kind word that this type looks at.
    pub const MASK: u32 = 3;

    /// The number of a kind in [`Mutex`]'s first word.
    #[must_use]
    pub const fn number(self) -> u32 {
        match self {
            Self::Normal => 0,
            Self::Recursive => 1,
            Self::ErrorCheck => 2,
        }
    }

    /// The kind with this number.
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        match number & Self::MASK {
            1 => Self::Recursive,
            2 => Self::ErrorCheck,
            _ => Self::Normal,
        }
    }
}

/// A mutex.
///
/// | | `kind` | `lock` | `depth` |
/// |---|---|---|---|
/// | free | any | free | 0 |
/// | held | any | owner | 0 |
/// | held `n + 1` times | recursive | owner | `n` |
///
/// Hand-off (invariant I2) keeps `depth` at 0 while the lock changes hands:
/// only its owner writes it, and leaves it at 0.
#[derive(Debug, Default)]
#[repr(C)]
pub struct Mutex {
    kind: Cell<u32>,
    lock: LockWord,
    depth: Cell<u32>,
}

impl Mutex {
    /// A free mutex.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self {
            kind: Cell::new(kind.number()),
            lock: LockWord::new(),
            depth: Cell::new(0),
        }
    }

    /// Locks, waiting as long as it takes.
    ///
    /// # Errors
    ///
    /// [`Error::Deadlock`] (error-checking) and [`Error::TooMany`] (recursive)
    /// when the caller already holds it.
    #[inline]
    pub fn lock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        self.lock_until(p, Deadline::Never)
    }

    /// Locks, waiting until `deadline`.
    ///
    /// # Errors
    ///
    /// As [`Self::lock`]; [`Error::TimedOut`]; [`Error::Malformed`].
    #[inline]
    pub fn lock_until<P: Platform>(&self, p: &P, deadline: Deadline) -> Result<(), Error> {
        if self.lock.try_lock(p.current()) {
            return Ok(());
        }
        self.lock_contended(p, deadline)
    }

    /// Locks without waiting.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when another thread, or the caller unless the mutex is
    /// recursive, holds it; [`Error::TooMany`].
    #[inline]
    pub fn try_lock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.lock.try_lock(p.current()) {
            return Ok(());
        }
        if self.is_mine(p) && self.kind() == Kind::Recursive {
            return self.deepen();
        }
        Err(Error::Busy)
    }

    /// Unlocks: hands the mutex to the oldest waiter if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::NotOwner`] when nobody holds it, or, unless it is normal,
    /// another thread does. (POSIX leaves the unlocking of another's normal
    /// mutex undefined; native libraries release it, and so does this.)
    #[inline]
    pub fn unlock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.depth.get() == 0 && self.lock.try_unlock(p.current()) {
            return Ok(());
        }
        self.unlock_contended(p)
    }

    /// Who holds the mutex.
    #[must_use]
    pub fn owner(&self) -> Option<ThreadId> {
        self.lock.owner()
    }

    #[cold]
    #[inline(never)]
    fn lock_contended<P: Platform>(&self, p: &P, deadline: Deadline) -> Result<(), Error> {
        acquire(p, self, deadline)
    }

    #[cold]
    #[inline(never)]
    fn unlock_contended<P: Platform>(&self, p: &P) -> Result<(), Error> {
        let stranger = !self.is_mine(p);
        if self.owner().is_none() || stranger && self.kind() != Kind::Normal {
            return Err(Error::NotOwner);
        }
        match self.depth.get() {
            0 => self.lock.hand_off(p),
            depth => self.depth.set(depth - 1),
        }
        Ok(())
    }

    fn kind(&self) -> Kind {
        Kind::from_number(self.kind.get())
    }

    fn is_mine<P: Platform>(&self, p: &P) -> bool {
        self.owner() == Some(p.current())
    }

    /// Counts one more lock by the owner.
    fn deepen(&self) -> Result<(), Error> {
        debug_assert_eq!(self.kind(), Kind::Recursive);
        let depth = self.depth.get().checked_add(1).ok_or(Error::TooMany)?;
        self.depth.set(depth);
        Ok(())
    }
}

impl<P: Platform> Acquire<P> for Mutex {
    fn try_take(&self, p: &P) -> Option<Result<(), Error>> {
        if self.lock.try_lock(p.current()) {
            return Some(Ok(()));
        }
        if !self.is_mine(p) {
            return None;
        }
        match self.kind() {
            // The owner parks on its own lock, so that the report of the
            // deadlock names it; a timed lock times out.
            Kind::Normal => None,
            Kind::Recursive => Some(self.deepen()),
            Kind::ErrorCheck => Some(Err(Error::Deadlock)),
        }
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        self.lock.mark_waiters();
        (self.lock.word(), Reason::owned(Object::Mutex))
    }
}

/// What a [`Condvar`](crate::Condvar) does with its mutex.
impl Mutex {
    /// The lock a signalled waiter is moved to, or made owner of.
    pub(crate) fn lock_word(&self) -> &LockWord {
        &self.lock
    }

    /// Releases the mutex however often the caller locked it; returns how
    /// often besides once, for [`Self::restore`].
    pub(crate) fn release<P: Platform>(&self, p: &P) -> Result<u32, Error> {
        if !self.is_mine(p) {
            return Err(Error::NotOwner);
        }
        let depth = self.depth.replace(0);
        if !self.lock.try_unlock(p.current()) {
            self.lock.hand_off(p);
        }
        Ok(depth)
    }

    /// Waits for the mutex after a wait that nobody signalled.
    pub(crate) fn reacquire<P: Platform>(&self, p: &P) {
        debug_assert!(!self.is_mine(p), "it was released before the wait");
        let taken = acquire(p, self, Deadline::Never);
        debug_assert_eq!(taken, Ok(()), "nothing ends this wait but the hand-off");
    }

    /// Undoes what [`Self::release`] did to the depth of the caller's lock.
    pub(crate) fn restore<P: Platform>(&self, p: &P, depth: u32) {
        debug_assert!(self.is_mine(p), "the wait ends with the mutex held");
        debug_assert_eq!(self.depth.get(), 0, "a lock changes hands at depth 0");
        self.depth.set(depth);
    }
}
