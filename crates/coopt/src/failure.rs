//! Why a command failed.

use std::error::Error as StdError;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why a command failed. Its text says the rule, what was found, where, and what
/// to do.
#[derive(Debug)]
pub enum Failure {
    /// The input cannot be read.
    Read(PathBuf, io::Error),
    /// The input is a folder.
    InputIsFolder(PathBuf),
    /// The output cannot be written.
    Write(PathBuf, io::Error),
    /// The output is a folder.
    OutputIsFolder(PathBuf),
    /// The input of `coopt build` is a component.
    AlreadyComponent(PathBuf),
    /// The option has no effect on a component that is built already.
    FixedInComponent {
        /// The option without its dashes: `coopt cc` spells it with `--coopt-` before.
        option: &'static str,
        /// The component.
        path: PathBuf,
    },
    /// An argument or a variable of the program is not UTF-8, as WASI wants it.
    NotUnicode(OsString),
    /// The executable of coopt cannot be found.
    Itself(io::Error),
    /// An error of coopt-cc.
    Cc(coopt_cc::Error),
    /// An error of coopt-host that is not about the file.
    Host(coopt_host::Error),
    /// An error of a library that is about the file.
    In(PathBuf, Box<dyn StdError + Send + Sync>),
}

impl Failure {
    /// An error of coopt-build about the file `path`.
    pub fn build(path: &Path, error: coopt_build::Error) -> Self {
        Self::In(path.to_owned(), error.into())
    }

    /// An error of coopt-host when it runs the file `path`.
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
                "`coopt build` makes a component of a core module; found a component; at `{0}`; \
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
            Self::Itself(found) => write!(
                f,
                "build systems are told where `coopt` is; found: {found}; call it by its whole path"
            ),
            Self::Cc(error) => error.fmt(f),
            Self::Host(error) => error.fmt(f),
            Self::In(path, error) => write!(f, "`{}`: {error}", path.display()),
        }
    }
}

impl StdError for Failure {}
