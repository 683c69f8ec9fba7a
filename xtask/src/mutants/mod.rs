//! `cargo xtask mutants`: breaks the thread layer on purpose, one place at a
//! time, and demands that the tests of coopt-sim notice.
//!
//! It works on a copy of the crates, so that a mutant never gets into the
//! tree, and in a folder of its own below `target`, so that what did not
//! change stays built.

mod list;
mod verdict;
mod workspace;

use std::fs;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};

use crate::layout;
use list::Mutant;
use verdict::Verdict;
use workspace::Workspace;

/// Runs the tests of coopt-sim on every mutant.
///
/// # Errors
/// When a mutant survives, does not compile or cannot be made; when the tests
/// fail on the code as it is.
pub fn run() -> Result<()> {
    let started = Instant::now();
    let mutants = read_list()?;
    let workspace = Workspace::ensure()?;
    for mutant in &mutants {
        // What is wrong with the list is wrong before anything runs.
        workspace.check(mutant)?;
    }
    match verdict::of_all(&workspace)? {
        Verdict::Passed => {}
        verdict => bail!("the tests of coopt-sim do not pass without a mutant: {verdict:?}"),
    }
    let survivors = survivors(&workspace, &mutants)?;
    println!(
        "mutants: {} of {} caught in {} s",
        mutants.len() - survivors.len(),
        mutants.len(),
        started.elapsed().as_secs(),
    );
    ensure!(
        survivors.is_empty(),
        "no test notices: {}",
        survivors.join(", ")
    );
    Ok(())
}

fn read_list() -> Result<Vec<Mutant>> {
    let file = layout::root().join("crates/coopt-sim/mutants.txt");
    let text =
        fs::read_to_string(&file).with_context(|| format!("reading `{}`", file.display()))?;
    list::parse(&text).with_context(|| format!("in `{}`", file.display()))
}

/// The names of the mutants that no test notices.
fn survivors(workspace: &Workspace, mutants: &[Mutant]) -> Result<Vec<String>> {
    let mut survivors = Vec::new();
    for mutant in mutants {
        let verdict = workspace
            .with(mutant, || verdict::of_family(workspace, &mutant.tests))
            .with_context(|| format!("mutant `{}`", mutant.name))?;
        if verdict == Verdict::Passed {
            println!("mutant `{}` survives: {}", mutant.name, mutant.breaks);
            survivors.push(mutant.name.clone());
        }
    }
    Ok(survivors)
}
