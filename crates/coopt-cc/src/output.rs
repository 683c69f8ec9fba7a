//! Files that appear whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;

/// A file that goes away again.
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    /// A name in the folder of `output`, so that a rename can put it there.
    /// The process's id keeps builds that run side by side apart.
    pub(crate) fn beside(output: &Path, purpose: &str) -> Self {
        let mut name = std::ffi::OsString::from(".");
        name.push(output.file_name().unwrap_or_default());
        name.push(format!(".{}.{purpose}", std::process::id()));
        Self(output.with_file_name(name))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may never have been made, or be renamed by now.
        let _ = fs::remove_file(&self.0);
    }
}

/// Where `output` really is: a component is written through a symbolic link.
///
/// # Errors
///
/// [`Error::OutputIsFolder`], or [`Error::Io`] when its folder does not exist.
pub(crate) fn resolve(output: &Path) -> Result<PathBuf, Error> {
    let resolved = match fs::canonicalize(output) {
        Ok(existing) => existing,
        Err(_) => in_existing_folder(output)?,
    };
    if resolved.is_dir() {
        return Err(Error::OutputIsFolder {
            path: output.to_path_buf(),
        });
    }
    Ok(resolved)
}

fn in_existing_folder(output: &Path) -> Result<PathBuf, Error> {
    let Some(name) = output.file_name() else {
        return Err(Error::OutputIsFolder {
            path: output.to_path_buf(),
        });
    };
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = fs::canonicalize(folder).map_err(Error::io("writing", output))?;
    Ok(folder.join(name))
}

/// Writes `bytes` to `output`, with the permissions of `like`.
pub(crate) fn write(output: &Path, bytes: &[u8], like: &Path) -> Result<(), Error> {
    // A device, such as the null one, must stay what it is.
    let is_special = fs::metadata(output).is_ok_and(|found| !found.is_file());
    if is_special {
        return fs::write(output, bytes).map_err(Error::io("writing", output));
    }
    let temporary = Temporary::beside(output, "component");
    fs::write(temporary.path(), bytes).map_err(Error::io("writing", temporary.path()))?;
    if let Ok(found) = fs::metadata(like) {
        fs::set_permissions(temporary.path(), found.permissions())
            .map_err(Error::io("setting the permissions of", temporary.path()))?;
    }
    fs::rename(temporary.path(), output).map_err(Error::io("writing", output))
}
