//! What can go wrong besides what clang says itself.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::PathBuf;

use coopt_abi::thread::{LIVE_DEFAULT, LIVE_MAX};

/// Why no component was made.
#[derive(Debug)]
pub enum Error {
    /// No usable compiler was found.
    NoClang {
        /// Where it was looked for, in that order.
        tried: Vec<String>,
    },
    /// The compiler found cannot be used.
    UnusableClang {
        /// The compiler.
        program: PathBuf,
        /// What is wrong with it.
        found: String,
    },
    /// No C library was found.
    NoSysroot {
        /// Where it was looked for, in that order.
        tried: Vec<PathBuf>,
    },
    /// An option looks like one of ours and is none.
    UnknownOption {
        /// As typed.
        option: String,
    },
    /// Threads are neither on nor off.
    BadSwitch {
        /// As typed.
        value: String,
    },
    /// The cap on live threads is none that a component can have.
    BadThreadCap {
        /// As typed.
        value: String,
    },
    /// The code is to be compiled for something that is not wasm.
    BadTarget {
        /// As typed.
        target: String,
    },
    /// A component cannot be written where the output should go.
    OutputIsFolder {
        /// As typed.
        path: PathBuf,
    },
    /// A file could not be read or written.
    Io {
        /// What was tried.
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The linked module did not become a component.
    Componentize {
        /// The output that was not written.
        output: PathBuf,
        /// Why.
        source: Box<dyn StdError + Send + Sync>,
    },
}

impl Error {
    /// For `map_err` on a file operation.
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoClang { tried } => write!(
                f,
                "clang 19 or newer is needed and was not found; tried {}; install it (on Debian \
                 `clang-22 lld-22 libclang-rt-22-dev-wasm32`), or set `COOPT_CLANG` or \
                 `WASI_SDK_PATH`",
                list(tried),
            ),
            Self::UnusableClang { program, found } => {
                write!(f, "`{}` cannot be used: {found}", program.display())
            }
            Self::NoSysroot { tried } => {
                let tried: Vec<_> = tried
                    .iter()
                    .map(|path| path.display().to_string())
                    .collect();
                write!(
                    f,
                    "a C library for {} is needed and was not found; tried {}; `cargo xtask \
                     install` puts one there, or name one with `--sysroot=`, `COOPT_SYSROOT` or \
                     `WASI_SDK_PATH`",
                    crate::TARGET,
                    list(&tried),
                )
            }
            Self::UnknownOption { option } => write!(
                f,
                "besides clang's options there are `--coopt-threads=on|off` and \
                 `--coopt-max-threads=N`; found `{option}`; write one of these",
            ),
            Self::BadSwitch { value } => write!(
                f,
                "threads are `on` or `off`; found `--coopt-threads={value}`; write one of the two",
            ),
            Self::BadThreadCap { value } => write!(
                f,
                "how many threads may live at once is a whole number from 1 to {LIVE_MAX}; found \
                 `--coopt-max-threads={value}`; write one of those, or nothing for {LIVE_DEFAULT}",
            ),
            Self::BadTarget { target } => write!(
                f,
                "`coopt cc` compiles for {} and the target here is `{target}`; leave `--target` \
                 out, or call clang itself",
                crate::TARGET,
            ),
            Self::OutputIsFolder { path } => write!(
                f,
                "the output must be a file and `{}` is a folder; name a file with `-o`",
                path.display(),
            ),
            Self::Io { action, path, .. } => write!(f, "{action} `{}`", path.display()),
            Self::Componentize { output, .. } => write!(
                f,
                "the linked module did not become a component, so `{}` was not written",
                output.display(),
            ),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Componentize { source, .. } => Some(&**source),
            _ => None,
        }
    }
}

fn list(items: &[String]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
    quoted.join(", ")
}
