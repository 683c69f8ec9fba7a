//! What must be in order beside the tests: format, lints, documentation.

use anyhow::Result;

use crate::setup::{self, Machine};
use crate::{command, layout};

/// The workspaces beside the main workspace. Their code is for wasm, or needs
/// tools that not every machine has.
const OTHER_WORKSPACES: [&str; 4] = ["wasm", "examples/rust", "tests/rust", "fuzz"];

pub fn formatting() -> Result<()> {
    command::run(command::cargo().args(["fmt", "--all", "--check"]))?;
    for name in OTHER_WORKSPACES {
        let folder = layout::root().join(name);
        if folder.join("Cargo.toml").is_file() {
            command::run(
                command::cargo()
                    .args(["fmt", "--all", "--check"])
                    .current_dir(folder),
            )?;
        }
    }
    Ok(())
}

pub fn lints(machine: &Machine) -> Result<()> {
    command::run(command::cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))?;
    setup::wasm::lint(&machine.clang)
}

pub fn documentation() -> Result<()> {
    command::run(
        command::cargo()
            .args([
                "doc",
                "--workspace",
                "--no-deps",
                "--document-private-items",
                "--quiet",
            ])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}
