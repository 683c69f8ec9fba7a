//! `cargo xtask bench`: one C program natively and on coopt, and the raw
//! built-ins beside them, in one go.
//!
//! ```text
//! products   what is measured is compiled, converted, assembled
//! stock      what runs without coopt, of the same sources
//! sqlite     SQLite's benchmark is compiled
//! sides      one benchmark runs natively, on coopt, raw, right after each other
//! pairs      programs of their own, natively and on coopt
//! resources  memory, CPU time and bytes that coopt takes
//! cpu        the CPU time of processes
//! size       how many bytes a program has
//! samples    the numbers, by round
//! figures    what the numbers are to reach
//! report     the tables
//! record     runs that are kept
//! ```
//!
//! No benchmark fails for being slow. Other programs and the processor's clock
//! rate change every number. So all sides take turns for several rounds, and
//! the verdict is a word in a table.

pub(crate) mod cpu;
mod figures;
mod generate;
pub(crate) mod machine;
mod pairs;
mod products;
mod record;
mod report;
mod resources;
mod samples;
mod sides;
mod size;
mod sqlite;
mod stock;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Parser;

pub(crate) use self::products::NATIVE_COMPILER;
use self::products::Products;
use self::report::Report;
use self::resources::RESOURCES;
use self::samples::Round;
pub(crate) use self::sides::on_one_core;
use self::sides::{Benchmark, Sides};
use crate::setup::Machine;
use crate::{command, layout, setup};

/// Measures everything, prints the tables, and keeps the run in `benches/runs`.
#[derive(Parser)]
#[command(bin_name = "cargo xtask bench")]
struct Options {
    /// Only benchmarks with one of these in their name; the run is not kept
    filters: Vec<String>,

    /// How often everything is measured
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=99))]
    rounds: u32,

    /// Print the tables, and do not keep the run
    #[arg(long)]
    no_record: bool,

    /// The coopt command to measure, instead of building this tree's
    #[arg(long, value_name = "PATH")]
    coopt: Option<PathBuf>,
}

impl Options {
    fn selects(&self, name: &str) -> bool {
        self.filters.is_empty()
            || self
                .filters
                .iter()
                .any(|filter| name.contains(filter.as_str()))
    }
}

/// Runs the benchmarks.
pub fn run(args: &[String]) -> Result<()> {
    let program = ["bench".to_owned()];
    let options = match Options::try_parse_from(program.iter().chain(args)) {
        Ok(options) => options,
        Err(asked_or_wrong) => asked_or_wrong.exit(),
    };
    let machine = setup::run()?;
    let coopt = coopt(&options)?;
    let facts = facts(&machine, &options);
    let products = Products::make(&coopt, &machine.clang)?;
    let sides = Sides::new(coopt, products);
    if sides.products.stock.is_none() {
        eprintln!("bench: there is no stock `wasmtime` or no C library for it to compare with");
    }
    if !sides.is_pinned() {
        eprintln!("bench: there is no `taskset`, so nothing is kept on one core");
    }

    let mut benchmarks = sides.list()?;
    benchmarks.extend(pairs::list());
    benchmarks.retain(|benchmark| options.selects(&benchmark.name));
    let rounds = measure(&options, &sides, &benchmarks)?;
    let report = Report {
        facts: &facts,
        benchmarks: &benchmarks,
        rounds: &rounds,
    };
    println!("{report}");
    if options.filters.is_empty() && !options.no_record {
        println!("kept as run {}", record::keep(&report)?);
    }
    Ok(())
}

/// The command to measure.
fn coopt(options: &Options) -> Result<PathBuf> {
    match &options.coopt {
        Some(path) => Ok(std::path::absolute(path)?),
        None => {
            command::run(command::cargo().args(["build", "--quiet", "--workspace"]))?;
            Ok(layout::coopt())
        }
    }
}

fn facts(machine: &Machine, options: &Options) -> machine::Facts {
    let native = machine::asked(NATIVE_COMPILER, &["--version"]);
    let mut facts = machine::facts(&native, &format!("clang {}", machine.clang.version()));
    let coopt = match options.coopt {
        Some(_) => "a build given by --coopt, which the commit need not describe",
        None => "built from this tree",
    };
    facts.push(("coopt", coopt.to_owned()));
    facts
}

fn measure(options: &Options, sides: &Sides, benchmarks: &[Benchmark]) -> Result<Vec<Round>> {
    let resources = || {
        RESOURCES
            .iter()
            .filter(|resource| options.selects(resource.name))
    };
    if benchmarks.is_empty() && resources().next().is_none() {
        bail!(
            "no benchmark has `{}` in its name",
            options.filters.join("` or `")
        );
    }
    let mut rounds = Vec::new();
    for number in 1..=options.rounds {
        let mut round = Round::default();
        for benchmark in benchmarks {
            progress(&format!("round {number}: {}", benchmark.name));
            measure_one(sides, &benchmark.name, &mut round)?;
        }
        for resource in resources() {
            progress(&format!("round {number}: {}", resource.name));
            resource.measure(sides, &mut round)?;
        }
        rounds.push(round);
    }
    progress("");
    Ok(rounds)
}

fn measure_one(sides: &Sides, name: &str, round: &mut Round) -> Result<()> {
    match pairs::measure(sides, name, round) {
        Some(outcome) => outcome,
        None => sides.measure(name, round),
    }
}

/// Shows what is being measured, on one line of a terminal.
fn progress(text: &str) {
    use std::io::IsTerminal as _;
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K{text}");
    }
}
