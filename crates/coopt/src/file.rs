//! Reading the file that the command line names.

use std::path::Path;
use std::{fs, io};

use crate::failure::Failure;

/// The bytes of a program.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::IsADirectory => Failure::InputIsFolder(path.to_owned()),
        _ => Failure::Read(path.to_owned(), error),
    })
}
