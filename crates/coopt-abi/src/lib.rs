//! The names and numbers that the parts of coopt agree on.
//!
//! Four parts meet at run time: the program (its libc and our thread layer),
//! the runtime merged into its module, the trampolines `coopt-build` generates,
//! and the host that runs the component. Each number that crosses a border
//! between two of them stands here once, and so does each type that several of
//! them use for a thread and its waits. The crate only packs and unpacks these
//! numbers.
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | words | `action`, `environment`, `header`, `fault`, `library`, `outside`, `status`, `thread` |
//! | what is said of a thread | `info`, `lock_word`, `wait` |
//! | the table of the calls, whose macros the crate exports | `calls`, `lib` |
#![no_std]

pub mod action;
pub mod calls;
pub mod environment;
pub mod fault;
pub mod header;
pub mod info;
pub mod library;
pub mod lock_word;
pub mod outside;
pub mod status;
pub mod thread;
pub mod wait;
