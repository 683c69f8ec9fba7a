//! `cargo xtask conformance`: the Open POSIX Test Suite, run and written down.

use anyhow::Result;

use crate::{build, command, setup};

/// Runs the suite, writes its table into CONFORMANCE.md and takes the tests
/// that pass off the list of those that are known not to.
///
/// # Errors
/// When set-up fails, or a test does not end as the list says.
pub fn run() -> Result<()> {
    setup::run()?;
    build::coopt()?;
    command::run(
        build::cargo("test")
            .args(["--package", "coopt-tests", "--test", "posix"])
            .env("COOPT_BLESS", "1"),
    )
}
