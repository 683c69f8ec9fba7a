//! A server with a thread for each connection, and its clients.
//!
//! The clients are one native program, with one thread, on another core than the
//! server: for both sides the same, and cheaper than any server with threads. So
//! what is measured is the server, on the core that all benchmarks are on.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::bench::cpu;
use crate::bench::samples::Source;
use crate::bench::sides::{self, Sides};
use crate::command;

/// The clients that send messages.
const TALKING: u32 = 100;

/// The clients that say nothing, where there are such clients.
pub const SILENT: u32 = 100;

/// What the server says before its port.
const PORT: &str = "port ";

/// The share of its core that a server must have taken, or it was not the server that
/// was measured: other programs kept the clients from their core, or it from its own.
const BUSY: f64 = 0.85;

/// The ns that pass for each message, beside `silent` clients that send none; `None`
/// when the server was not busy.
pub fn measure(sides: &Sides, source: Source, silent: u32) -> Result<Option<f64>> {
    let program = &sides.products.echo;
    let mut server = match source {
        Source::Native => sides.native(&program.native),
        _ => sides.coopt_serve(&program.component),
    };
    server.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = server
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` did not start", command::line(&server)))?;
    let measured = clients(&mut child, sides, silent);
    // The server ends at the end of its input.
    drop(child.stdin.take());
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` failed ({status})", command::line(&server));
    }
    measured
}

/// Runs the clients of the server.
fn clients(server: &mut Child, sides: &Sides, silent: u32) -> Result<Option<f64>> {
    let stderr = server.stderr.take().context("no standard error")?;
    let mut said = String::new();
    BufReader::new(stderr).read_line(&mut said)?;
    let port = said.trim_end().strip_prefix(PORT);
    let port = port.with_context(|| format!("the server said `{}`", said.trim_end()))?;
    let mut clients: Command = sides.beside(&sides.products.echo_clients);
    clients.args([port, &TALKING.to_string(), &silent.to_string()]);

    let (began, began_s) = (Instant::now(), cpu::of_process_s(server.id())?);
    let measured = sides::one(&sides::results(&mut clients)?, "echo")?;
    let took_s = cpu::of_process_s(server.id())? - began_s;
    let is_busy = took_s >= BUSY * began.elapsed().as_secs_f64();
    Ok(is_busy.then_some(measured))
}
