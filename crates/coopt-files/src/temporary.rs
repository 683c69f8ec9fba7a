//! Files that are not complete yet.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::{fs, io, process};

/// How the name of a temporary file ends.
const SUFFIX: &str = ".coopt-tmp";

/// The name of a file. Dropping the value removes the file, unless the file was
/// renamed.
#[derive(Debug)]
pub struct Temporary(PathBuf);

impl Temporary {
    /// A name in the folder of `path`, because a rename cannot leave its file
    /// system. No other process and no other thread uses the name.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidFilename`] when `path` does not end in a name.
    pub fn beside(path: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut temporary = OsString::from(".");
        temporary.push(name);
        temporary.push(format!(".{}.{number}{SUFFIX}", process::id()));
        Ok(Self(path.with_file_name(temporary)))
    }

    /// Where the file is, or will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // There may be no file: it was renamed, or never made.
        let _ = fs::remove_file(&self.0);
    }
}

/// A file that has its name already, in a folder of its own: for tools that write the name of their
/// output into it. Dropping the value removes both.
#[derive(Debug)]
pub struct TemporaryFolder {
    folder: Temporary,
    file: PathBuf,
}

impl TemporaryFolder {
    /// Makes the folder beside `path`, whose name the file has.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidFilename`] when `path` does not end in a name; or what the system
    /// says when the folder cannot be made.
    pub fn beside(path: &Path) -> io::Result<Self> {
        let folder = Temporary::beside(path)?;
        fs::create_dir(folder.path())?;
        let file = folder.path().join(path.file_name().unwrap_or_default());
        Ok(Self { folder, file })
    }

    /// Where the file is, or will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // A folder that cannot be removed does no harm.
        let _ = fs::remove_dir_all(self.folder.path());
    }
}

/// Whether `path` is the name of a [`Temporary`], of this process or another.
#[must_use]
pub fn is_temporary(path: &Path) -> bool {
    path.to_string_lossy().ends_with(SUFFIX)
}
