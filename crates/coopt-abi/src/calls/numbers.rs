//! The numbers that the [calls](mod@crate::calls) take and return.

/// A deadline that never comes.
pub const NO_DEADLINE: i64 = -1;

/// The result of `futex_priority` when nobody waits.
pub const NO_WAITERS: i32 = -1;

/// WASI errno values that the calls return, negated where a
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
