//! The copies of the crates in which mutants live.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::list::Mutant;
use crate::{layout, patch};

/// The crates that are mutated, those they use, and coopt-sim, which tests them.
const CRATES: [&str; 5] = [
    "coopt-abi",
    "coopt-sched",
    "coopt-sync",
    "coopt-threads",
    "coopt-sim",
];

/// A workspace with copies of [`CRATES`].
pub struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Brings the copy `number` up to date. An unchanged file is not rewritten,
    /// so cargo does not rebuild its crate.
    pub fn ensure(number: usize) -> Result<Self> {
        let folder = layout::root().join(format!("target/mutants/{number}"));
        let crates = folder.join("crates");
        for name in CRATES {
            copy_tree(
                &layout::root().join("crates").join(name),
                &crates.join(name),
            )?;
        }
        let lock = layout::root().join("Cargo.lock");
        write_if_changed(&folder.join("Cargo.lock"), &read(&lock)?)?;
        write_if_changed(&folder.join("Cargo.toml"), &manifest()?)?;
        Ok(Self { folder })
    }

    /// The folder with the `Cargo.toml` of the workspace.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Calls `act` while the copy is changed to the mutant. The original is put
    /// back whatever `act` returns.
    pub fn with<T>(&self, mutant: &Mutant, act: impl FnOnce() -> Result<T>) -> Result<T> {
        let originals = files(mutant, &self.folder.join("crates"))?;
        patch::to_folder(
            std::slice::from_ref(&mutant.patch),
            &self.folder.join("crates"),
        )?;
        let outcome = act();
        for (file, text) in &originals {
            write(file, text)?;
        }
        outcome
    }
}

/// Checks that the patch of a mutant fits the crates of the tree.
///
/// # Errors
/// When a hunk does not fit, or a file cannot be read.
pub fn check(mutant: &Mutant) -> Result<()> {
    let crates = layout::root().join("crates");
    for (path, source) in files(mutant, &crates)? {
        let file = path.strip_prefix(&crates).unwrap_or(&path);
        let patches = std::slice::from_ref(&mutant.patch);
        patch::to_text(patches, &file.display().to_string(), &source)
            .context("the code has changed, so change `mutants.txt` with it")?;
    }
    Ok(())
}

/// The files that a mutant changes, with their contents.
fn files(mutant: &Mutant, crates: &Path) -> Result<BTreeMap<PathBuf, String>> {
    let files = mutant.patch.files.iter().map(|of| crates.join(&of.file));
    files
        .map(|file| {
            let text = read(&file)?;
            Ok((file, text))
        })
        .collect()
}

/// The manifest of the main workspace, with [`CRATES`] only for members, and
/// without debug information, which takes time to write.
fn manifest() -> Result<String> {
    let text = read(&layout::root().join("Cargo.toml"))?;
    let lines = text.lines().map(|line| {
        if line.starts_with("members = ") {
            "members = [\"crates/*\"]"
        } else if line.starts_with("debug = ") {
            "debug = false"
        } else {
            line
        }
    });
    Ok(lines.map(|line| format!("{line}\n")).collect())
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    let listing = || format!("listing `{}`", from.display());
    for entry in fs::read_dir(from).with_context(listing)? {
        let entry = entry.with_context(listing)?;
        let target = to.join(entry.file_name());
        if entry.file_type().with_context(listing)?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            write_if_changed(&target, &read(&entry.path())?)?;
        }
    }
    remove_others(to, from)
}

/// Removes from `folder` the entries that `original` does not have.
fn remove_others(folder: &Path, original: &Path) -> Result<()> {
    let listing = || format!("listing `{}`", folder.display());
    for entry in fs::read_dir(folder).with_context(listing)? {
        let path = entry.with_context(listing)?.path();
        let has_original = path
            .file_name()
            .is_some_and(|name| original.join(name).exists());
        if !has_original {
            let removed = if path.is_dir() {
                fs::remove_dir_all(&path)
            } else {
                fs::remove_file(&path)
            };
            removed.with_context(|| format!("removing `{}`", path.display()))?;
        }
    }
    Ok(())
}

fn write_if_changed(file: &Path, text: &str) -> Result<()> {
    let same = fs::read_to_string(file).is_ok_and(|found| found == text);
    if same { Ok(()) } else { write(file, text) }
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading `{}`", file.display()))
}

fn write(file: &Path, text: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making `{}`", folder.display()))?;
    }
    fs::write(file, text).with_context(|| format!("writing `{}`", file.display()))
}
