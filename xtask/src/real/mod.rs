//! `cargo xtask real`: threaded programs that nobody here wrote, as they are.
//!
//! Each is fetched, built for this machine and with coopt from the same sources, and
//! given the same work on both sides: what it leaves must be the same, byte for byte.
//! The work is measured on one core. A program's own tests run with coopt, where a
//! program has some that need no more than itself. REAL_PROGRAMS.md keeps the table.
//!
//! | floor | modules |
//! |---|---|
//! | what there is | `list`, `measure` |
//! | what it becomes | `build` |
//! | what is done with it | `own_tests`, `work` |
//! | what is said of it | `table` |

mod build;
mod list;
mod measure;
mod own_tests;
mod table;
mod work;

use anyhow::{Result, bail, ensure};
use clap::Args;

use self::build::{Built, Side};
use self::list::{PROGRAMS, Program};
use self::table::Row;
use crate::setup;

/// Which programs are run.
#[derive(Args)]
pub struct Options {
    /// Only programs with this in their names; may be repeated.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// How often each side does the work; the least counts.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    runs: u32,
}

impl Options {
    fn selects(&self, program: &Program) -> bool {
        self.only.is_empty() || self.only.iter().any(|part| program.name.contains(part))
    }
}

/// Fetches, builds and runs the programs, and writes their rows of the table.
///
/// # Errors
/// When set-up fails, no program has such a name, or one does not do what it must.
pub fn run(options: &Options) -> Result<()> {
    let programs = || PROGRAMS.iter().filter(|program| options.selects(program));
    ensure!(
        programs().next().is_some(),
        "no program has `{}` in its name",
        options.only.join("` or `")
    );
    setup::for_programs()?;
    setup::sqlite::ensure()?;
    crate::build::coopt()?;
    let mut failed = Vec::new();
    for program in programs() {
        setup::announce(&format!("{} {}", program.name, program.version));
        if let Err(error) = one(program, options.runs) {
            eprintln!("{}: {error:#}", program.name);
            failed.push(program.name);
        }
    }
    if !failed.is_empty() {
        bail!("{} must do what it does natively", failed.join(", "));
    }
    Ok(())
}

/// Has `program` do everything, and writes its row.
fn one(program: &Program, runs: u32) -> Result<()> {
    // Where this fails, the row of an earlier run stays: there is nothing to say of coopt.
    let native = Built::make(program, Side::Native)?;
    let outcome = row(program, &native, runs);
    table::put(program, &outcome)?;
    outcome.map(|_| ())
}

/// What the table says of `program`, once it has done everything.
fn row(program: &Program, native: &Built, runs: u32) -> Result<Row> {
    let coopt = Built::make(program, Side::Coopt)?;
    let (native_cost, coopt_cost) = work::measure(program, [native, &coopt], runs)?;
    // The kernel counts in steps of 10 ms.
    ensure!(
        native_cost.cpu_s >= 0.1,
        "the work must take 0.1 s natively to be measured; it took {:.2} s",
        native_cost.cpu_s
    );
    let own_tests = own_tests::run(program, &coopt)?;
    Ok(Row {
        own_tests,
        time: coopt_cost.cpu_s / native_cost.cpu_s,
        memory: coopt_cost.peak_kib / native_cost.peak_kib,
    })
}
