//! Writing a file whole (F1).

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;

use crate::interrupt;
use crate::temporary::Temporary;

/// Writes `bytes` to the file `path`. A symbolic link keeps pointing where it
/// did; a device or a pipe is written to.
///
/// # Errors
///
/// Those of the file system.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, bytes, None)
}

/// As [`write()`], and the file has `permissions`. Those of a device or a pipe
/// stay.
///
/// # Errors
///
/// Those of the file system.
pub fn write_with(path: &Path, bytes: &[u8], permissions: Permissions) -> io::Result<()> {
    put(path, bytes, Some(permissions))
}

fn put(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    match fs::canonicalize(path) {
        Ok(target) if target.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(target) if !target.is_file() => OpenOptions::new()
            .write(true)
            .open(target)?
            .write_all(bytes),
        Ok(target) => replace(&target, bytes, permissions),
        Err(_) => replace(path, bytes, permissions),
    }
}

fn replace(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    // Made before `temporary`, so dropped after it: the removal is shielded, too.
    let _shield = interrupt::shield();
    let temporary = Temporary::beside(path)?;
    let mut file = File::create_new(temporary.path())?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(bytes)?;
    // Before the rename, so that a loss of power cannot leave the name with
    // half of its bytes.
    file.sync_data()?;
    fs::rename(temporary.path(), path)
}
