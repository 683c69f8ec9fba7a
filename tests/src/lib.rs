//! Programs with threads, run by coopt and by everything it can be compared
//! with.
//!
//! A program carries its own expectation in its first comment (see
//! [`expectation`]); the runner compiles it, runs it on every [`engine`] that
//! can run it on this machine, and compares exit code and output.
//!
//! ```text
//! expectation   what a program must do, from its comments
//! collection    the programs there are
//! machine       what this machine has: coopt, wasmtime, Node, compilers
//! wasi_sdk      a C library that is not ours
//! build         source to component, module, or native program
//! engine        how each engine runs a program, and which it can run
//! process       running something under a time limit
//! trial         one program on one engine: run, compare, bless
//! atomics       generated modules with every atomic instruction
//! posix         the Open POSIX Test Suite
//! arrows        which file of the repository uses which
//! ```
//!
//! Nothing in here sleeps to win a race, and no run is without a limit in time.

pub mod arrows;
pub mod atomics;
pub mod build;
pub mod collection;
pub mod engine;
pub mod expectation;
pub mod machine;
pub mod posix;
pub mod process;
pub mod runner;
pub mod trial;
pub mod wasi_sdk;
