//! Running the C program, the raw component and the plain program, and reading what they measured.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::figures;
use super::products::{self, Products};
use super::samples::{Round, Source};
use super::stock::Stock;
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

/// The turns of a benchmark on coopt, and of the raw built-ins or the stock wasmtime, in a round;
/// the best turn of each counts. With one turn, a slow phase of the machine could cover one side of the ratio only.
const TURNS: u32 = 5;

/// The core of the benchmarks, and the core of what they are measured by.
const CORE: &str = "0";
const ANOTHER_CORE: &str = "1";

/// One benchmark, as the C program lists it.
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
        let pinned = can_pin_to(CORE);
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
        let mut native = self.native(&self.products.native);
        round.insert(
            name,
            Source::Native,
            one(&results(native.arg(name))?, name)?,
        );

        let stock = self.products.stock.as_ref();
        let stock = stock.filter(|_| figures::STOCK.contains(&name));
        let has_raw = !figures::raw_counterparts(name).is_empty();
        let turns = if has_raw || stock.is_some() { TURNS } else { 1 };
        for _ in 0..turns {
            self.measure_coopt(name, round)?;
            if has_raw {
                self.measure_raw(name, round)?;
            }
            if let Some(stock) = stock {
                self.measure_stock(stock, name, round)?;
            }
        }
        Ok(())
    }

    fn measure_raw(&self, name: &str, round: &mut Round) -> Result<()> {
        let measured = results(&mut self.coopt_run(&self.products.raw))?;
        for raw in RAW {
            round.keep_best(name, Source::Raw(raw), one(&measured, raw)?);
        }
        Ok(())
    }

    fn measure_stock(&self, stock: &Stock, name: &str, round: &mut Round) -> Result<()> {
        let mut wasmtime = self.pin(&stock.wasmtime);
        wasmtime.args(["run", "--dir"]).arg(folder_as_root());
        let value = one(&results(wasmtime.arg(&stock.program).arg(name))?, name)?;
        round.keep_best(name, Source::Stock, value);
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
        command.args(["run", "--dir"]).arg(folder_as_root());
        command.arg(program);
        command
    }

    /// `coopt run program` with sockets, on the benchmarks' core.
    pub fn coopt_serve(&self, program: &PathBuf) -> Command {
        let mut command = self.pin(&self.coopt);
        command.args(["run", "--net=loopback"]).arg(program);
        command
    }

    /// A native program, on the benchmarks' core, in the folder of the products.
    pub fn native(&self, program: &Path) -> Command {
        let mut command = self.pin(program);
        command.current_dir(products::folder());
        command
    }

    /// A native program on another core than the benchmarks', where there is one.
    pub fn beside(&self, program: &Path) -> Command {
        kept_on(ANOTHER_CORE, program)
    }

    fn pin(&self, program: &Path) -> Command {
        if self.pinned {
            return on_core(CORE, program);
        }
        Command::new(program)
    }
}

/// `program` on the core of the benchmarks, where the machine can keep it there.
pub(crate) fn on_one_core(program: &Path) -> Command {
    kept_on(CORE, program)
}

fn kept_on(core: &str, program: &Path) -> Command {
    if can_pin_to(core) {
        return on_core(core, program);
    }
    Command::new(program)
}

fn on_core(core: &str, program: &Path) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", core]).arg(program);
    command
}

fn can_pin_to(core: &str) -> bool {
    command::succeeds(Command::new("taskset").args(["-c", core, "true"]))
}

/// The folder of the products, in the words that have it be a program's root.
fn folder_as_root() -> OsString {
    let mut folder = products::folder().into_os_string();
    folder.push("::/");
    folder
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
