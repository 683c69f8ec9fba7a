//! The commands of `cargo xtask`, a file or folder each.
//!
//! Two rules hold for all commands. A command that needs something built calls
//! [`setup`] itself, so a fresh clone needs no first step. Set-up compares
//! contents, never dates, so it does and says nothing when nothing changed.
//!
//! The crate is a library as well, because the tests use parts of it: they build
//! Rust programs for wasm the way the demonstration does ([`programs`]), and
//! keep what they built until its sources change ([`stamp`]).
//!
//! A module uses those of its own floor and of lower ones:
//!
//! | floor | modules |
//! |---|---|
//! | tools | `layout`, `command`, `folder`, `parallel`, `stamp`, `patch` |
//! | steps of set-up | `setup::announce`, `setup::packages`, `setup::rust`, `setup::pypi`, `setup::debian`, `setup::sources` |
//! | what set-up makes | `setup::wasm`, `setup::sysroot`, `setup::cxx`, `setup::posix`, `setup::sqlite`, `setup::speedtest`, `setup::wasmtime`, `setup::build_systems`, `setup::zig` |
//! | set-up | `setup` |
//! | building | `build`, `programs`, `wasi_sdk` |
//! | commands | `bench`, `conformance`, `demo`, `install`, `mutants`, `real`, `test` |
//! | their names | `task` |

pub mod bench;
mod build;
mod command;
pub mod conformance;
pub mod demo;
pub mod folder;
pub mod install;
mod layout;
pub mod mutants;
mod parallel;
mod patch;
pub mod programs;
pub mod real;
pub mod setup;
pub mod stamp;
pub mod task;
pub mod test;
pub mod wasi_sdk;
