//! The repository as something that is tested itself: where it is, and what is
//! wrong with it.

use std::path::{Path, PathBuf};

/// The folder of the repository.
///
/// # Errors
///
/// When the crate has been taken out of it.
pub fn root() -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.map(Path::to_path_buf)
        .ok_or_else(|| "the tests lie in a folder of the repository".to_owned())
}

/// Prints what is wrong, one problem a line.
///
/// # Errors
///
/// When there are any; it says how many.
pub fn fail_with(problems: &[String]) -> Result<(), String> {
    for problem in problems {
        eprintln!("{problem}");
    }
    match problems.len() {
        0 => Ok(()),
        count => Err(format!("{count} problems, printed above")),
    }
}
