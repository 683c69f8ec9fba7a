//! `coopt run` as cargo's runner, for a Rust crate with tests of its own.

use std::time::Duration;

use xtask::programs::Std;

use crate::build::cargo_for_wasm;
use crate::machine::Machine;
use crate::process::{self, End};

/// libtest may have to be compiled first.
const LIMIT: Duration = Duration::from_secs(600);

/// What libtest says when all tests of `tests/rust/tests/std_threads.rs` pass.
const TESTS: &str = "5 passed; 0 failed";

/// `cargo test` of a crate whose tests use threads: libtest and the tests run
/// under `coopt run`, and their result is cargo's.
///
/// # Errors
/// What cargo printed, when a test failed or none ran.
pub fn cargo_test(machine: &Machine) -> Result<(), String> {
    let folder = machine.root.join("tests/rust");
    let runner = format!("{} run", machine.coopt.display());
    let mut cargo = cargo_for_wasm("test", &folder, Std::Test)?;
    cargo
        .args(["--quiet", "--test", "std_threads", "--", "--test-threads=4"])
        .env("CARGO_TARGET_WASM32_WASIP1_THREADS_RUNNER", runner);
    let outcome = process::run(&mut cargo, LIMIT)?;
    if outcome.end == End::Exit(0) && outcome.stdout.contains(TESTS) {
        return Ok(());
    }
    Err(format!(
        "`cargo test` ended with {:?}; it printed:\n{}{}",
        outcome.end, outcome.stdout, outcome.stderr
    ))
}
