//! A program, and what it is written in.

use std::path::PathBuf;

use crate::expectation::Expectation;

/// What a program is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// C, one file.
    C,
    /// C++, one file.
    Cxx,
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
    /// The name in reports, of folder and file: `c/mutex_relock`.
    pub name: String,
    /// The file of the program; for a generated program the name of no file, or
    /// the file with its expected output.
    pub file: PathBuf,
    /// The text of the program.
    pub source: String,
    /// What the program is written in.
    pub language: Language,
    /// What the program must do.
    pub expectation: Expectation,
}

/// Words of a C program that has threads, signals or sockets. A module of preview 1 alone has
/// none of them.
const WORDS_OF_MORE: [&str; 15] = [
    "pthread_",
    "thrd_",
    "mtx_",
    "cnd_",
    "tss_",
    "call_once",
    "sem_",
    "sched_",
    "futex",
    "start(",
    "signal",
    "sigaction",
    "raise(",
    "coopt_",
    "\"sockets.h\"",
];

impl Program {
    /// Whether the program is one of C that preview 1 alone serves.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let mut words = WORDS_OF_MORE.iter();
        let is_alone = self.expectation.with.is_none() && self.expectation.run_flags.is_empty();
        self.language == Language::C && is_alone && !words.any(|word| self.source.contains(word))
    }
}
