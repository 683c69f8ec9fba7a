//! Waits: what a thread waits for, who has it, and how the wait ended.
//!
//! The objects of coopt-sync give a reason for each wait. The C layer passes
//! the reason on as numbers, the scheduler keeps it, and a report shows it.
//! Only this file packs and unpacks the numbers.

use crate::thread::ThreadId;

/// What a thread waits for: the low bits of the `kind` argument of
/// `futex_wait`. Reports and the thread layer look at the kind
/// ([`Reason::is_interruptible`]); the scheduler does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum WaitKind {
    /// A bare futex, such as `memory.atomic.wait32`.
    Futex = 0,
    /// A mutex.
    Mutex = 1,
    /// A condition variable.
    Cond = 2,
    /// The end of another thread.
    Join = 3,
    /// A semaphore.
    Semaphore = 4,
    /// A read-write lock, to read.
    RwLockRead = 5,
    /// A read-write lock, to write.
    RwLockWrite = 6,
    /// A barrier.
    Barrier = 7,
    /// A `pthread_once` that another thread is running.
    Once = 8,
    /// A point in time.
    Sleep = 9,
    /// A lock inside the C library.
    LibcLock = 10,
    /// A spin lock.
    SpinLock = 11,
    /// A signal of POSIX.
    Signal = 12,
    /// Bytes to read.
    Input = 13,
    /// Anything else that the host is to do.
    Host = 14,
}

impl WaitKind {
    /// All kinds, by number.
    pub const ALL: [Self; 15] = [
        Self::Futex,
        Self::Mutex,
        Self::Cond,
        Self::Join,
        Self::Semaphore,
        Self::RwLockRead,
        Self::RwLockWrite,
        Self::Barrier,
        Self::Once,
        Self::Sleep,
        Self::LibcLock,
        Self::SpinLock,
        Self::Signal,
        Self::Input,
        Self::Host,
    ];

    /// The kind in the `kind` argument; an unknown number reads as a bare futex.
    #[inline]
    #[must_use]
    pub const fn from_bits(kind: u32) -> Self {
        let number = (kind & KIND_MASK) as usize;
        if number < Self::ALL.len() {
            Self::ALL[number]
        } else {
            Self::Futex
        }
    }
}

const _: () = {
    let mut number = 0;
    while number < WaitKind::ALL.len() {
        assert!(WaitKind::ALL[number] as usize == number, "listed by number");
        number += 1;
    }
};

/// Mask of the [`WaitKind`] in the `kind` argument.
pub const KIND_MASK: u32 = 0xff;

/// Flag of the `kind` argument: [`Owner::InWord`].
pub const OWNER_IN_WORD: u32 = 0x100;

const _: () = assert!(OWNER_IN_WORD & KIND_MASK == 0, "the flag is no kind");

/// Who has what a thread waits for, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody in particular.
    Nobody,
    /// This thread.
    Thread(ThreadId),
    /// The thread in the [`OWNER`](crate::lock_word::OWNER) bits of the word
    /// that is waited on. The owner may change during the wait, so a report
    /// reads the word when the report is made.
    InWord,
}

/// Why a thread waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What it waits for.
    pub kind: WaitKind,
    /// Who has it.
    pub owner: Owner,
}

impl Reason {
    /// A wait for something that nobody in particular has.
    #[must_use]
    pub const fn new(kind: WaitKind) -> Self {
        let owner = Owner::Nobody;
        Self { kind, owner }
    }

    /// A wait for something whose word names its owner.
    #[must_use]
    pub const fn owned(kind: WaitKind) -> Self {
        let owner = Owner::InWord;
        Self { kind, owner }
    }

    /// A wait for something that `owner` has, if the owner is known.
    #[must_use]
    pub const fn held_by(kind: WaitKind, owner: Option<ThreadId>) -> Self {
        match owner {
            Some(thread) => Self {
                kind,
                owner: Owner::Thread(thread),
            },
            None => Self::new(kind),
        }
    }

    /// Whether an interruption ends the wait for good. It does in cancellation
    /// points (POSIX XSH 2.9.5.2); other calls wait on.
    #[must_use]
    pub const fn is_interruptible(self) -> bool {
        use WaitKind::{Cond, Join, Semaphore, Signal, Sleep};
        matches!(self.kind, Cond | Semaphore | Join | Signal | Sleep)
    }

    /// The `kind` and `owner` arguments of `futex_wait`.
    #[inline]
    #[must_use]
    pub const fn to_arguments(self) -> (u32, u32) {
        let kind = self.kind as u32;
        match self.owner {
            Owner::Nobody => (kind, 0),
            Owner::InWord => (kind | OWNER_IN_WORD, 0),
            Owner::Thread(thread) => (kind, thread.get()),
        }
    }

    /// The reason that these arguments describe. Any two numbers describe one.
    #[inline]
    #[must_use]
    pub const fn from_arguments(kind: u32, owner: u32) -> Self {
        let owner = match ThreadId::new(owner) {
            _ if kind & OWNER_IN_WORD != 0 => Owner::InWord,
            Some(id) => Owner::Thread(id),
            None => Owner::Nobody,
        };
        Self {
            kind: WaitKind::from_bits(kind),
            owner,
        }
    }
}

/// How a wait ended: what `futex_wait` returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// A waker, or the host operation waited for, chose this thread (same
    /// number as `memory.atomic.wait32`).
    Woken = 0,
    /// The word did not hold the expected value; the thread did not park.
    NotEqual = 1,
    /// The deadline passed; the thread is in no queue any more.
    TimedOut = 2,
    /// Another thread ended the wait by `thread_wake`; the thread is in no
    /// queue any more.
    Interrupted = 3,
}

impl Outcome {
    /// Its number.
    #[inline]
    #[must_use]
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The outcome with this number, which a call of the runtime returned.
    #[inline]
    #[must_use]
    pub const fn from_bits(number: u32) -> Self {
        match number {
            1 => Self::NotEqual,
            2 => Self::TimedOut,
            3 => Self::Interrupted,
            _ => Self::Woken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_keep_a_reason() {
        let thread = ThreadId::new(7).expect("an id");
        for kind in WaitKind::ALL {
            for reason in [
                Reason::new(kind),
                Reason::owned(kind),
                Reason::held_by(kind, Some(thread)),
            ] {
                let (kind, owner) = reason.to_arguments();
                assert_eq!(Reason::from_arguments(kind, owner), reason);
            }
        }
    }

    #[test]
    fn any_number_is_a_reason() {
        for number in [0xff, WaitKind::ALL.len() as u32, u32::MAX] {
            assert_eq!(WaitKind::from_bits(number), WaitKind::Futex);
        }
        let reason = Reason::from_arguments(1, u32::MAX);
        assert_eq!(reason, Reason::new(WaitKind::Mutex));
    }

    #[test]
    fn numbers_keep_an_outcome() {
        use Outcome::{Interrupted, NotEqual, TimedOut, Woken};
        for outcome in [Woken, NotEqual, TimedOut, Interrupted] {
            assert_eq!(Outcome::from_bits(outcome.to_bits()), outcome);
        }
    }
}
