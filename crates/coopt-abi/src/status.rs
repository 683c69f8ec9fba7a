//! Exit codes of a program, beyond those it chooses itself.
//!
//! The numbers above 128 follow the shell's habit of 128 plus a signal, so
//! scripts that look at a native program's status read these alike.

/// coopt itself could not do what was asked: bad arguments, an unreadable or
/// invalid module.
pub const USAGE: u8 = 2;

/// Every thread waits for something that cannot happen. The report is on
/// standard error. (`timeout` and `git bisect` treat 125 and above
/// specially, so the code stays below.)
pub const DEADLOCK: u8 = 124;

/// The program had not ended in its time (128 + `SIGKILL`).
pub const TIMEOUT: u8 = 137;

/// The program trapped (128 + `SIGABRT`, as Wasmtime's own command line does).
pub const TRAP: u8 = 134;

/// Ended by Ctrl-C (128 + `SIGINT`).
pub const INTERRUPTED: u8 = 130;
