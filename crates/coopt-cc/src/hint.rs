//! What to say beside clang's own errors when clang fails.

use std::fmt;
use std::path::PathBuf;

/// What may be behind a failure of clang's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// C++ was compiled with a sysroot that has no C++ library.
    NoCxxLibrary {
        /// The sysroot.
        sysroot: PathBuf,
    },
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCxxLibrary { sysroot } => write!(
                f,
                "C++ headers, `new` and guarded statics need a C++ library; found none in the \
                 sysroot `{}`; `cargo xtask setup` makes one, if clang is version 20 or later; or name \
                 with `--sysroot=` a sysroot that has one, such as wasi-sdk's",
                sysroot.display(),
            ),
        }
    }
}
