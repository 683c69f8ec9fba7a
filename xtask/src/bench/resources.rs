//! What coopt takes of the machine: memory for each blocked thread, and CPU
//! time to convert and to start.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::figures::{CONVERSION, START, THREAD_CAP, THREAD_MEMORY};
use super::products;
use super::samples::{Round, Source};
use super::sides::{self, Sides};
use crate::command;

/// Threads that are blocked at once.
const PARKED: u32 = 10_000;
/// Starts that are measured together, since one takes only a few ticks of 10 ms.
const STARTS: u32 = 10;

/// One measurement of this file.
pub struct Resource {
    pub name: &'static str,
    pub unit: &'static str,
    pub what: &'static str,
    measure: fn(&Sides) -> Result<f64>,
}

/// All measurements of this file.
pub const RESOURCES: &[Resource] = &[
    Resource {
        name: THREAD_MEMORY,
        unit: "KiB",
        what: "resident memory of each of 10,000 blocked threads",
        measure: thread_memory,
    },
    Resource {
        name: THREAD_CAP,
        unit: "threads",
        what: "threads at once before one is refused (0: not by EAGAIN, or fatally)",
        measure: thread_cap,
    },
    Resource {
        name: CONVERSION,
        unit: "MB/s",
        what: "module converted by `coopt build`, by CPU time",
        measure: conversion,
    },
    Resource {
        name: START,
        unit: "ms",
        what: "CPU time of `coopt run` of a cached program of 1 MB",
        measure: start,
    },
];

impl Resource {
    /// Takes the measurement once.
    pub fn measure(&self, sides: &Sides, round: &mut Round) -> Result<()> {
        let value = (self.measure)(sides).with_context(|| self.name)?;
        round.insert(self.name, Source::Coopt, value);
        Ok(())
    }
}

fn thread_memory(sides: &Sides) -> Result<f64> {
    let (none, many) = (resident_kib(sides, 0)?, resident_kib(sides, PARKED)?);
    Ok((many - none) / f64::from(PARKED))
}

/// The resident memory of `coopt run`, in KiB, while `count` threads are blocked.
fn resident_kib(sides: &Sides, count: u32) -> Result<f64> {
    let mut command = Command::new(&sides.coopt);
    command
        .arg("run")
        .arg(&sides.products.parked)
        .arg(count.to_string());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .with_context(|| format!("`{}` did not start", command::line(&command)))?;
    let resident = resident_when_parked(&mut child);
    // The program ends at the end of its input.
    drop(child.stdin.take());
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` failed ({status})", command::line(&command));
    }
    resident
}

fn resident_when_parked(child: &mut Child) -> Result<f64> {
    let stderr = child.stderr.take().context("no standard error")?;
    let mut said = String::new();
    BufReader::new(stderr).read_line(&mut said)?;
    if said.trim_end() != "parked" {
        bail!("the program said `{}`", said.trim_end());
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kib.and_then(|kib| kib.parse().ok()).context("no VmRSS")
}

fn thread_cap(sides: &Sides) -> Result<f64> {
    let mut command = Command::new(&sides.coopt);
    sides::one(
        &sides::results(command.arg("run").arg(&sides.products.cap))?,
        "cap",
    )
}

fn conversion(sides: &Sides) -> Result<f64> {
    let input = &sides.products.convert;
    let bytes = fs::metadata(input)?.len();
    let mut command = Command::new(&sides.coopt);
    command
        .arg("build")
        .arg(input)
        .arg("-o")
        .arg(products::folder().join("converted.wasm"));
    let took_s = cpu_seconds(|| command::run_quietly(&mut command))?;
    Ok(bytes as f64 / 1e6 / took_s)
}

fn start(sides: &Sides) -> Result<f64> {
    let mut command = Command::new(&sides.coopt);
    command.arg("run").arg(&sides.products.start);
    command::run_quietly(&mut command)?; // so that it is cached
    let took_s = cpu_seconds(|| (0..STARTS).try_for_each(|_| command::run_quietly(&mut command)))?;
    Ok(took_s * 1e3 / f64::from(STARTS))
}

/// CPU time, user and system, of the processes that `run` starts and awaits.
fn cpu_seconds(run: impl FnOnce() -> Result<()>) -> Result<f64> {
    let began = children_ticks()?;
    run()?;
    Ok((children_ticks()? - began) / TICKS_PER_SECOND)
}

/// Linux's `USER_HZ`, the unit of `/proc` whatever the kernel's own tick is.
const TICKS_PER_SECOND: f64 = 100.0;

/// Ticks of all children that have ended (`cutime` and `cstime`, proc(5)).
fn children_ticks() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The second field is the program's name, in brackets, and may hold anything.
    let (_, fields) = stat
        .rsplit_once(") ")
        .context("a strange /proc/self/stat")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = |number: usize| {
        fields
            .get(number - 3)
            .and_then(|field| field.parse::<f64>().ok())
    };
    let both = ticks(16).zip(ticks(17));
    both.map(|(user, system)| user + system)
        .context("a strange /proc/self/stat")
}
