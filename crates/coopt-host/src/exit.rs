//! How a program ended.

use coopt_abi::status;

use crate::trap::Trap;

/// What is known of a program that has ended.
#[derive(Debug)]
pub struct Ended {
    /// How it ended.
    pub exit: Exit,
    /// The last path that the program asked for and no folder of its own leads to,
    /// if it failed. It is not known of every program: the program's C library
    /// looks paths up by itself, and only components that coopt built tell.
    pub outside: Option<String>,
}

/// How a program ended.
#[derive(Debug)]
pub enum Exit {
    /// The program returned or called exit. The code is 1 when `run` returned an
    /// error.
    Code(u8),
    /// The program broke a rule of WebAssembly or called abort, or a function of
    /// the host failed.
    Trap(Box<Trap>),
    /// The program waits, and nothing can end the wait. Only components that
    /// coopt did not build end so: in ours the runtime finds a deadlock first,
    /// and exits with a code.
    Deadlock,
}

impl From<Exit> for Ended {
    fn from(exit: Exit) -> Self {
        Self {
            exit,
            outside: None,
        }
    }
}

impl Exit {
    /// The exit code for the process that ran the program.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Code(code) => *code,
            Self::Trap(_) => status::TRAP,
            Self::Deadlock => status::DEADLOCK,
        }
    }
}
