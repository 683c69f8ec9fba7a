//! Folders, as a whole.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Empties `folder`, or makes it.
///
/// # Errors
/// When the folder cannot be removed or made.
pub fn recreate(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying `{}`", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("making `{}`", folder.display()))
}

/// Copies the contents of `from` into the folder `to`.
pub fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("making `{}`", to.display()))?;
    let entries = fs::read_dir(from).with_context(|| format!("listing `{}`", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)
                .with_context(|| format!("copying to `{}`", target.display()))?;
        }
    }
    Ok(())
}

/// The files in `folder` with the extension `extension`, by name; none when
/// the folder is not there.
pub fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .with_context(|| format!("listing `{}`", folder.display()))?;
    files.retain(|file| file.extension() == Some(OsStr::new(extension)));
    files.sort();
    Ok(files)
}
