//! `cargo xtask test [FILTER]`.
//!
//! Without a filter the command runs all that a change must pass: format,
//! lints, documentation, every test, every mutant. With a filter it rebuilds
//! what is stale, and runs what has the filter in its name: tests of the crates,
//! programs on every engine, tests of the Open POSIX Test Suite, and mutants. A
//! file of tests with exactly the filter's name runs as a whole.
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

/// The package that has no library, so that its unit tests are in its program.
const COMMAND: &str = "coopt";

/// Runs everything.
///
/// # Errors
/// When something fails; its name is among the last lines.
pub fn all() -> Result<()> {
    let mut steps = Steps::default();
    steps.check("format", checks::formatting);
    let Some(machine) = steps.need("set-up", setup::run) else {
        return steps.finish();
    };
    steps.check("lints", || checks::lints(&machine));
    steps.check("documentation", checks::documentation);
    // One build of everything, so that nothing is built again with other features.
    steps.tests("building the tests", |tally| {
        cargo_test(&["--workspace", "--no-run"], tally)
    });
    steps.tests("tests of crates", all_crates);
    steps.tests("examples in documentation", |tally| {
        cargo_test(&["--workspace", "--doc"], tally)
    });
    for runner in RUNNERS {
        steps.tests(runner, |tally| {
            cargo_test(&["--workspace", "--test", runner], tally)
        });
    }
    steps.tests("mutants", |tally| run_mutants("", tally));
    steps.finish()
}

/// Runs all tests of all crates but [`RUNNERS`].
fn all_crates(tally: &mut Tally) -> Result<()> {
    let programs = select::programs()?;
    let mut arguments = vec!["--workspace", "--lib", "--bins"];
    arguments.extend(programs.iter().flat_map(|program| ["--test", program]));
    cargo_test(&arguments, tally)
}

/// Runs what has `filter` in its name.
///
/// # Errors
/// When something fails, or nothing has such a name.
pub fn some(filter: &str) -> Result<()> {
    let mut steps = Steps::default();
    let is_built = steps.need("set-up", setup::run).is_some()
        && steps.need("building coopt", build::coopt).is_some();
    if !is_built {
        return steps.finish();
    }
    let selected = select::select(filter)?;
    if !RUNNERS.contains(&filter) {
        steps.tests("programs", |tally| programs(filter, tally));
    }
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
    let mut arguments = vec!["--package", HARNESS];
    arguments.extend(RUNNERS.iter().flat_map(|runner| ["--test", runner]));
    arguments.extend(["--", filter]);
    cargo_test(&arguments, tally)
}

/// Runs the selected tests: those with `filter` in the name in sources, those in
/// files of `tests`, and whole files of `tests`.
fn crates(selected: &BTreeSet<Selected>, filter: &str, tally: &mut Tally) -> Result<()> {
    let (mut units, mut named, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for Selected { package, target } in selected {
        let (group, option) = match target {
            Target::Unit if package == COMMAND => (&mut units, ["--bin", COMMAND]),
            Target::Unit => (&mut units, ["--lib", ""]),
            Target::Integration(name) => (&mut named, ["--test", name.as_str()]),
            Target::Whole(name) => (&mut whole, ["--test", name.as_str()]),
        };
        group.extend(["--package", package]);
        let is_new = option[0] != "--lib" || !group.contains(&"--lib");
        group.extend(option.iter().filter(|word| is_new && !word.is_empty()));
    }
    let mut outcome = Ok(());
    for (mut arguments, filter) in [(units, filter), (named, filter), (whole, "")] {
        if !arguments.is_empty() {
            arguments.extend(["--", filter]);
            outcome = outcome.and(cargo_test(&arguments, tally));
        }
    }
    outcome
}

/// Runs `cargo test` and adds its results to `tally`.
fn cargo_test(arguments: &[&str], tally: &mut Tally) -> Result<()> {
    let mut cargo = build::cargo("test");
    cargo.arg("--no-fail-fast");
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
