//! Programs with threads, run by coopt and by the engines that coopt is compared
//! with.
//!
//! A program has its expectation in its first comment (see [`expectation`]). The
//! runner compiles the program, runs it on every [`engine`] that can run it on
//! this machine, and compares exit code and output.
//!
//! ```text
//! expectation   what a program must do, from its comments
//! program       a program, and what it is written in
//! collection    finding all programs
//! machine       what this machine has: coopt, wasmtime, Node, compilers
//! library       libraries that programs are linked with
//! build         source to component, module, or native program
//! engine        coopt, and what it is compared with
//! launch        what an engine can run, and how
//! process       running something under a time limit
//! kill          a program that is killed, and looks at what it left
//! server        a program that serves, and its clients
//! trial         one program on one engine: run, compare, bless
//! atomics       generated modules with every atomic instruction
//! posix         the Open POSIX Test Suite
//! symbols       what archives define
//! documents     what the documents say that a test can check
//! arrows        which file of the repository uses which
//! repository    the folder of the repository, and the report of problems
//! ```
//!
//! No code in here sleeps to win a race, and every run has a time limit. ([`kill`]
//! sleeps, so that a program is ended anywhere in its work.)

pub mod arrows;
pub mod atomics;
pub mod build;
pub mod collection;
pub mod documents;
pub mod engine;
pub mod expectation;
pub mod file;
pub mod kill;
pub mod launch;
pub mod library;
pub mod machine;
pub mod posix;
pub mod process;
pub mod program;
pub mod repository;
pub mod runner;
pub mod server;
pub mod symbols;
pub mod trial;
