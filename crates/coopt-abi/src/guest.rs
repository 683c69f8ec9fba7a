//! The numbers that the [calls](mod@crate::calls) take and return.

/// A deadline that never comes.
pub const NO_DEADLINE: i64 = -1;

/// The waiter was woken (same number as `memory.atomic.wait32`).
pub const WAIT_WOKEN: u32 = 0;
/// The word did not hold the expected value; the caller did not park.
pub const WAIT_NOT_EQUAL: u32 = 1;
/// The deadline passed first.
pub const WAIT_TIMED_OUT: u32 = 2;
/// Another thread ended the wait by `thread_wake`.
pub const WAIT_INTERRUPTED: u32 = 3;

/// Set in the result of `futex_handoff` when more waiters remain.
pub const HANDOFF_MORE: u32 = 1 << 31;

/// The result of `futex_priority` when nobody waits.
pub const NO_WAITERS: i32 = -1;

/// What a thread waits for: the low bits of the `kind` argument of
/// `futex_wait`. It changes nothing but the wording of reports.
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
}

/// Mask of the [`WaitKind`] in the `kind` argument.
pub const KIND_MASK: u32 = 0xff;

/// Flag of the `kind` argument: the word holds the owner's id in its
/// [`crate::thread::ID_MASK`] bits, so that a report can name the owner at
/// the time of the report. Without it the `owner` argument names the thread
/// waited for, or 0 for nobody in particular.
pub const OWNER_IN_WORD: u32 = 0x100;

impl WaitKind {
    /// The kind a guest passed; an unknown number reads as a bare futex.
    #[must_use]
    pub const fn from_bits(kind: u32) -> Self {
        match kind & KIND_MASK {
            1 => Self::Mutex,
            2 => Self::Cond,
            3 => Self::Join,
            4 => Self::Semaphore,
            5 => Self::RwLockRead,
            6 => Self::RwLockWrite,
            7 => Self::Barrier,
            8 => Self::Once,
            9 => Self::Sleep,
            10 => Self::LibcLock,
            11 => Self::SpinLock,
            12 => Self::Signal,
            _ => Self::Futex,
        }
    }
}

/// WASI errno values that the functions above return, negated where a
/// thread id would be.
pub mod errno {
    /// No room for another thread.
    pub const AGAIN: u32 = 6;
    /// An argument makes no sense.
    pub const INVAL: u32 = 28;
    /// Threads are off.
    pub const NOTSUP: u32 = 58;
    /// No such thread.
    pub const SRCH: u32 = 71;
}
