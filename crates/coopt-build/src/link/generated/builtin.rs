//! The built-ins that only generated functions call.

use wasmparser::FuncType;
use wasmparser::ValType::I32;

/// A built-in that only generated functions call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    SuspendThenResume,
    ResumeLater,
    Yield,
    WaitableSetWait,
    WaitableSetPoll,
}

impl Builtin {
    /// The built-ins that a result needs.
    pub fn all(threads: bool) -> impl Iterator<Item = Self> {
        let all: &[Self] = if threads {
            &[
                Self::SuspendThenResume,
                Self::ResumeLater,
                Self::Yield,
                Self::WaitableSetWait,
                Self::WaitableSetPoll,
            ]
        } else {
            &[Self::Yield, Self::WaitableSetWait, Self::WaitableSetPoll]
        };
        all.iter().copied()
    }

    /// The import that wit-component turns into the canonical definition.
    pub fn import(self) -> (&'static str, &'static str) {
        let name = match self {
            Self::SuspendThenResume => "[thread-suspend-then-resume]",
            Self::ResumeLater => "[thread-resume-later]",
            Self::Yield => "[thread-yield]",
            Self::WaitableSetWait => "[waitable-set-wait]",
            Self::WaitableSetPoll => "[waitable-set-poll]",
        };
        ("$root", name)
    }

    /// Its core type.
    pub fn ty(self) -> FuncType {
        match self {
            Self::SuspendThenResume => FuncType::new([I32], [I32]),
            Self::ResumeLater => FuncType::new([I32], []),
            Self::Yield => FuncType::new([], [I32]),
            Self::WaitableSetWait | Self::WaitableSetPoll => FuncType::new([I32; 2], [I32]),
        }
    }
}
