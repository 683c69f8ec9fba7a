//! The functions a guest may import from the module [`MODULE`].
//!
//! Addresses are guest pointers (`i32`). Deadlines are absolute nanoseconds
//! on the monotonic clock (`i64`); [`NO_DEADLINE`] means never. All of them
//! exist with threads off too.
//!
//! | name | signature | meaning |
//! |---|---|---|
//! | `thread_spawn` | `(start_arg: i32) -> i32` | as `wasi.thread-spawn`: a positive thread id, or a negated WASI errno |
//! | `thread_exit` | `()` | ends the calling thread from any depth; does not return |
//! | `thread_self` | `() -> i32` | the id of the calling thread |
//! | `thread_set_name` | `(tid: i32, ptr: i32, len: i32) -> i32` | names a thread for reports and backtraces; 0, or an errno |
//! | `thread_set_priority` | `(tid: i32, priority: i32) -> i32` | sets a thread's scheduling priority, 0 to [`PRIORITY_MAX`](crate::thread::PRIORITY_MAX); 0, or an errno (`SRCH`, `INVAL`). Never switches |
//! | `thread_yield` | `()` | lets every other runnable thread of the caller's priority, and above, go first |
//! | `thread_preempt` | `()` | if a runnable thread has a higher priority than the caller, it runs now, and the caller will be the first of its own priority to go on; else returns at once |
//! | `thread_wake` | `(tid: i32) -> i32` | ends a `futex_wait` or `sleep_until` of a thread with [`WAIT_INTERRUPTED`]: 1. When it is not parked, or `futex_requeue` has moved it, so that what it waited for has come, or it waits by an instruction or a call of WASI, whose callers know no such end: 0 |
//! | `futex_wait` | `(addr: i32, expected: i32, kind: i32, owner: i32, deadline: i64) -> i32` | parks while `*addr == expected`; a `WAIT_*` result |
//! | `futex_handoff_wait` | `(lock: i32, addr: i32, expected: i32, kind: i32, owner: i32, deadline: i64) -> i32` | stores at `lock` what `futex_handoff` of it returns, and then waits as `futex_wait` does. Nobody runs in between. If `*addr != expected`, nothing happens |
//! | `futex_wake` | `(addr: i32, count: i32) -> i32` | wakes up to `count` (unsigned) waiters, in the order of the queue; how many |
//! | `futex_handoff` | `(addr: i32) -> i32` | wakes the first waiter and says who it was: its id, with [`HANDOFF_MORE`] set when others still wait; 0 when nobody waits |
//! | `futex_requeue` | `(from: i32, to: i32, wake: i32, requeue: i32) -> i32` | wakes up to `wake` waiters of `from`, then moves up to `requeue` to `to`'s queue, where they wait for a lock, without a deadline, and beyond the reach of `thread_wake`; how many woken plus moved |
//! | `futex_priority` | `(addr: i32) -> i32` | the highest priority among the waiters; [`NO_WAITERS`] when there are none |
//! | `sleep_until` | `(deadline: i64) -> i32` | parks until the deadline; [`WAIT_TIMED_OUT`], or [`WAIT_INTERRUPTED`] |
//! | `clock_monotonic` | `() -> i64` | nanoseconds on the monotonic clock |
//!
//! The run queue and the queue of each futex are ordered by priority, higher
//! first, then by arrival. A wake-up or a change of priority never switches:
//! whoever makes a thread of higher priority runnable calls `thread_preempt`
//! once it has put its own affairs in order.

/// The import module of the functions above.
pub const MODULE: &str = "coopt";

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
