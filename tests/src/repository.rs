//! The repository, for tests of the repository itself: its folder, and the report
//! of problems.

use std::path::{Path, PathBuf};

/// The folder of the repository.
///
/// # Errors
///
/// When the folder of this crate has no parent.
pub fn root() -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.map(Path::to_path_buf)
        .ok_or_else(|| "the tests lie in a folder of the repository".to_owned())
}

/// Prints the problems, one a line.
///
/// # Errors
///
/// The number of problems, when there are any.
pub fn fail_with(problems: &[String]) -> Result<(), String> {
    for problem in problems {
        eprintln!("{problem}");
    }
    match problems.len() {
        0 => Ok(()),
        count => Err(format!("{count} problems, printed above")),
    }
}
