//! The commands of `cargo xtask`.

use anyhow::Result;
use clap::{CommandFactory as _, Parser};

use crate::{bench, conformance, demo, install, mutants, real, setup, test};

/// The workshop of coopt.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
pub enum Task {
    /// Install and build whatever is missing; says what, and why.
    Setup,
    /// Build and run every example, showing the commands.
    Demo,
    /// Rebuild what is stale, and run all that a change must pass: format, lints,
    /// documentation, every test, every mutant.
    Test {
        /// Run only tests, programs and mutants with this in their names, or files
        /// of tests of this name.
        filter: Option<String>,
    },
    /// Run the Open POSIX Test Suite and write its table into CONFORMANCE.md.
    Conformance,
    /// Break the thread layer in many places, one at a time: the tests must notice.
    Mutants {
        /// Only mutants with this in their names.
        filter: Option<String>,
    },
    /// Run the benchmarks and print their table.
    Bench {
        /// Arguments for the benchmarks themselves.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Build and run programs that nobody here wrote, natively and with coopt, and write
    /// the table of REAL_PROGRAMS.md.
    Real(real::Options),
    /// Install the `coopt` command, and the C library where it looks for it.
    Install,
}

impl Task {
    /// Runs the command.
    ///
    /// # Errors
    /// When a step of the command fails.
    pub fn run(self) -> Result<()> {
        match self {
            Self::Setup => setup::run().map(|_| ()),
            Self::Demo => demo::run(),
            Self::Test { filter: None } => test::all(),
            Self::Test {
                filter: Some(filter),
            } => test::some(&filter),
            Self::Conformance => conformance::run(),
            Self::Mutants { filter } => mutants::command(&filter.unwrap_or_default()),
            Self::Bench { args } => bench::run(&args),
            Self::Real(options) => real::run(&options),
            Self::Install => install::run(),
        }
    }
}

/// The names of all commands, for the test that compares the documents with them.
pub fn names() -> Vec<String> {
    let command = Task::command();
    let names = command.get_subcommands().map(|task| task.get_name());
    names.map(str::to_owned).collect()
}
