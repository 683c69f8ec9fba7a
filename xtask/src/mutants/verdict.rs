//! What the tests say about the code in the workspace.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::workspace::Workspace;
use crate::command;

/// How long all tests may take. Without a mutant the tests take a fraction of
/// the limit, even on busy processors, so tests that take longer hang.
const LIMIT: Duration = Duration::from_secs(180);

/// How long the tests of one family may take until one fails.
const FAMILY_LIMIT: Duration = Duration::from_secs(20);

/// How often to ask whether the tests have ended.
const POLL_EVERY: Duration = Duration::from_millis(10);

/// What the tests say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    Failed,
    /// The tests did not end in time.
    Hung,
}

/// Builds and runs all tests.
///
/// # Errors
/// When the tests do not build or do not start.
pub fn of_all(workspace: &Workspace) -> Result<Verdict> {
    let mut tests = Command::new(build(workspace)?);
    wait(start(&mut tests)?, LIMIT)
}

/// Builds the tests and runs those whose name contains `family`, until one
/// fails.
///
/// # Errors
/// As [`of_all`].
pub fn of_family(workspace: &Workspace, family: &str) -> Result<Verdict> {
    let mut tests = Command::new(build(workspace)?);
    tests.arg(family).env("COOPT_SIM_FAIL_FAST", "1");
    wait(start(&mut tests)?, FAMILY_LIMIT)
}

fn start(tests: &mut Command) -> Result<Child> {
    tests
        .env("RUST_BACKTRACE", "0")
        .env_remove("COOPT_SIM_REPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("`{}` did not start", command::line(tests)))
}

fn wait(mut child: Child, limit: Duration) -> Result<Verdict> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().context("waiting for the tests")? {
            return Ok(if status.success() {
                Verdict::Passed
            } else {
                Verdict::Failed
            });
        }
        if started.elapsed() > limit {
            child.kill().context("ending tests that hang")?;
            child.wait().context("waiting for the tests")?;
            return Ok(Verdict::Hung);
        }
        thread::sleep(POLL_EVERY);
    }
}

/// Builds the tests and returns where they lie.
fn build(workspace: &Workspace) -> Result<PathBuf> {
    let messages = command::capture(
        command::cargo()
            .args(["test", "--offline", "--no-run", "--quiet"])
            .args(["--package", "coopt-sim", "--test", "sim"])
            .args(["--message-format", "json"])
            .arg("--target-dir")
            .arg(workspace.folder().join("target"))
            // A mutant may leave code unused, of which the compiler would warn.
            .env("RUSTFLAGS", "-Awarnings")
            .current_dir(workspace.folder()),
    )?;
    executable(&messages).context("cargo did not say where the tests are")
}

/// The program that cargo's messages name.
fn executable(messages: &str) -> Option<PathBuf> {
    let (_, rest) = messages.rsplit_once("\"executable\":\"")?;
    let (path, _) = rest.split_once('"')?;
    Some(path.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_found_among_the_messages() {
        let messages = "{\"executable\":null}\n{\"a\":1,\"executable\":\"/x/sim-0\",\"b\":2}\n{}";
        assert_eq!(executable(messages), Some("/x/sim-0".into()));
        assert_eq!(executable("{\"executable\":null}"), None);
    }

    #[test]
    fn a_hang_is_told_from_a_failure_and_a_success() {
        let run = |script| {
            let child = Command::new("sh").args(["-c", script]).spawn();
            wait(child.expect("it starts"), Duration::from_millis(500)).expect("a verdict")
        };
        assert_eq!(run("exit 0"), Verdict::Passed);
        assert_eq!(run("exit 1"), Verdict::Failed);
        assert_eq!(run("exec sleep 60"), Verdict::Hung);
    }
}
