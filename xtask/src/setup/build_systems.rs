//! `CMake`, meson and ninja, by which tests build an example. autoconf and make are the machine's own.

use std::path::PathBuf;

use anyhow::Result;

use super::pypi::{self, Package};

const PACKAGE: Package = Package {
    folder: "build-systems",
    requirement: "cmake==4.4.5 meson==1.12.1 ninja==1.13.2",
    why: "to test that they build programs with coopt",
};

/// Installs the tools where that is possible.
///
/// # Errors
/// When the folder of what set-up makes cannot be written to.
pub fn ensure() -> Result<()> {
    pypi::ensure(&PACKAGE).map(|_| ())
}

/// The folder of the tools, if they were installed.
#[must_use]
pub fn programs() -> PathBuf {
    pypi::home(&PACKAGE).join("bin")
}
