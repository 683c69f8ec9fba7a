//! Mutants: breaks coopt-threads, coopt-sync and coopt-sched on purpose, one
//! place at a time, and demands that the tests of coopt-sim notice.
//!
//! Mutants are made in copies of the crates, so that none gets into the tree.
//! The copies lie below `target` and stay there, so that an unchanged crate is
//! not compiled again. Each processor has a copy of its own, because one build
//! of so few crates does not keep several processors busy.

mod list;
mod verdict;
mod workspace;

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, Result, anyhow, bail, ensure};

use crate::layout;
use list::Mutant;
use verdict::Verdict;
use workspace::Workspace;

/// What became of the mutants.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many mutants the tests noticed.
    pub caught: usize,
    /// The names of the mutants that no test noticed.
    pub survivors: Vec<String>,
}

/// Runs the tests of coopt-sim on each mutant with `filter` in its name.
///
/// # Errors
/// When a mutant does not compile or cannot be made; when the tests fail on
/// the code as it is.
pub fn run(filter: &str) -> Result<Outcome> {
    let mutants = named(filter)?;
    // A mutant that does not fit is an error before any test runs.
    mutants.iter().try_for_each(workspace::check)?;
    if mutants.is_empty() {
        return Ok(Outcome::default());
    }
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let results: Vec<Result<Outcome>> = thread::scope(|scope| {
        let start = |number| {
            let (mutants, next) = (&mutants, &next);
            scope.spawn(move || work(number, mutants, next))
        };
        let workers: Vec<_> = (0..workers.min(mutants.len())).map(start).collect();
        let join = |worker: thread::ScopedJoinHandle<'_, Result<Outcome>>| {
            let ended = worker.join();
            ended.unwrap_or_else(|_| Err(anyhow!("a worker of the mutants panicked")))
        };
        workers.into_iter().map(join).collect()
    });
    let mut all = Outcome::default();
    for result in results {
        let Outcome { caught, survivors } = result?;
        all.caught += caught;
        all.survivors.extend(survivors);
    }
    Ok(all)
}

/// `cargo xtask mutants`: [`run`], and a line that says the outcome.
///
/// # Errors
/// The errors of [`run`], and a mutant that survives.
pub fn command(filter: &str) -> Result<()> {
    let Outcome { caught, survivors } = run(filter)?;
    println!("mutants: {caught} of {} caught", caught + survivors.len());
    ensure!(
        survivors.is_empty(),
        "no test notices: {}",
        survivors.join(", ")
    );
    Ok(())
}

/// The mutants with `filter` in their names.
fn named(filter: &str) -> Result<Vec<Mutant>> {
    let file = layout::root().join("crates/coopt-sim/mutants.txt");
    let text =
        fs::read_to_string(&file).with_context(|| format!("reading `{}`", file.display()))?;
    let mut mutants = list::parse(&text).with_context(|| format!("in `{}`", file.display()))?;
    mutants.retain(|mutant| mutant.name.contains(filter));
    Ok(mutants)
}

/// One of the workers: takes mutants until none is left. The first worker
/// begins with a test of the unchanged code.
fn work(number: usize, mutants: &[Mutant], next: &AtomicUsize) -> Result<Outcome> {
    let workspace = Workspace::ensure(number)?;
    if number == 0 {
        match verdict::of_all(&workspace)? {
            Verdict::Passed => {}
            verdict => bail!("the tests of coopt-sim do not pass without a mutant: {verdict:?}"),
        }
    }
    let mut outcome = Outcome::default();
    while let Some(mutant) = mutants.get(next.fetch_add(1, Ordering::Relaxed)) {
        let Mutant { name, breaks, .. } = mutant;
        let verdict = workspace
            .with(mutant, || verdict::of_family(&workspace, &mutant.tests))
            .with_context(|| format!("mutant `{name}`"))?;
        if verdict == Verdict::Passed {
            println!("mutant {name} ... FAILED: no test notices that {breaks}");
            outcome.survivors.push(name.clone());
        } else {
            println!("mutant {name} ... caught");
            outcome.caught += 1;
        }
    }
    Ok(outcome)
}
