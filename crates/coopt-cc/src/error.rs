//! What can go wrong besides what clang says itself.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::PathBuf;

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
    /// An option of ours has a value it cannot have.
    BadOption {
        /// As typed.
        option: String,
        /// The values it can have.
        expected: &'static str,
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
            Self::BadOption { option, expected } => {
                write!(f, "`{option}` is not an option; it can be {expected}")
            }
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
