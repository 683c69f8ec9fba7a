//! How a program ended.

use coopt_abi::status;

use crate::trap::Trap;

/// How a program ended.
#[derive(Debug)]
pub enum Exit {
    /// It returned or called exit. `run` returning an error counts as 1.
    Code(u8),
    /// It broke a rule of WebAssembly or called abort.
    Trap(Box<Trap>),
    /// It waits, and nothing is left that could end the wait. The runtime in
    /// our components finds a deadlock of the guest's threads first and exits
    /// by itself; this is for every other component.
    Deadlock,
}

impl Exit {
    /// The exit code of the process that ran the program.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Code(code) => *code,
            Self::Trap(_) => status::TRAP,
            Self::Deadlock => status::DEADLOCK,
        }
    }
}
