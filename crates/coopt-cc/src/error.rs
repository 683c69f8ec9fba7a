//! What can go wrong beside the errors that clang prints itself.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::PathBuf;

use coopt_abi::thread::{LIVE_DEFAULT, LIVE_MAX};

use crate::exceptions::CLANG_WITH_EXCEPTIONS;
use crate::{CLANG_VERSION_MIN, TARGET};

/// Why no component was made. The text says the rule, what was found, where, and
/// what to do.
#[derive(Debug)]
pub enum Error {
    /// No compiler was found.
    NoClang {
        /// Where the search looked, in order.
        tried: Vec<String>,
    },
    /// The compiler cannot be used.
    UnusableClang {
        /// The compiler.
        program: PathBuf,
        /// What was found instead.
        found: String,
    },
    /// The compiler cannot compile C++ with exceptions.
    NoExceptions {
        /// The compiler's version.
        version: u32,
    },
    /// No C library was found.
    NoSysroot {
        /// Where the search looked, in order.
        tried: Vec<PathBuf>,
    },
    /// The option begins with `--coopt-` and is none of ours.
    UnknownOption {
        /// As typed.
        option: String,
    },
    /// The value of an option of ours is neither `on` nor `off`.
    BadSwitch {
        /// Its name.
        option: &'static str,
        /// As typed.
        value: String,
    },
    /// The value of `--coopt-max-threads` is not a number of threads.
    BadThreadCap {
        /// As typed.
        value: String,
    },
    /// The value of `--coopt-preempt` is none of those that there are.
    BadPreempt {
        /// As typed.
        value: String,
    },
    /// The value of `--coopt-absent` is neither `fails` nor `error`.
    BadAbsent {
        /// As typed.
        value: String,
    },
    /// The target is not wasm.
    BadTarget {
        /// As typed.
        target: String,
    },
    /// A shared library was asked for.
    Shared {
        /// The option, as typed.
        option: String,
    },
    /// The output is a folder.
    OutputIsFolder {
        /// As typed.
        path: PathBuf,
    },
    /// A file could not be read, written or started.
    Io {
        /// The rule that does not hold.
        rule: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's error.
        found: io::Error,
    },
    /// The module that clang has linked did not become a component.
    Componentize {
        /// The output, which was not written.
        output: PathBuf,
        /// The error of the caller's conversion.
        found: Box<dyn StdError + Send + Sync>,
    },
}

impl Error {
    /// For `map_err` on a file operation.
    pub(crate) fn io(
        rule: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |found| Self::Io { rule, path, found }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoClang { tried } => no_clang(f, tried),
            Self::UnusableClang { program, found } => write!(
                f,
                "clang {CLANG_VERSION_MIN} or newer is needed, with its tools; found {found}; at `{}`; install \
                 another, or name one with `COOPT_CLANG`",
                program.display()
            ),
            Self::NoExceptions { version } => write!(
                f,
                "C++ needs clang {CLANG_WITH_EXCEPTIONS} or newer, for exceptions; found version \
                 {version}; install another, or name one with `COOPT_CLANG`"
            ),
            Self::NoSysroot { tried } => write!(
                f,
                "a C library for {TARGET} is needed; found none; at {}; `cargo xtask install` puts \
                 one there, or name one with `--sysroot=`, `COOPT_SYSROOT` or `WASI_SDK_PATH`",
                list(&names(tried)),
            ),
            Self::UnknownOption { option } => unknown_option(f, option),
            Self::BadSwitch { option, value } => write!(
                f,
                "`{option}` is `on` or `off`; found `{option}={value}`; write one of the two",
            ),
            Self::BadThreadCap { value } => write!(
                f,
                "how many threads may live at once is a whole number from 1 to {LIVE_MAX}; found \
                 `--coopt-max-threads={value}`; write one of those, or nothing for {LIVE_DEFAULT}",
            ),
            Self::BadPreempt { value } => write!(
                f,
                "the turn of a thread may end at `spins`, in `loops`, or nowhere with `off`; found \
                 `--coopt-preempt={value}`; write one of the three",
            ),
            Self::BadAbsent { value } => write!(
                f,
                "a function that cannot work `fails` when it is called, or is an `error` of the \
                 linker; found `--coopt-absent={value}`; write one of the two",
            ),
            Self::BadTarget { target } => write!(
                f,
                "`coopt cc` compiles for {}; found the target `{target}`; leave `--target` out, or \
                 call clang itself",
                TARGET,
            ),
            Self::Shared { option } => write!(
                f,
                "a program is linked whole, without shared libraries; found `{option}`; make the \
                 library static, such as with `--disable-shared`, `-DBUILD_SHARED_LIBS=OFF` or \
                 `-Ddefault_library=static`"
            ),
            Self::OutputIsFolder { path } => write!(
                f,
                "the output is a file; found a folder; at `{}`; name a file with `-o`",
                path.display(),
            ),
            Self::Io { rule, path, found } => write!(
                f,
                "{rule}; found: {found}; at `{}`; check its name and its permissions",
                path.display()
            ),
            Self::Componentize { output, found } => {
                write!(f, "`{}` was not written: {found}", output.display())
            }
        }
    }
}

impl StdError for Error {}

fn no_clang(f: &mut fmt::Formatter<'_>, tried: &[String]) -> fmt::Result {
    write!(
        f,
        "clang {CLANG_VERSION_MIN} or newer is needed; found none; at {}; install it (on Debian \
         `clang-22 lld-22 libclang-rt-22-dev-wasm32`), or set `COOPT_CLANG` or `WASI_SDK_PATH`",
        list(tried),
    )
}

fn unknown_option(f: &mut fmt::Formatter<'_>, option: &str) -> fmt::Result {
    write!(
        f,
        "besides clang's options there are `--coopt-threads=on|off`, `--coopt-max-threads=N`, \
         `--coopt-preempt=spins|loops|off`, `--coopt-stack-check=on|off`, \
         `--coopt-call-check=on|off` and `--coopt-absent=fails|error`; found `{option}`; write \
         one of these",
    )
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    let names = paths.iter().map(|path| path.display().to_string());
    names.collect()
}

/// The items in backquotes, with commas between them.
fn list(items: &[String]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
    quoted.join(", ")
}
