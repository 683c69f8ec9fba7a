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
//! | `thread_set_priority` | `(tid: i32, priority: i32) -> i32` | sets a thread's scheduling priority, 0 to [`Priority::MAX`](crate::thread::Priority::MAX); 0, or an errno (`SRCH`, `INVAL`). Never switches |
//! | `thread_yield` | `()` | lets every other runnable thread of the caller's priority, and above, go first |
//! | `thread_preempt` | `()` | if a runnable thread has a higher priority than the caller, it runs now, and the caller will be the first of its own priority to go on; else returns at once |
//! | `thread_wake` | `(tid: i32) -> i32` | ends a `futex_wait` or `sleep_until` of a thread with [`Outcome::Interrupted`](crate::wait::Outcome::Interrupted): 1. When it is not parked, or `futex_requeue` has moved it, so that what it waited for has come, or it waits by an instruction or a call of WASI, whose callers know no such end: 0 |
//! | `futex_wait` | `(addr: i32, expected: i32, kind: i32, owner: i32, deadline: i64) -> i32` | parks while `*addr == expected`; an [`Outcome`](crate::wait::Outcome) |
//! | `futex_handoff_wait` | `(lock: i32, addr: i32, expected: i32, kind: i32, owner: i32, deadline: i64) -> i32` | stores at `lock` what `futex_handoff` of it returns, and then waits as `futex_wait` does. Nobody runs in between. If `*addr != expected`, nothing happens |
//! | `futex_wake` | `(addr: i32, count: i32) -> i32` | wakes up to `count` (unsigned) waiters, in the order of the queue; how many |
//! | `futex_handoff` | `(addr: i32) -> i32` | wakes the first waiter and says who it was: its id, with [`WAITERS`](crate::lock_word::WAITERS) set when others still wait; 0 when nobody waits |
//! | `futex_requeue` | `(from: i32, to: i32, wake: i32, requeue: i32) -> i32` | wakes up to `wake` waiters of `from`, then moves up to `requeue` to `to`'s queue, where they wait for a lock, without a deadline, and beyond the reach of `thread_wake`; how many woken plus moved |
//! | `futex_priority` | `(addr: i32) -> i32` | the highest priority among the waiters; [`NO_WAITERS`] when there are none |
//! | `sleep_until` | `(deadline: i64) -> i32` | parks until the deadline; [`Outcome::TimedOut`](crate::wait::Outcome::TimedOut), or [`Outcome::Interrupted`](crate::wait::Outcome::Interrupted) |
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

/// The result of `futex_priority` when nobody waits.
pub const NO_WAITERS: i32 = -1;

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
