//! A Zig compiler, in a private Python environment.
//!
//! Zig makes threaded modules without any C library, stripped and with
//! unnamed globals: a second shape of input for the tests and the demo. It is
//! optional: without Python or the network they leave it out.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::announce;
use crate::stamp;
use crate::{command, layout};

/// The package, at the version the tests were written against.
const PACKAGE: &str = "ziglang==0.17.1";

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
pub fn ensure() -> Result<Option<Zig>> {
    let home = layout::made().join("zig");
    let stamp_file = home.join("stamp");
    let python = home.join("bin/python");
    if stamp::is_current(&stamp_file, PACKAGE) {
        return Ok(Some(Zig { python }));
    }
    announce(&format!("installing {PACKAGE} for tests of zig's output"));
    if !install(&home, &python) {
        announce(
            "zig could not be installed (it takes python3 with venv, and a network): going on without",
        );
        return Ok(None);
    }
    stamp::write(&stamp_file, PACKAGE)?;
    Ok(Some(Zig { python }))
}

fn install(home: &Path, python: &Path) -> bool {
    command::succeeds(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(home),
    ) && command::succeeds(Command::new(python).args(["-m", "pip", "install", "--quiet", PACKAGE]))
}
