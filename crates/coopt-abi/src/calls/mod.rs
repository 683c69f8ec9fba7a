//! The calls: each function that a program imports and coopt provides, as one row of one table.
//!
//! From [`calls!`](crate::calls!) come the data ([`CALLS`]), what coopt-build puts in an import's
//! place, the check of the runtime's exports, the C layer's imports, and the pages of [`rows`].
//! The test `tests/header.rs` compares `coopt.h` with the table.
//!
//! A row says, in this order: what the call does; the import's module and name; whether any
//! numbers may be passed (`safe`) or some are addresses that must be right (`unsafe`); a name of
//! its own, the parameters and the result; the [`Way`] it is carried out, with the runtime
//! functions behind it; and, for a wait, whether its trampoline may take the place of the call
//! (`in_place`). The order of the rows is that of the trampolines in a component.
//!
//! Addresses are pointers of the program (`u32`). Deadlines are absolute nanoseconds on the
//! monotonic clock (`i64`); [`NO_DEADLINE`] means never. All calls
//! exist with threads off too.
//!
//! The run queue and the queue of each futex are ordered by priority, higher first, then by
//! arrival. A wake-up or a change of priority never switches. A caller that makes a thread of
//! higher priority runnable calls `thread_preempt` last, when its own state is consistent.
//!
//! | file | what it holds |
//! |---|---|
//! | [`table`] | the table: our own calls |
//! | [`preview1`] | the table: the calls of WASI preview 1 |
//! | [`sockets`] | the table: sockets |
//! | [`call`] | what a row says |
//! | [`data`] | the table as data |
//! | [`numbers`] | numbers that the calls take and return |

pub mod call;
pub mod data;
pub mod numbers;
mod preview1;
mod sockets;
mod table;

pub use call::{
    ADDR, AGAIN, Call, EXPECTED, HAD_TIME, MODULE, PREVIEW1, Param, RuntimeExport, RuntimeFunction,
    Type, Way,
};
pub use data::{CALLS, rows, runtime, runtime_exports};
pub use numbers::{NO_DEADLINE, NO_WAITERS, errno};
