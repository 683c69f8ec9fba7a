//! The workshop behind `cargo xtask`, one file a command.
//!
//! Two rules hold it together. Every command that needs something built calls
//! [`setup`] itself, so a fresh clone needs no first step; and set-up compares
//! contents, never dates, so it is quick and says nothing when nothing changed.
//!
//! It is a library as well because the tests build Rust programs for wasm the
//! way the demonstration does ([`programs`]), and keep what they built from the
//! same contents ([`stamp`]).

pub mod bench;
mod build;
mod command;
pub mod conformance;
pub mod demo;
pub mod install;
mod layout;
pub mod mutants;
mod patch;
pub mod programs;
pub mod setup;
pub mod stamp;
pub mod task;
pub mod test;
