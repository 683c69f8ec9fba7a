//! Where the component goes, and the core module before it.

use std::fs;
use std::path::{Path, PathBuf};

use coopt_files::TemporaryFolder;

use crate::error::Error;

/// The rule for outputs.
const WRITABLE: &str = "the output must be writable";

/// The file that `output` stands for when symbolic links are followed.
///
/// # Errors
///
/// [`Error::OutputIsFolder`], or [`Error::Io`] when the output's folder does not
/// exist.
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
    let folder = fs::canonicalize(folder).map_err(Error::io(WRITABLE, output))?;
    Ok(folder.join(name))
}

/// Where clang links to: beside the output, or in the system's temporary folder
/// when the output is a device or a pipe, whose folder is no place for ours. The
/// linker writes the name of its output into it, so that is the same each time.
pub(crate) fn core_module(output: &Path) -> Result<TemporaryFolder, Error> {
    let is_special = fs::metadata(output).is_ok_and(|found| !found.is_file());
    let module = if is_special {
        TemporaryFolder::beside(&std::env::temp_dir().join("coopt-cc"))
    } else {
        TemporaryFolder::beside(output)
    };
    module.map_err(Error::io(WRITABLE, output))
}

/// Writes `component` to `output`, with the permissions that clang gave
/// `module`.
pub(crate) fn write(output: &Path, component: &[u8], module: &Path) -> Result<(), Error> {
    fs::metadata(module)
        .and_then(|found| coopt_files::write_with(output, component, found.permissions()))
        .map_err(Error::io(WRITABLE, output))
}
