//! Reading files.

use std::fs;
use std::path::Path;

/// Reads a text.
///
/// # Errors
/// A text that names the file.
pub fn read_file(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("reading `{}`: {error}", file.display()))
}
