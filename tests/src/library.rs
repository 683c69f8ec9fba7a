//! Libraries that programs are linked with, which set-up fetches.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use coopt_cc::Clang;
use xtask::setup::sqlite;
use xtask::stamp::{self, Stamp};

use crate::machine::{self, Machine};
use crate::process;

/// A library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Library {
    /// SQLite, serialized, so that threads may share a connection.
    Sqlite,
}

/// What a library is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// coopt, with its own C library.
    Coopt,
    /// This machine.
    Native,
}

/// Nobody here mends the warnings of SQLite. It is large, and optimising it more
/// takes longer than the tests run.
const SQLITE_FLAGS: [&str; 3] = ["-O1", "-w", "-DSQLITE_THREADSAFE=1"];

/// SQLite is compiled within half a minute, and within a few on a busy machine.
const LIMIT: Duration = Duration::from_secs(600);

impl Library {
    /// The library that expectations call `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        (name == "sqlite").then_some(Self::Sqlite)
    }

    /// What the command that compiles and links a program has to say for the library,
    /// whose object is `object`.
    #[must_use]
    pub fn words(self, machine: &Machine, side: Side, object: &Path) -> Vec<OsString> {
        let mut words = vec!["-I".into(), sqlite::folder().into(), object.into()];
        if side == Side::Coopt {
            words.push(machine.root.join("tests/sqlite/extra_init.c").into());
        }
        words
    }

    /// Compiles the library for `side`, unless an earlier run has, and returns its
    /// object. `sysroot` is the C library of programs for coopt.
    ///
    /// # Errors
    /// What the compiler said.
    pub fn object(self, machine: &Machine, side: Side, sysroot: &Path) -> Result<PathBuf, String> {
        let name = match side {
            Side::Coopt => "coopt",
            Side::Native => "native",
        };
        let object = machine.work.join(format!("sqlite.{name}.o"));
        let stamp_file = object.with_extension("stamp");
        let stamp = stamp(machine, side, sysroot)?;
        if !(object.is_file() && stamp::is_current(&stamp_file, &stamp)) {
            let mut compiler = compiler(machine, side)?;
            compiler.args(flags(side)).arg("-c").arg("-o").arg(&object);
            compiler.arg(sqlite::folder().join("sqlite3.c"));
            process::succeed(&mut compiler, LIMIT)?;
            stamp::write(&stamp_file, &stamp).map_err(|error| format!("{error:#}"))?;
        }
        Ok(object)
    }
}

fn flags(side: Side) -> Vec<&'static str> {
    let of_side: &[&str] = match side {
        Side::Coopt => &sqlite::FLAGS_OF_COOPT,
        Side::Native => &sqlite::FLAGS_OF_NATIVE,
    };
    [&SQLITE_FLAGS, of_side].concat()
}

fn compiler(machine: &Machine, side: Side) -> Result<Command, String> {
    match side {
        Side::Coopt => {
            let mut coopt = machine.coopt();
            coopt.arg("cc");
            Ok(coopt)
        }
        Side::Native => machine::command(&machine.cc),
    }
}

/// The digest of what goes into the object: SQLite, the flags, the compiler, and for
/// coopt its headers and what `coopt cc` tells clang. It leaves out the rest of coopt,
/// which changes often and does nothing to an object.
fn stamp(machine: &Machine, side: Side, sysroot: &Path) -> Result<String, String> {
    let stamp = Stamp::default()
        .text(sqlite::DIGEST)
        .text(&flags(side).join("\n"))
        .text(&compiler_version(machine, side)?);
    let stamp = match side {
        Side::Native => Ok(stamp),
        Side::Coopt => stamp
            .tree(&sysroot.join("include"))
            .and_then(|stamp| stamp.tree(&machine.root.join("crates/coopt-cc/src"))),
    };
    stamp
        .map(Stamp::finish)
        .map_err(|error| format!("{error:#}"))
}

fn compiler_version(machine: &Machine, side: Side) -> Result<String, String> {
    let mut compiler = match side {
        Side::Coopt => Command::new(Clang::find().map_err(|error| error.to_string())?.program()),
        Side::Native => machine::command(&machine.cc)?,
    };
    process::succeed(compiler.arg("--version"), LIMIT)
}
