//! `cargo xtask`: everything one does in a clone.

use std::process::ExitCode;

use clap::Parser;
use xtask::{bench, check, conformance, demo, install, setup};

/// The workshop of coopt.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Task {
    /// Install and build whatever is missing; says what, and why.
    Setup,
    /// Build and run every example, showing the commands.
    Demo,
    /// Run all tests.
    Test,
    /// Run the Open POSIX Test Suite and write its table into CONFORMANCE.md.
    Conformance,
    /// Formatting, lints, documentation, then all tests: what a change must pass.
    Ci,
    /// Run the benchmarks and print their table.
    Bench {
        /// Arguments for the benchmarks themselves.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Install the `coopt` command, and the C library where it looks for it.
    Install,
}

fn main() -> ExitCode {
    let outcome = match Task::parse() {
        Task::Setup => setup::run().map(|_| ()),
        Task::Demo => demo::run(),
        Task::Test => check::test(),
        Task::Conformance => conformance::run(),
        Task::Ci => check::ci(),
        Task::Bench { args } => bench::run(&args),
        Task::Install => install::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
