//! Files that appear whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::interrupt;

/// How the name of a file not yet complete ends.
pub(crate) const TEMPORARY: &str = ".coopt-tmp";

/// Writes `bytes` to `path`. A reader sees what was there before or all of
/// `bytes`, whatever happens in between. A symbolic link keeps pointing where
/// it did; a device or a pipe is written to.
///
/// # Errors
///
/// Those of the file system; nothing new is left behind then.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::canonicalize(path) {
        Ok(target) if target.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(target) if !target.is_file() => OpenOptions::new()
            .write(true)
            .open(target)?
            .write_all(bytes),
        Ok(target) => replace(&target, bytes),
        Err(_) => replace(path, bytes),
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = temporary_beside(path)?;
    let _shield = interrupt::shield();
    let written = fill(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // The first error is the one worth telling.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// On the disk before it gets its name, so that a loss of power cannot leave
/// a name with half of its bytes.
fn fill(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_data()
}

/// A name in the same folder (a rename cannot leave its file system) that
/// nobody else uses: not another process, not another thread.
fn temporary_beside(path: &Path) -> io::Result<PathBuf> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let mut temporary = std::ffi::OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}.{number}{TEMPORARY}", process::id()));
    Ok(path.with_file_name(temporary))
}
