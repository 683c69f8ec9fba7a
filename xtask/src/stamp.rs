//! Stamps: a digest of everything a product was made from, kept beside it.
//!
//! A product is current while its stamp is current. Dates play no part: a
//! checkout or a copy changes the dates of unchanged files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

/// The digest of what went into a product so far.
#[derive(Default)]
pub struct Stamp(Sha256);

impl Stamp {
    /// Adds a text: a version, a flag, an edit.
    pub fn text(mut self, text: &str) -> Self {
        self.add(text.as_bytes());
        self
    }

    /// Adds a file, or every file below a folder with its path in the folder. A
    /// missing file or folder counts as empty.
    pub fn tree(self, path: &Path) -> Result<Self> {
        self.files(path, |_| true)
    }

    /// As [`Stamp::tree`], of the files with the extension `extension` alone.
    pub fn tree_of(self, path: &Path, extension: &str) -> Result<Self> {
        self.files(path, |file| file.extension() == Some(extension.as_ref()))
    }

    fn files(mut self, path: &Path, counts: impl Fn(&Path) -> bool) -> Result<Self> {
        for file in files_below(path)? {
            if !counts(&file) {
                continue;
            }
            let name = file.strip_prefix(path).unwrap_or(&file);
            self.add(name.to_string_lossy().as_bytes());
            self.add(&fs::read(&file).with_context(|| format!("reading `{}`", file.display()))?);
        }
        Ok(self)
    }

    /// The stamp in hexadecimal.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }

    /// Each part goes in with its length, so that parts cannot run together.
    fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }
}

/// Whether `file` holds `stamp`.
pub fn is_current(file: &Path, stamp: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|found| found.trim_end() == stamp)
}

/// Writes `stamp` to `file`: the last step in making a product.
pub fn write(file: &Path, stamp: &str) -> Result<()> {
    fs::write(file, format!("{stamp}\n")).with_context(|| format!("writing `{}`", file.display()))
}

/// Whether `product` is there and was made from what has this stamp, as [`keep`] noted.
pub fn is_kept(product: &Path, stamp: &str) -> bool {
    product.is_file() && is_current(&beside(product), stamp)
}

/// Notes what `product` was made from: the last step in making it.
pub fn keep(product: &Path, stamp: &str) -> Result<()> {
    write(&beside(product), stamp)
}

/// The stamp's file beside a product.
fn beside(product: &Path) -> PathBuf {
    product.with_extension("stamp")
}

/// The SHA-256 of a file, in hexadecimal.
pub fn sha256(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("reading `{}`", file.display()))?;
    Ok(hex(&Sha256::digest(bytes)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All files below `path` (or `path` itself), in a fixed order. Folders named
/// `target` are left out: they hold what cargo built.
fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .with_context(|| format!("listing `{}`", path.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    let mut files = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.ends_with("target")) {
        files.extend(files_below(entry)?);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let split = Stamp::default().text("ab").text("c").finish();
        let other = Stamp::default().text("a").text("bc").finish();
        assert_ne!(split, other);
    }

    #[test]
    fn what_is_missing_counts_as_empty() {
        let missing = Stamp::default()
            .tree(Path::new("no/such/folder"))
            .expect("a missing tree is no error");
        assert_eq!(missing.finish(), Stamp::default().finish());
    }
}
