//! `cargo xtask conformance`: the Open POSIX Test Suite, run and written down.

use anyhow::Result;

use crate::{command, setup};

/// Runs the suite, writes its table into CONFORMANCE.md and takes the tests
/// that pass off the list of those that are known not to.
///
/// # Errors
/// When set-up fails, or a test does not end as the list says.
pub fn run() -> Result<()> {
    setup::run()?;
    command::run(command::cargo().args(["build", "--quiet", "--package", "coopt"]))?;
    command::run(
        command::cargo()
            .args(["test", "--package", "coopt-tests", "--test", "posix"])
            .env("COOPT_BLESS", "1"),
    )
}
