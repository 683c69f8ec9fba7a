//! Read-write locks that let neither side starve.
//!
//! Readers go past waiting writers, as they do in the GNU C library and musl by
//! default. Programs rely on this: a reader may wait, with the lock held, for
//! another reader to come in. But no more than [`PASSES_MAX`] go past before a
//! writer gets the lock or gives up; later readers queue up behind the writers.
//! A writer that is done lets all queued readers in, together; the last of
//! these readers hands the lock to the first writer. A lock that
//! [takes turns](RwLock::taking_turns) lets none past.
//!
//! Priorities come before these turns (POSIX XSH `pthread_rwlock_rdlock`,
//! Thread Execution Scheduling): a reader goes past waiting writers of lower
//! priority only once a writer has a priority, and a writer that is not below
//! the waiting readers goes before them.
//!
//! A thread that keeps a writer waiting, of any lock that the thread reads,
//! goes past waiting writers, whatever their priority. Behind the writer of the
//! same lock it would wait for itself. Behind the writer of another lock it
//! might wait for a thread that waits, likewise, for it. So threads that wait
//! behind writers never form a circle: the last thread to join would keep a
//! writer waiting. A thread that reads only locks for which no writer waits
//! takes its turn like any other.

use core::cell::Cell;

use coopt_abi::thread::{Priority, ThreadId};
use coopt_abi::wait::{Reason, WaitKind};

use crate::acquire::{Acquire, acquire};
use crate::{Deadline, Error, Platform, Word};

/// A read-write lock.
///
/// | | `writer` | `readers` | `waiting_*` |
/// |---|---|---|---|
/// | free | 0 | 0 | 0 |
/// | read | 0 | > 0 | readers wait only while a writer waits |
/// | written | owner | 0 | any |
///
/// Writers park on `writer`, so that a report finds the owner there; readers
/// park on `waiting_readers`. The counts obey invariant I4.
///
/// `passes` counts the readers that have gone past a waiting writer since a
/// writer last got the lock, or the last that waited gave up. In a lock that
/// takes turns it is always [`TURNS`].
#[derive(Debug, Default)]
#[repr(C)]
pub struct RwLock {
    writer: Word,
    readers: Word,
    waiting_writers: Word,
    waiting_readers: Word,
    passes: Cell<u32>,
}

/// How many readers may go past waiting writers that they do not outrank.
pub const PASSES_MAX: u32 = 1000;

/// More passes than any lock allows.
const TURNS: u32 = u32::MAX;

impl RwLock {
    /// A free lock.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            writer: Word::new(0),
            readers: Word::new(0),
            waiting_writers: Word::new(0),
            waiting_readers: Word::new(0),
            passes: Cell::new(0),
        }
    }

    /// A free lock that lets a reader past a waiting writer only if the reader
    /// outranks all waiting writers or keeps a writer waiting.
    #[must_use]
    pub const fn taking_turns() -> Self {
        let mut lock = Self::new();
        lock.passes = Cell::new(TURNS);
        lock
    }

    /// Whether anybody holds the lock.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.writer().is_some() || self.readers.get() > 0
    }

    /// Takes the lock to read, waiting until `deadline`.
    ///
    /// # Errors
    ///
    /// [`Error::Deadlock`] when the caller holds the lock to write;
    /// [`Error::TooMany`]; [`Error::TimedOut`]; [`Error::Malformed`].
    #[inline]
    pub fn read<P: Platform>(&self, p: &P, deadline: Deadline) -> Result<(), Error> {
        if self.admits_readers() {
            self.add_reader()?;
        } else {
            self.read_contended(p, deadline)?;
        }
        p.with_read_locks(|locks| locks.add(&self.writer));
        Ok(())
    }

    /// Takes the lock to read without waiting.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when a writer has the lock, or waits for it and goes
    /// before the caller; [`Error::TooMany`].
    #[inline]
    pub fn try_read<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.admits_readers() {
            self.add_reader()?;
        } else if self.admits_past_writers(p) {
            self.add_passing_reader()?;
        } else {
            return Err(Error::Busy);
        }
        p.with_read_locks(|locks| locks.add(&self.writer));
        Ok(())
    }

    /// Takes the lock to write, waiting until `deadline`.
    ///
    /// # Errors
    ///
    /// [`Error::Deadlock`] when the caller holds it to write;
    /// [`Error::TimedOut`]; [`Error::Malformed`].
    #[inline]
    pub fn write<P: Platform>(&self, p: &P, deadline: Deadline) -> Result<(), Error> {
        if self.try_write(p).is_ok() {
            return Ok(());
        }
        self.write_contended(p, deadline)
    }

    /// Takes the lock to write without waiting.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when anybody holds it.
    #[inline]
    pub fn try_write<P: Platform>(&self, p: &P) -> Result<(), Error> {
        if self.is_held() {
            return Err(Error::Busy);
        }
        self.writer.set(p.current().get());
        Ok(())
    }

    /// Gives up what the caller has of the lock.
    ///
    /// # Errors
    ///
    /// [`Error::NotOwner`] when nobody holds it, or another thread writes.
    #[inline]
    pub fn unlock<P: Platform>(&self, p: &P) -> Result<(), Error> {
        match self.writer() {
            Some(writer) if writer == p.current() => self.end_write(p),
            None if self.readers.get() > 0 => self.end_read(p),
            _ => return Err(Error::NotOwner),
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn read_contended<P: Platform>(&self, p: &P, deadline: Deadline) -> Result<(), Error> {
        acquire(p, &Reading(self), deadline)
    }

    #[cold]
    #[inline(never)]
    fn write_contended<P: Platform>(&self, p: &P, deadline: Deadline) -> Result<(), Error> {
        acquire(p, &Writing(self), deadline)
    }

    #[inline]
    fn writer(&self) -> Option<ThreadId> {
        ThreadId::in_word(self.writer.get())
    }

    #[inline]
    fn admits_readers(&self) -> bool {
        self.writer.get() == 0 && self.waiting_writers.get() == 0
    }

    /// Whether the caller may read although writers are counted. It may if
    /// none is in the queue: they have yet to notice that their time is up, or
    /// run handlers, and one that queues up again may come behind a reader
    /// that waits for the caller. It may, too, if the caller keeps a writer
    /// waiting, or outranks all that wait, or all have the lowest priority and
    /// fewer than [`PASSES_MAX`] readers went past.
    #[cold]
    fn admits_past_writers<P: Platform>(&self, p: &P) -> bool {
        let goes_first = || {
            let first = p.waiting_priority(&self.writer);
            let may_pass = first == Priority::LOWEST && self.passes.get() < PASSES_MAX;
            may_pass || p.priority() > first
        };
        let is_behind_nobody = !p.is_awaited(&self.writer);
        self.writer.get() == 0 && (is_behind_nobody || keeps_a_writer_waiting(p) || goes_first())
    }

    /// Whether a writer is next although readers wait: its priority is above
    /// the lowest, and no waiting reader's is higher.
    fn writer_goes_first<P: Platform>(&self, p: &P) -> bool {
        let first = p.waiting_priority(&self.writer);
        first > Priority::LOWEST && first >= p.waiting_priority(&self.waiting_readers)
    }

    #[inline]
    fn add_reader(&self) -> Result<(), Error> {
        let readers = self.readers.get().checked_add(1).ok_or(Error::TooMany)?;
        self.readers.set(readers);
        Ok(())
    }

    /// Adds a reader although writers wait.
    fn add_passing_reader(&self) -> Result<(), Error> {
        self.add_reader()?;
        self.passes.set(self.passes.get().saturating_add(1));
        Ok(())
    }

    /// Forgets the readers that went past waiting writers.
    fn forget_passes(&self) {
        if self.passes.get() != TURNS {
            self.passes.set(0);
        }
    }

    #[inline]
    fn end_read<P: Platform>(&self, p: &P) {
        debug_assert!(self.writer().is_none(), "read and written at once");
        p.with_read_locks(|locks| locks.remove(&self.writer));
        self.readers.set(self.readers.get() - 1);
        let last = self.readers.get() == 0;
        if last && self.waiting_writers.get() > 0 {
            self.readers_done(p);
        }
    }

    #[inline]
    fn end_write<P: Platform>(&self, p: &P) {
        debug_assert_eq!(self.readers.get(), 0, "read and written at once");
        self.writer.set(0);
        if self.waiting_readers.get() > 0 || self.waiting_writers.get() > 0 {
            self.writer_done(p);
        }
    }

    /// The readers' turn is over, and writers are counted: the first is next.
    #[cold]
    #[inline(never)]
    fn readers_done<P: Platform>(&self, p: &P) {
        self.pass_to_writer(p);
        // SWITCH: the writer runs first if its priority is higher.
        p.preempt();
    }

    /// The writer's turn is over: lets the waiting readers in, unless a writer
    /// goes before them, else hands the lock to the next writer.
    #[cold]
    #[inline(never)]
    fn writer_done<P: Platform>(&self, p: &P) {
        if self.waiting_readers.get() > 0 && !self.writer_goes_first(p) {
            self.admit_readers(p);
        }
        if self.waiting_writers.get() > 0 && self.readers.get() == 0 {
            self.pass_to_writer(p);
        }
        // SWITCH: whoever got the lock runs first if its priority is higher.
        p.preempt();
    }

    /// Hands the free lock to the first writer. If all counted writers gave up,
    /// the lock stays free, and the last of them lets in the readers that queue
    /// up behind it (`Writing::retract`).
    fn pass_to_writer<P: Platform>(&self, p: &P) {
        debug_assert!(!self.is_held(), "only a free lock can be given away");
        if let Some(handoff) = p.handoff(&self.writer) {
            self.writer.set(handoff.to.get());
            subtract(&self.waiting_writers, 1);
            self.forget_passes();
        }
    }

    /// Lets all queued readers in.
    fn admit_readers<P: Platform>(&self, p: &P) {
        debug_assert!(self.writer().is_none(), "a writer has the lock");
        let admitted = p.wake(&self.waiting_readers, u32::MAX);
        subtract(&self.waiting_readers, admitted);
        self.readers.set(self.readers.get() + admitted);
    }
}

/// Whether a writer waits for a lock that the caller reads.
fn keeps_a_writer_waiting<P: Platform>(p: &P) -> bool {
    p.with_read_locks(|locks| locks.keep_a_writer_waiting(|at| p.is_awaited_at(at)))
}

fn add(word: &Word, count: u32) {
    word.set(word.get() + count);
}

fn subtract(word: &Word, count: u32) {
    debug_assert!(count <= word.get(), "more left than came");
    word.set(word.get() - count);
}

/// A thread that wants to read.
struct Reading<'a>(&'a RwLock);

impl<P: Platform> Acquire<P> for Reading<'_> {
    fn try_take(&self, p: &P) -> Option<Result<(), Error>> {
        let Self(lock) = self;
        if lock.writer() == Some(p.current()) {
            return Some(Err(Error::Deadlock));
        }
        if lock.admits_readers() {
            return Some(lock.add_reader());
        }
        let passes = lock.admits_past_writers(p);
        passes.then(|| lock.add_passing_reader())
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        let Self(lock) = self;
        add(&lock.waiting_readers, 1);
        (
            &lock.waiting_readers,
            Reason::held_by(WaitKind::RwLockRead, lock.writer()),
        )
    }

    fn retract(&self, _p: &P) {
        subtract(&self.0.waiting_readers, 1);
    }
}

/// A thread that wants to write.
struct Writing<'a>(&'a RwLock);

impl<P: Platform> Acquire<P> for Writing<'_> {
    fn try_take(&self, p: &P) -> Option<Result<(), Error>> {
        let Self(lock) = self;
        if lock.writer() == Some(p.current()) {
            return Some(Err(Error::Deadlock));
        }
        lock.try_write(p).is_ok().then(|| {
            lock.forget_passes();
            Ok(())
        })
    }

    fn announce(&self, _p: &P) -> (&Word, Reason) {
        let Self(lock) = self;
        add(&lock.waiting_writers, 1);
        (&lock.writer, Reason::owned(WaitKind::RwLockWrite))
    }

    fn retract(&self, p: &P) {
        let Self(lock) = self;
        subtract(&lock.waiting_writers, 1);
        // Readers that queued up behind this writer alone have nothing left
        // to wait for.
        if lock.admits_readers() && lock.waiting_readers.get() > 0 {
            lock.admit_readers(p);
            // SWITCH: a reader of higher priority runs first. The caller tries
            // again afterwards, whatever happened.
            p.preempt();
        }
    }

    fn give_up(&self) {
        // A writer that waits again has not given up: the readers that went
        // past it count on.
        if self.0.waiting_writers.get() == 0 {
            self.0.forget_passes();
        }
    }
}
