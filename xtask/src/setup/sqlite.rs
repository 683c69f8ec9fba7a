//! SQLite: a large program in C that nobody here wrote, for tests of threads that
//! work on files.
//!
//! SQLite's authors publish it as one file, its amalgamation. That file comes in the
//! crate `libsqlite3-sys`, so cargo fetches it as it fetches every crate, and no
//! other tool is needed. Nothing else of the crate is used, and nothing of it is in
//! the repository or in our products. SQLite is in the public domain.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::announce::announce;
use crate::{command, folder, layout, stamp};

/// The crate, pinned because the digests below are those of its files.
const CRATE: &str = "libsqlite3-sys";
const CRATE_VERSION: &str = "0.35.0";

/// The version of SQLite in the crate.
const SQLITE_VERSION: &str = "3.50.2";

/// The files, and their SHA-256.
const FILES: [(&str, &str); 2] = [
    (
        "sqlite3.c",
        "c9a0b6829b81d5f1b78392181f09744c818117a725667411d517b98149fcd3be",
    ),
    (
        "sqlite3.h",
        "7db44ac3e95c465c30eea8d45d81474c7cda49ab76e8a681e752e535d1560f2e",
    ),
];

/// The digest that tells one version of SQLite from another.
pub const DIGEST: &str = FILES[0].1;

/// How SQLite is compiled for coopt. Its own choice for WASI locks a database by
/// making a folder, which a program that is killed leaves behind. `sqlite_extra_init`
/// is in `tests/sqlite`.
pub const FLAGS_OF_COOPT: [&str; 2] = [
    "-DSQLITE_DEFAULT_UNIX_VFS=\"unix\"",
    "-DSQLITE_EXTRA_INIT=sqlite_extra_init",
];

/// How SQLite is compiled for this machine. Loading extensions takes a library that
/// not every machine links by itself.
pub const FLAGS_OF_NATIVE: [&str; 1] = ["-DSQLITE_OMIT_LOAD_EXTENSION"];

/// Where `sqlite3.c` and `sqlite3.h` lie.
pub fn folder() -> PathBuf {
    layout::made().join("sqlite")
}

/// Fetches SQLite into [`folder()`].
///
/// # Errors
/// When SQLite cannot be fetched, or is not what it must be.
pub fn ensure() -> Result<()> {
    let home = folder();
    let stamp_file = home.join("stamp");
    if stamp::is_current(&stamp_file, DIGEST) {
        return Ok(());
    }
    announce(&format!(
        "fetching SQLite {SQLITE_VERSION}, which the crate {CRATE} {CRATE_VERSION} brings, to \
         test threads that work on files with a program nobody here wrote"
    ));
    folder::recreate(&home)?;
    let fetched = fetch(&home.join("crate"))?;
    for (name, sha256) in FILES {
        take(&fetched.join(name), &home.join(name), sha256)?;
    }
    // The rest is twice as large as what is used.
    fs::remove_dir_all(home.join("crate")).context("removing what is not needed of SQLite")?;
    stamp::write(&stamp_file, DIGEST)
}

/// Has cargo fetch the crate for a package in `package`, and returns the folder with
/// SQLite in it. cargo compiles nothing.
fn fetch(package: &Path) -> Result<PathBuf> {
    let manifest = package.join("Cargo.toml");
    write(&manifest, &manifest_text())?;
    write(&package.join("lib.rs"), "")?;
    let vendor = package.join("vendor");
    let mut cargo = command::cargo();
    // A registry that the user has put in the place of crates.io serves as well.
    cargo.args(["vendor", "--quiet", "--respect-source-config"]);
    cargo.arg("--manifest-path").arg(&manifest).arg(&vendor);
    command::run_quietly(&mut cargo).context("cargo could not fetch SQLite")?;
    Ok(vendor.join(CRATE).join("sqlite3"))
}

/// A package that depends on the crate and on nothing else, in a workspace of its own.
fn manifest_text() -> String {
    format!(
        "[workspace]\n\n\
         [package]\nname = \"sqlite-source\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lib]\npath = \"lib.rs\"\n\n\
         [dependencies]\n\
         {CRATE} = {{ version = \"={CRATE_VERSION}\", default-features = false }}\n"
    )
}

/// Copies `from`, whose digest must be `sha256`, to `to`.
fn take(from: &Path, to: &Path, sha256: &str) -> Result<()> {
    let found = stamp::sha256(from)?;
    ensure!(
        found == sha256,
        "`{}` must have the SHA-256 {sha256}; it has {found}",
        from.display()
    );
    fs::copy(from, to).with_context(|| format!("copying to `{}`", to.display()))?;
    Ok(())
}

fn write(file: &Path, text: &str) -> Result<()> {
    let parent = file.parent().unwrap_or(file);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(file, text))
        .with_context(|| format!("writing `{}`", file.display()))
}
