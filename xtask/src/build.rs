//! Building what is compiled for this machine.

use std::process::Command;

use anyhow::Result;

use crate::command;

/// The package whose features choose those of Wasmtime.
const COMMAND: &str = "coopt";

/// `cargo` with a subcommand for the package [`COMMAND`]; the caller may add
/// packages. Every cargo command names that package, so that all choose the same
/// features and each finds what the others compiled.
pub fn cargo(subcommand: &str) -> Command {
    let mut cargo = command::cargo();
    cargo.args([subcommand, "--package", COMMAND]);
    cargo
}

/// Builds the `coopt` command only.
///
/// # Errors
/// When the command does not compile.
pub fn coopt() -> Result<()> {
    command::run(&mut cargo("build"))
}
