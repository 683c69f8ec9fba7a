//! The patches in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::parse::{Patch, parse};
use crate::folder::files;
use crate::layout;

/// Reads the patches in `folder`, each of which says why it is there.
///
/// # Errors
/// When a file cannot be read, is no patch, or does not say why.
pub fn read_all(folder: &Path) -> Result<Vec<Patch>> {
    let read = |file: PathBuf| {
        let name = file.strip_prefix(layout::root()).unwrap_or(&file);
        let name = name.display().to_string();
        let text = fs::read_to_string(&file).with_context(|| format!("reading `{name}`"))?;
        let patch = parse(&name, &text)?;
        ensure!(
            !patch.why.trim().is_empty(),
            "patch `{name}` must begin with a paragraph that says why it is needed"
        );
        Ok(patch)
    };
    let files = files(folder, "patch")?;
    files.into_iter().map(read).collect()
}
