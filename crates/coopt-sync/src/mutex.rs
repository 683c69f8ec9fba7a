//! Mutexes: normal, recursive and error-checking; robust ones in [`robust`].

mod robust;

use core::cell::Cell;

use coopt_abi::thread::ThreadId;
use coopt_abi::wait::{Reason, WaitKind};

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, LockWord, Platform, Word};

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
/// only the owner writes `depth`, and leaves it at 0.
///
/// The first word holds the [`Kind`] in bits 0 and 1 and [`Mutex::ROBUST`].
/// Its other bits are the C layer's, which this crate neither reads nor
/// writes: see [`Mutex::bits`].
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
        Self::from_bits(kind.number())
    }

    /// A free mutex with this first word.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self {
            kind: Cell::new(bits),
            lock: LockWord::new(),
            depth: Cell::new(0),
        }
    }

    /// The first word, with the bits of the C layer.
    #[inline]
    #[must_use]
    pub fn bits(&self) -> u32 {
        self.kind.get()
    }

    /// Replaces the bits of the C layer in the first word.
    ///
    /// The bits of the kind and [`Self::ROBUST`] stay as they are.
    pub fn set_bits(&self, bits: u32) {
        const OURS: u32 = Kind::MASK | Mutex::ROBUST;
        self.kind.set(self.bits() & OURS | bits & !OURS);
    }

    /// Locks, waiting as long as it takes.
    ///
    /// # Errors
    ///
    /// [`Error::Deadlock`] (error-checking) and [`Error::TooMany`] (recursive)
    /// when the caller already holds it. Robust: [`Error::OwnerDied`], with
    /// the mutex held; [`Error::NotRecoverable`].
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
    /// recursive, holds it; [`Error::TooMany`]. Robust: as [`Self::lock`].
    #[inline]
    pub fn try_lock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.lock.try_lock(p.current()) {
            return Ok(());
        }
        if self.is_mine(p) && self.kind() == Kind::Recursive {
            return self.deepen();
        }
        self.take_damaged(p).unwrap_or(Err(Error::Busy))
    }

    /// Unlocks: hands the mutex to the first waiter if there is one.
    ///
    /// A robust mutex whose last owner died and that was not declared
    /// [consistent](Self::consistent) is never locked again.
    ///
    /// # Errors
    ///
    /// [`Error::NotOwner`] when nobody holds it, or, unless it is normal and
    /// not robust, another thread does. (POSIX `pthread_mutex_unlock` leaves it
    /// undefined to unlock another thread's normal mutex. Native libraries
    /// release the mutex, and so does this call.)
    #[inline]
    pub fn unlock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.depth.get() == 0 && self.lock.try_unlock(p.current()) {
            return Ok(());
        }
        self.unlock_contended(p)
    }

    /// How often the owner locked the mutex again after its first lock.
    #[must_use]
    pub fn depth(&self) -> u32 {
        self.depth.get()
    }

    /// The word that waiters park on, if there may be any.
    #[must_use]
    pub fn waiters(&self) -> Option<&Word> {
        self.lock.has_waiters().then(|| self.lock.word())
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
        let checks = self.kind() != Kind::Normal || self.is_robust();
        if self.owner().is_none() || stranger && checks {
            return Err(Error::NotOwner);
        }
        if let Some(depth) = self.depth.get().checked_sub(1) {
            self.depth.set(depth);
            return Ok(());
        }
        self.pass_on(p);
        // SWITCH: whoever got the mutex runs first if its priority is higher.
        p.preempt();
        Ok(())
    }

    /// Hands the mutex to the first waiter or, if the owner leaves it
    /// inconsistent, to nobody ever again.
    fn pass_on<P: Platform>(&self, p: &P) {
        debug_assert_eq!(self.depth.get(), 0, "a lock changes hands at depth 0");
        if self.lock.is_inconsistent() {
            self.lock.condemn(p);
        } else {
            self.lock.hand_off(p);
        }
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
            return self.take_damaged(p);
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
        (self.lock.word(), Reason::owned(WaitKind::Mutex))
    }

    fn granted(&self) -> Result<(), Error> {
        self.granted()
    }
}

/// What a [`Condvar`](crate::Condvar) does with its mutex.
impl Mutex {
    /// The lock a signalled waiter is moved to, or made owner of.
    pub(crate) fn lock_word(&self) -> &LockWord {
        &self.lock
    }

    /// Releases the mutex however often the caller locked it, and returns the
    /// [`depth`](Self::depth), for [`Self::restore`]. No other thread runs
    /// inside, so that no signal comes before the caller parks.
    ///
    /// # Errors
    ///
    /// [`Error::NotOwner`]; [`Error::NotRecoverable`] when this release makes
    /// the mutex so: there is nothing left to wait for.
    #[inline]
    pub(crate) fn release_wholly<P: Platform>(&self, p: &P) -> Result<u32, Error> {
        if !self.is_mine(p) {
            return Err(Error::NotOwner);
        }
        let depth = self.depth.replace(0);
        if self.lock.try_unlock(p.current()) {
            return Ok(depth);
        }
        if self.lock.is_inconsistent() {
            self.lock.condemn(p);
            return Err(Error::NotRecoverable);
        }
        self.lock.hand_off(p);
        Ok(depth)
    }

    /// Waits for the mutex after a wait that nobody signalled.
    ///
    /// # Errors
    ///
    /// [`Error::OwnerDied`], with the mutex held; [`Error::NotRecoverable`].
    pub(crate) fn reacquire<P: Platform>(&self, p: &P) -> Result<(), Error> {
        debug_assert!(!self.is_mine(p), "it was released before the wait");
        acquire(p, self, Deadline::Never)
    }

    /// Undoes what [`Self::release_wholly`] did to the depth of the caller's lock.
    pub(crate) fn restore<P: Platform>(&self, p: &P, depth: u32) {
        debug_assert!(self.is_mine(p), "the wait ends with the mutex held");
        debug_assert_eq!(self.depth.get(), 0, "a lock changes hands at depth 0");
        self.depth.set(depth);
    }
}
