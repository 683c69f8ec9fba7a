//! Why a program could not be run at all.

use std::error::Error as StdError;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::options::{STACK_SIZE_MAX, STACK_SIZE_MIN};

/// Why a program could not be run. Its text says the rule, what was found,
/// where, and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The size of a thread's stack is out of range.
    StackSize {
        /// The size, in bytes.
        found: usize,
    },
    /// Wasmtime or Tokio cannot work on this machine. The text is theirs.
    Engine(String),
    /// The program did not become a component. The error is the converter's.
    Convert(Box<dyn StdError + Send + Sync>),
    /// The component is not valid, or uses what Wasmtime does not support. The
    /// text is Wasmtime's.
    Compile(String),
    /// The component does not export `wasi:cli/run`.
    NoRun {
        /// The names of its exports.
        exports: Vec<String>,
    },
    /// The component imports what the host does not provide. The text is
    /// Wasmtime's.
    Link(String),
    /// An address for the program cannot be listened at.
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's text.
        found: String,
    },
    /// A folder for the program could not be opened.
    Dir {
        /// The folder.
        path: PathBuf,
        /// The system's text.
        found: String,
    },
}

impl Error {
    pub(crate) fn engine(error: wasmtime::Error) -> Self {
        Self::Engine(chain(&error))
    }

    pub(crate) fn compile(error: wasmtime::Error) -> Self {
        Self::Compile(chain(&error))
    }

    pub(crate) fn link(error: wasmtime::Error) -> Self {
        Self::Link(chain(&error))
    }
}

/// The error and its causes on one line, the outermost first.
fn chain(error: &wasmtime::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join(": ")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StackSize { found } => write!(
                f,
                "the stack of a thread holds {STACK_SIZE_MIN} to {STACK_SIZE_MAX} bytes; found {found}; \
                 choose a size in that range"
            ),
            Self::Engine(found) => write!(
                f,
                "running a component needs a machine that Wasmtime supports; found: {found}; \
                 `coopt build` works here all the same"
            ),
            Self::Convert(error) => error.fmt(f),
            Self::Compile(found) => write!(
                f,
                "a component must be valid and use only what Wasmtime 48 knows; found: {found}; \
                 rebuild it, or check it with `wasm-tools validate --features all`"
            ),
            Self::NoRun { exports } => write!(
                f,
                "a program exports `wasi:cli/run`; found {}; build it as a command, not as a library",
                Listed(exports)
            ),
            Self::Link(found) => write!(
                f,
                "a program may import WASI 0.2 and 0.3 and nothing else; found: {found}; \
                 compose it with a component that provides the rest"
            ),
            Self::Listen { address, found } => write!(
                f,
                "an address given to the program must be this machine's and free; found: {found}; at `{address}`; \
                 name another"
            ),
            Self::Dir { path, found } => write!(
                f,
                "a folder given to the program must be readable; found: {found}; at `{}`; \
                 create it, or name another",
                path.display()
            ),
        }
    }
}

impl StdError for Error {}

struct Listed<'a>(&'a [String]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => f.write_str("no exports at all"),
            names => write!(f, "only `{}`", names.join("`, `")),
        }
    }
}
