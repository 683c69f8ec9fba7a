//! A program, and what it is written in.

use std::path::PathBuf;

use crate::expectation::Expectation;

/// What a program is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// C, one file.
    C,
    /// C without a C library: what clang makes of wasi-threads alone.
    BareC,
    /// Rust, a binary of a cargo package.
    Rust,
    /// Zig, one file.
    Zig,
    /// The text format, for what no compiler emits.
    Wat,
}

/// A program, and what it must do.
#[derive(Clone, Debug)]
pub struct Program {
    /// `c/mutex_relock`: its folder and its file, as a report shows them.
    pub name: String,
    /// Its file. A generated program has one only once it is built.
    pub file: PathBuf,
    /// Its text.
    pub source: String,
    /// What it is written in.
    pub language: Language,
    /// What it must do.
    pub expectation: Expectation,
}
