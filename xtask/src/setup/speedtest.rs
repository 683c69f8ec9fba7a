//! speedtest1, the benchmark that SQLite's authors measure SQLite with.
//!
//! It is one file of SQLite's sources, and the amalgamation (`super::sqlite`) does
//! not have it. So it is taken from Debian's source package, for benchmarks alone.
//! SQLite is in the public domain, and nothing of it is in the repository.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::debian::SourcePackage;
use crate::{layout, stamp};

/// SQLite, as Debian has it. The version is older than the amalgamation's, and the
/// benchmark works with both.
const PACKAGE: SourcePackage = SourcePackage {
    package: "sqlite3",
    release: "bookworm",
    tarball: "sqlite3_3.40.1.orig.tar.xz",
    sha256: "aaa776260ab4dc976db34aa7891819484c8676b5b2783123ebc6301e2ca5d655",
    why: "for its benchmark speedtest1",
};

/// The digest that tells one version of the benchmark from another.
pub const DIGEST: &str = PACKAGE.sha256;

/// The file in the package.
const IN_PACKAGE: &str = "test/speedtest1.c";

/// The benchmark.
pub fn file() -> PathBuf {
    folder().join("speedtest1.c")
}

fn folder() -> PathBuf {
    layout::made().join("speedtest")
}

/// Fetches the benchmark.
///
/// # Errors
/// When it cannot be fetched, or is not what it must be.
pub fn ensure() -> Result<()> {
    let stamp_file = folder().join("stamp");
    if file().is_file() && stamp::is_current(&stamp_file, DIGEST) {
        return Ok(());
    }
    let package = folder().join("package");
    PACKAGE.unpack(&package)?;
    fs::copy(package.join(IN_PACKAGE), file()).context("copying speedtest1.c")?;
    // The rest is all of SQLite, with its tests.
    fs::remove_dir_all(&package).context("removing what is not needed of SQLite")?;
    stamp::write(&stamp_file, DIGEST)
}
