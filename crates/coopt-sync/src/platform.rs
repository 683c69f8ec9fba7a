//! What the objects need from the world: the [`Platform`] trait.

use core::cell::Cell;

use crate::{Instant, ReadLocks, ThreadId, next_owner};

/// A word that threads may park on.
#[derive(Debug, Default)]
#[repr(transparent)]
pub struct Word(Cell<u32>);

impl Word {
    /// A word with this value.
    #[inline]
    #[must_use]
    pub const fn new(value: u32) -> Self {
        Self(Cell::new(value))
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn get(&self) -> u32 {
        self.0.get()
    }

    /// Stores a value.
    #[inline]
    pub fn set(&self, value: u32) {
        self.0.set(value);
    }

    /// Where it is, to tell it from others.
    #[inline]
    #[must_use]
    pub fn address(&self) -> usize {
        core::ptr::from_ref(self).addr()
    }
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// A waker chose this thread. By invariant I2 it owns what it waited for.
    Woken,
    /// The word did not hold the expected value; the thread did not park.
    NotEqual,
    /// The deadline passed; the thread is in no queue any more.
    TimedOut,
    /// Another thread ended the wait; the thread is in no queue any more.
    Interrupted,
}

/// Whom [`Platform::handoff`] woke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// The first waiter, which runs when its turn comes.
    pub to: ThreadId,
    /// Whether others still wait on the word.
    pub more: bool,
}

/// A clock that deadlines are given on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Never set, never goes back. The only clock the platform waits on.
    Monotonic,
    /// The time of day, which somebody may set.
    Realtime,
}

/// What kind of object a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// A [`Mutex`](crate::Mutex).
    Mutex,
    /// A [`LibcLock`](crate::LibcLock).
    LibcLock,
    /// A [`SpinLock`](crate::SpinLock).
    SpinLock,
    /// A [`Condvar`](crate::Condvar).
    Condvar,
    /// A [`Semaphore`](crate::Semaphore).
    Semaphore,
    /// A [`RwLock`](crate::RwLock), to read.
    RwLockRead,
    /// A [`RwLock`](crate::RwLock), to write.
    RwLockWrite,
    /// A [`Barrier`](crate::Barrier).
    Barrier,
    /// A [`Once`](crate::Once) that another thread is running.
    Once,
    /// The end of a thread.
    Join,
    /// A signal.
    Signal,
    /// A bare word.
    Futex,
}

/// Whom a waiting thread waits for, as far as the object knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody in particular.
    Unknown,
    /// The thread that the word names in its [`ThreadId`] bits, now and later.
    InWord,
    /// This thread.
    Thread(ThreadId),
}

/// Why a thread parks. Reports are made of it; it decides nothing else than
/// whether an interruption ends the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What it waits for.
    pub object: Object,
    /// Who has it.
    pub owner: Owner,
}

impl Reason {
    /// A wait for `object`, which nobody in particular has.
    #[must_use]
    pub const fn new(object: Object) -> Self {
        Self {
            object,
            owner: Owner::Unknown,
        }
    }

    /// A wait for `object`, whose word names its owner.
    #[must_use]
    pub const fn owned(object: Object) -> Self {
        Self {
            object,
            owner: Owner::InWord,
        }
    }

    /// A wait for `object`, which `owner` has if it is known.
    #[must_use]
    pub const fn held_by(object: Object, owner: Option<ThreadId>) -> Self {
        match owner {
            Some(thread) => Self {
                object,
                owner: Owner::Thread(thread),
            },
            None => Self::new(object),
        }
    }

    /// Whether an interruption ends the wait for good. POSIX says which calls
    /// may return early or with `EINTR`; the others go on waiting.
    #[must_use]
    pub const fn is_interruptible(self) -> bool {
        matches!(
            self.object,
            Object::Condvar | Object::Semaphore | Object::Join | Object::Signal
        )
    }
}

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
    fn wait(&self, word: &Word, expected: u32, deadline: Option<Instant>, reason: Reason) -> Wait;

    /// Hands `lock`, if there is one, to its first waiter, setting it to its
    /// [`next_owner`], and then parks as [`wait`](Self::wait) does. Nobody runs in
    /// between, so this is the same as one after the other, but a platform may
    /// do it in one go.
    fn release_and_wait(
        &self,
        lock: Option<&Word>,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Wait {
        if let Some(lock) = lock {
            lock.set(next_owner(self, lock));
        }
        // SWITCH: any thread may run until this one is woken.
        self.wait(word, expected, deadline, reason)
    }

    /// Wakes up to `count` waiters, the first ones; returns how many.
    fn wake(&self, word: &Word, count: u32) -> u32;

    /// Wakes the first waiter and says who it is.
    fn handoff(&self, word: &Word) -> Option<Handoff>;

    /// Moves up to `count` waiters, the first ones, to their places in `to`'s
    /// queue; returns how many. A moved waiter has been *signalled*: its
    /// deadline no longer applies and nobody can interrupt it any more, so
    /// that no signal is lost in its hands.
    fn requeue(&self, from: &Word, to: &Word, count: u32) -> u32;

    /// Whether anybody waits on the word at this address, where there may be
    /// none any more.
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
    /// Every release that may have woken somebody calls this last, when all
    /// words are consistent: the object may be gone when it returns. It is a
    /// call of its own, and not part of the wake-up, because a waiter must not
    /// run before the words say what it got (invariant I2).
    fn preempt(&self);

    /// Runs `f` on the locks that the caller reads, which are kept for it alone
    /// and changed by nobody else.
    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R;

    /// The priority of the caller, 0 being the ordinary one.
    fn priority(&self) -> u32 {
        0
    }

    /// The priority of `word`'s first waiter, which none of the others
    /// exceeds; 0 when there is none.
    fn waiting_priority(&self, _word: &Word) -> u32 {
        0
    }
}
