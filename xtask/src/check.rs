//! `cargo xtask test` and `cargo xtask ci`.

use anyhow::Result;

use crate::{command, layout, setup};

/// Workspaces beside the main one. Their code is for wasm or needs tools not
/// every machine has; their formatting can be checked anywhere.
const OTHER_WORKSPACES: [&str; 4] = ["guest", "examples/rust", "tests/guest-rust", "fuzz"];

/// Runs every test.
pub fn test() -> Result<()> {
    setup::run()?;
    command::run(command::cargo().args(["test", "--workspace", "--no-fail-fast"]))
}

/// Everything a change must pass, the quick checks first.
pub fn ci() -> Result<()> {
    formatting()?;
    setup::run()?;
    command::run(command::cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))?;
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
    )?;
    test()
}

fn formatting() -> Result<()> {
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
