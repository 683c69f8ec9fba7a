//! What coopt takes of the machine: memory for each blocked thread, CPU time to
//! convert and to start, and bytes of a program.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::figures::{CONVERSION, HELLO_SIZE, HELLO_THREAD_SIZE, START, THREAD_CAP, THREAD_MEMORY};
use super::samples::{Round, Source};
use super::sides::{self, Sides};
use super::{cpu, products, size};
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
    Resource {
        name: HELLO_SIZE,
        unit: "kB",
        what: "hello world, without its names",
        measure: |sides| size::kb_without_names(&sides.products.hello),
    },
    Resource {
        name: HELLO_THREAD_SIZE,
        unit: "kB",
        what: "hello world of a thread, without its names",
        measure: |sides| size::kb_without_names(&sides.products.hello_thread),
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
    let took_s = cpu::of_children_s(|| command::run_quietly(&mut command))?;
    Ok(bytes as f64 / 1e6 / took_s)
}

fn start(sides: &Sides) -> Result<f64> {
    let mut command = Command::new(&sides.coopt);
    command.arg("run").arg(&sides.products.start);
    command::run_quietly(&mut command)?; // so that it is cached
    let took_s =
        cpu::of_children_s(|| (0..STARTS).try_for_each(|_| command::run_quietly(&mut command)))?;
    Ok(took_s * 1e3 / f64::from(STARTS))
}
