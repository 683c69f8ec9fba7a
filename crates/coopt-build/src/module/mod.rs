//! A core module, as a program or the runtime is given.

pub mod atomic;
mod index;
mod library;
pub mod lookups;
pub mod names;
mod parse;
pub mod stack;
pub mod symbols;
mod types;

pub use index::count;
pub use parse::{FunctionImport, Global, Module};
pub use types::Types;
