//! `cargo xtask test` and `cargo xtask ci`.

use std::fmt;

use anyhow::Result;

use crate::setup::{self, Machine};
use crate::{command, layout, mutants};

/// Workspaces beside the main one, whose code is for wasm or needs tools not
/// every machine has.
const OTHER_WORKSPACES: [&str; 4] = ["guest", "examples/rust", "tests/guest-rust", "fuzz"];

/// How the runner of the Open POSIX Test Suite begins its result.
const POSIX: &str = "posix: ";

/// Runs every test, and then tests some of them: see [`mutants`].
///
/// # Errors
/// When a test fails, a mutant survives or set-up fails.
pub fn test() -> Result<()> {
    setup::run()?;
    let mut tally = Tally::default();
    let mut posix = None;
    let outcome = command::run_watched(
        command::cargo().args(["test", "--workspace", "--no-fail-fast"]),
        |line| {
            tally.add(line);
            if line.starts_with(POSIX) {
                posix = Some(line.to_owned());
            }
        },
    );
    println!("\ntotal: {tally}");
    // Hundreds of lines further up by now.
    posix.iter().for_each(|line| println!("{line}"));
    outcome?;
    mutants::run()
}

/// The results of all test runners that `cargo test` starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
    ignored: u32,
}

impl Tally {
    /// Adds a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
    fn add(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        for part in result.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let (Some(count), Some(what)) = (words.next(), words.next()) else {
                continue;
            };
            let counter = match what {
                "passed" => &mut self.passed,
                "failed" => &mut self.failed,
                "ignored" => &mut self.ignored,
                _ => continue,
            };
            *counter += count.parse().unwrap_or(0);
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            passed,
            failed,
            ignored,
        } = self;
        write!(f, "{passed} passed, {failed} failed, {ignored} skipped")
    }
}

/// Everything a change must pass, the quick checks first.
pub fn ci() -> Result<()> {
    formatting()?;
    lints(&setup::run()?)?;
    documentation()?;
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

fn lints(machine: &Machine) -> Result<()> {
    command::run(command::cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))?;
    setup::guest::lint(&machine.clang)
}

fn documentation() -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_add_up() {
        let mut tally = Tally::default();
        tally.add("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s");
        tally.add("test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured");
        tally.add("test a_test ... ok");
        assert_eq!(tally.to_string(), "5 passed, 4 failed, 1 skipped");
    }
}
