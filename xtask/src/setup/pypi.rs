//! Tools that PyPI has as packages, in private Python environments.
//!
//! Most tools are optional. Without Python or the network, the tests that need such a
//! tool are left out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

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

/// Where the environment of a package that is installed has the modules of Python.
///
/// # Errors
/// When the environment has no such folder.
pub fn modules(package: &Package) -> Result<PathBuf> {
    let lib = home(package).join("lib");
    let mut versions =
        fs::read_dir(&lib).with_context(|| format!("listing `{}`", lib.display()))?;
    let folder = versions.find_map(|version| {
        let folder = version.ok()?.path().join("site-packages");
        folder.is_dir().then_some(folder)
    });
    folder.with_context(|| format!("`{}` must have a folder of Python's modules", lib.display()))
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
