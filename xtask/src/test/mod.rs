//! `cargo xtask test [FILTER]`.
//!
//! Without a filter it is what a change must pass, and what CI runs: format,
//! lints, documentation, every test, every mutant. With one, everything stale
//! is rebuilt and only that is run which has the filter in its name: tests of
//! the crates, programs on every engine, tests of the Open POSIX Test Suite,
//! mutants.
//!
//! ```text
//! steps    how long each step takes, and what fails in it
//! tally    what test runners say, added up
//! checks   format, lints, documentation
//! select   the test programs that have a test of some name
//! ```

mod checks;
mod select;
mod steps;
mod tally;

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use self::select::{HARNESS, RUNNERS, Selected, Target};
use self::steps::Steps;
use self::tally::Tally;
use crate::{build, command, mutants, setup};

/// The package that has no library: its tests are in its program.
const COMMAND: &str = "coopt";

/// Runs everything.
///
/// # Errors
/// When something fails; its name is among the last lines.
pub fn all() -> Result<()> {
    let mut steps = Steps::default();
    steps.check("format", checks::formatting);
    let machine = steps.need("set-up", setup::run)?;
    steps.check("lints", || checks::lints(&machine));
    steps.check("documentation", checks::documentation);
    steps.tests("tests", |tally| {
        cargo_test(&["--workspace", "--no-fail-fast"], tally)
    });
    steps.tests("mutants", |tally| run_mutants("", tally));
    steps.finish()
}

/// Runs what has `filter` in its name.
///
/// # Errors
/// When something fails, or nothing has such a name.
pub fn some(filter: &str) -> Result<()> {
    let mut steps = Steps::default();
    steps.need("set-up", setup::run)?;
    steps.need("building coopt", build::coopt)?;
    let selected = select::select(filter)?;
    steps.tests("programs", |tally| programs(filter, tally));
    if !selected.is_empty() {
        steps.tests("tests of crates", |tally| crates(&selected, filter, tally));
    }
    steps.tests("mutants", |tally| run_mutants(filter, tally));
    ensure!(
        !steps.is_empty(),
        "no test, program or mutant has `{filter}` in its name"
    );
    steps.finish()
}

/// Runs the programs and the Open POSIX Test Suite.
fn programs(filter: &str, tally: &mut Tally) -> Result<()> {
    let mut arguments = vec!["--package", HARNESS, "--no-fail-fast"];
    arguments.extend(RUNNERS.iter().flat_map(|runner| ["--test", runner]));
    arguments.extend(["--", filter]);
    cargo_test(&arguments, tally)
}

/// Runs the tests of some crates.
fn crates(selected: &BTreeSet<Selected>, filter: &str, tally: &mut Tally) -> Result<()> {
    let is_unit = |of: &&Selected| of.target == Target::Unit;
    let (units, others): (Vec<_>, Vec<_>) = selected.iter().partition(is_unit);
    let mut outcome = Ok(());
    for group in [units, others].iter().filter(|group| !group.is_empty()) {
        let mut arguments = vec!["--no-fail-fast"];
        for Selected { package, target } in group {
            arguments.extend(["--package", package]);
            match target {
                Target::Integration(name) => arguments.extend(["--test", name]),
                Target::Unit if package == COMMAND => arguments.push("--bins"),
                Target::Unit if !arguments.contains(&"--lib") => arguments.push("--lib"),
                Target::Unit => {}
            }
        }
        arguments.extend(["--", filter]);
        outcome = outcome.and(cargo_test(&arguments, tally));
    }
    outcome
}

/// Runs `cargo test`, its results counted.
fn cargo_test(arguments: &[&str], tally: &mut Tally) -> Result<()> {
    let mut cargo = build::cargo("test");
    command::run_watched(cargo.args(arguments), |line| tally.add(line))
}

fn run_mutants(filter: &str, tally: &mut Tally) -> Result<()> {
    let outcome = mutants::run(filter)?;
    tally.passed += outcome.caught;
    let survivors = outcome.survivors.into_iter();
    tally
        .failed
        .extend(survivors.map(|name| format!("mutant {name}")));
    Ok(())
}
