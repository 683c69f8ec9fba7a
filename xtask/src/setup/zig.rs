//! A Zig compiler.
//!
//! Zig makes threaded modules without a C library, stripped and with unnamed
//! globals. So the demo and the tests get modules that clang does not make.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::pypi::{self, Package};

const PACKAGE: Package = Package {
    folder: "zig",
    requirement: "ziglang==0.17.1",
    why: "for tests of zig's output",
};

/// The Zig compiler.
pub struct Zig {
    python: PathBuf,
}

impl Zig {
    /// `zig`, to be given its arguments.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.args(["-m", "ziglang"]);
        command
    }
}

/// Installs Zig where that is possible.
///
/// # Errors
/// When the folder of what set-up makes cannot be written to.
pub fn ensure() -> Result<Option<Zig>> {
    let programs = pypi::ensure(&PACKAGE)?;
    Ok(programs.map(|programs| Zig {
        python: programs.join("python"),
    }))
}
