//! Building what is compiled for this machine.

use std::process::Command;

use anyhow::Result;

use crate::command;

/// The package whose features choose those of Wasmtime.
const COMMAND: &str = "coopt";

/// `cargo` with a subcommand for the command and for packages to be added.
/// Every call names the command, so that all of them choose the same features
/// and each finds what the others compiled.
pub fn cargo(subcommand: &str) -> Command {
    let mut cargo = command::cargo();
    cargo.args([subcommand, "--package", COMMAND]);
    cargo
}

/// Builds the command, and nothing beside it.
///
/// # Errors
/// When it does not compile.
pub fn coopt() -> Result<()> {
    command::run(&mut cargo("build"))
}
