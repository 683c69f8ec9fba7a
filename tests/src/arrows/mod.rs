//! Which file uses which, read from the sources, for `tests/arrows.rs`.
//!
//! ```text
//! tokens    a source file as names and signs, without comments and literals
//! module    the modules of a file: what they declare, import and name
//! package   a crate's modules, and what a path in one of them leads to
//! circles   files that use each other
//! floors    the table of a crate's floors, and arrows that point upward
//! manifest  which crate depends on which, and which may
//! ```
//!
//! A path leads to the file that defines the named item, also through a `mod.rs`
//! that re-exports the item. Code for tests alone (`#[cfg(test)]`) makes no
//! arrow. Nor does a call of a method, because no path names the method's file.

pub mod circles;
pub mod floors;
pub mod manifest;
mod module;
pub mod package;
mod tokens;

pub use package::{Arrow, Package};
