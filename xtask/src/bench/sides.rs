//! Running the C program and the raw component, and reading what they measured.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::figures;
use super::products::{self, Products};
use super::samples::{Round, Source};
use crate::command;

/// The names of what `benches/raw/builtins.wat` measures.
const RAW: [&str; 7] = [
    "switch_round_trip",
    "switch_ring_16",
    "switch_ring_100",
    "yield",
    "create_run_end",
    "create_yield",
    "clock",
];

/// The turns of a benchmark on coopt and of the raw built-ins in a round; the best turn of each
/// counts. With one turn, a slow phase of the machine could cover one side of the ratio only.
const TURNS: u32 = 5;

/// One benchmark of the C program, as the program lists it.
pub struct Benchmark {
    pub name: String,
    pub unit: String,
    pub operation: String,
}

/// Everything that can run a benchmark.
pub struct Sides {
    pub coopt: PathBuf,
    pub products: Products,
    /// Whether benchmarks are kept on one core (`taskset -c 0`): where there is a `taskset`.
    pinned: bool,
}

impl Sides {
    pub fn new(coopt: PathBuf, products: Products) -> Self {
        let pinned = command::succeeds(Command::new("taskset").args(["-c", "0", "true"]));
        Self {
            coopt,
            products,
            pinned,
        }
    }

    /// Whether the benchmarks run on one core.
    pub fn is_pinned(&self) -> bool {
        self.pinned
    }

    /// What the C program can measure.
    pub fn list(&self) -> Result<Vec<Benchmark>> {
        let listed = command::capture(&mut Command::new(&self.products.native))?;
        listed.lines().map(parse_listed).collect()
    }

    /// Runs `name` on every side, one right after the other.
    pub fn measure(&self, name: &str, round: &mut Round) -> Result<()> {
        let mut native = self.pin(&self.products.native);
        native.current_dir(products::folder());
        round.insert(
            name,
            Source::Native,
            one(&results(native.arg(name))?, name)?,
        );

        if figures::raw_counterparts(name).is_empty() {
            return self.measure_coopt(name, round);
        }
        for _ in 0..TURNS {
            self.measure_coopt(name, round)?;
            let measured = results(&mut self.coopt_run(&self.products.raw))?;
            for raw in RAW {
                round.keep_best(name, Source::Raw(raw), one(&measured, raw)?);
            }
        }
        Ok(())
    }

    fn measure_coopt(&self, name: &str, round: &mut Round) -> Result<()> {
        let mut coopt = self.coopt_run(&self.products.component);
        let value = one(&results(coopt.arg(name))?, name)?;
        round.keep_best(name, Source::Coopt, value);
        Ok(())
    }

    /// `coopt run program`, on the benchmarks' core, in the folder of the products.
    pub fn coopt_run(&self, program: &PathBuf) -> Command {
        let mut command = self.pin(&self.coopt);
        let mut folder = products::folder().into_os_string();
        folder.push("::/");
        command.arg("run").arg("--dir").arg(folder).arg(program);
        command
    }

    fn pin(&self, program: &PathBuf) -> Command {
        if !self.pinned {
            return Command::new(program);
        }
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]).arg(program);
        command
    }
}

/// Runs a program and reads the lines `name value` from its standard error.
pub fn results(command: &mut Command) -> Result<BTreeMap<String, f64>> {
    let output = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .with_context(|| format!("`{}` did not start", command::line(command)))?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!(
            "`{}` failed ({}): {text}",
            command::line(command),
            output.status
        );
    }
    let parse = |line: &str| {
        let (name, value) = line.split_once(' ')?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    Ok(text.lines().filter_map(parse).collect())
}

/// The result called `name`.
pub fn one(results: &BTreeMap<String, f64>, name: &str) -> Result<f64> {
    let value = results.get(name);
    value
        .copied()
        .with_context(|| format!("nothing was said about `{name}`"))
}

fn parse_listed(line: &str) -> Result<Benchmark> {
    let mut fields = line.splitn(3, '\t').map(str::to_owned);
    let mut field = || {
        fields
            .next()
            .with_context(|| format!("no benchmark: `{line}`"))
    };
    Ok(Benchmark {
        name: field()?,
        unit: field()?,
        operation: field()?,
    })
}
