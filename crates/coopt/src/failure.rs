//! Why a command could not do what was asked.

use std::error::Error as StdError;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why a command could not do what was asked: rule; found; place; remedy.
#[derive(Debug)]
pub enum Failure {
    /// An input that cannot be read.
    Read(PathBuf, io::Error),
    /// An input that is a folder.
    InputIsFolder(PathBuf),
    /// An output that cannot be written.
    Write(PathBuf, io::Error),
    /// An output that exists as a folder.
    OutputIsFolder(PathBuf),
    /// `coopt build` of what is built already.
    AlreadyComponent(PathBuf),
    /// An option that is decided when a component is built.
    FixedInComponent {
        /// The option without its dashes: `coopt cc` has it with a prefix.
        option: &'static str,
        /// The component.
        path: PathBuf,
    },
    /// A string for the program that WASI cannot hand on.
    NotUnicode(OsString),
    /// What `coopt cc` says.
    Cc(coopt_cc::Error),
    /// What keeps every program from running.
    Host(coopt_host::Error),
    /// What a library says about a file.
    In(PathBuf, Box<dyn StdError + Send + Sync>),
}

impl Failure {
    pub fn build(path: &Path, error: coopt_build::Error) -> Self {
        Self::In(path.to_owned(), error.into())
    }

    /// Names the program where the error is about it.
    pub fn host(path: &Path, error: coopt_host::Error) -> Self {
        use coopt_host::Error::{Compile, Convert, Link, NoRun};
        match error {
            Compile(_) | Convert(_) | Link(_) | NoRun { .. } => {
                Self::In(path.to_owned(), error.into())
            }
            _ => Self::Host(error),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, found) => write!(
                f,
                "a program must be a file that can be read; found: {found}; at `{}`; check its name and its permissions",
                path.display()
            ),
            Self::InputIsFolder(path) => write!(
                f,
                "a program is a file; found a folder; at `{}`; name the `.wasm` file in it",
                path.display()
            ),
            Self::Write(path, found) => write!(
                f,
                "the output must be writable; found: {found}; at `{}`; check the folder, or name another with `-o`",
                path.display()
            ),
            Self::OutputIsFolder(path) => write!(
                f,
                "the output is a file; found a folder; at `{0}`; name a file in it, such as `-o {1}`",
                path.display(),
                path.join("out.wasm").display()
            ),
            Self::AlreadyComponent(path) => write!(
                f,
                "`coopt build` makes a component of a core module; found what is already a component; at `{0}`; \
                 run it with `coopt run {0}`",
                path.display()
            ),
            Self::FixedInComponent { option, path } => write!(
                f,
                "`--{option}` is decided when a component is built; found a component; at `{}`; give the core module, \
                 or build it again, with `coopt build --{option}` or `coopt cc --coopt-{option}`",
                path.display()
            ),
            Self::NotUnicode(found) => write!(
                f,
                "arguments and variables of a program must be UTF-8; found `{}`; spell it differently",
                found.display()
            ),
            Self::Cc(error) => error.fmt(f),
            Self::Host(error) => error.fmt(f),
            Self::In(path, error) => write!(f, "`{}`: {error}", path.display()),
        }
    }
}

impl StdError for Failure {}
