//! What is measured: compiled, converted and assembled programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use coopt_cc::{Clang, TARGET};

use super::stock::Stock;
use super::{generate, sqlite};
use crate::folder::files;
use crate::stamp::{self, Stamp};
use crate::{command, layout, setup};

/// Functions of the program that is started: about 1 MB of wasm.
const START_FUNCTIONS: u32 = 1_950;
/// Functions of the program that is converted: about 3.5 MB of wasm.
const CONVERSION_FUNCTIONS: u32 = 7_000;

/// A program for both sides.
pub struct Both {
    pub native: PathBuf,
    pub component: PathBuf,
}

/// The files that are measured.
pub struct Products {
    /// The C benchmarks, for this machine.
    pub native: PathBuf,
    /// The same sources, as a component.
    pub component: PathBuf,
    /// The raw built-ins.
    pub raw: PathBuf,
    /// Blocks a number of threads.
    pub parked: PathBuf,
    /// Creates as many threads as there can be.
    pub cap: PathBuf,
    /// Says hello, without threads and with one.
    pub hello: PathBuf,
    pub hello_thread: PathBuf,
    /// SQLite's benchmark.
    pub database: Both,
    /// A server, and its clients, which are native.
    pub echo: Both,
    pub echo_clients: PathBuf,
    /// What runs without coopt, where the machine has it.
    pub stock: Option<Stock>,
    /// A core module to start.
    pub start: PathBuf,
    /// A core module to convert.
    pub convert: PathBuf,
}

/// The compiler for this machine's own programs.
pub const NATIVE_COMPILER: &str = "cc";

impl Products {
    /// Builds all of them.
    pub fn make(coopt: &Path, clang: &Clang) -> Result<Self> {
        let folder = folder();
        fs::create_dir_all(&folder).with_context(|| format!("making `{}`", folder.display()))?;
        let sources = files(&benches().join("c"), "c")?;
        let program = |name: &str| benches().join("programs").join(name);
        Ok(Self {
            native: native("bench", &sources)?,
            component: component(coopt, "bench", &sources)?,
            raw: assemble(&benches().join("raw/builtins.wat"))?,
            parked: component(coopt, "parked", &[program("parked.c")])?,
            cap: component(coopt, "cap", &[program("cap.c")])?,
            hello: component(coopt, "hello", &[program("hello.c")])?,
            hello_thread: component(coopt, "hello_thread", &[program("hello_thread.c")])?,
            database: sqlite::make(coopt, &clang.version().to_string())?,
            echo: Both {
                native: native("echo", &[program("echo.c")])?,
                component: component(coopt, "echo", &[program("echo.c")])?,
            },
            echo_clients: native("echo_clients", &[program("echo_clients.c")])?,
            stock: Stock::make(clang, &benches().join("c"), &folder)?,
            start: generated(clang, "start", START_FUNCTIONS)?,
            convert: generated(clang, "convert", CONVERSION_FUNCTIONS)?,
        })
    }
}

/// The sources of the benchmarks, and the kept results.
pub fn benches() -> PathBuf {
    layout::root().join("benches")
}

/// Where the products go.
pub fn folder() -> PathBuf {
    layout::made().join("bench")
}

/// Compiles `sources` for this machine.
fn native(name: &str, sources: &[PathBuf]) -> Result<PathBuf> {
    let output = folder().join(name);
    command::run_quietly(
        Command::new(NATIVE_COMPILER)
            .args(["-O2", "-pthread", "-o"])
            .arg(&output)
            .args(sources),
    )?;
    Ok(output)
}

/// `coopt cc`, with the C library of this tree.
pub fn coopt_cc(coopt: &Path) -> Command {
    let mut command = Command::new(coopt);
    command.arg("cc").env("COOPT_SYSROOT", layout::sysroot());
    command
}

/// Compiles `sources` to a component with `coopt cc`.
fn component(coopt: &Path, name: &str, sources: &[PathBuf]) -> Result<PathBuf> {
    let output = folder().join(name).with_extension("component.wasm");
    command::run_quietly(
        coopt_cc(coopt)
            .args(["-O2", "-isystem"])
            .arg(layout::root().join("include"))
            .args(sources)
            .arg("-o")
            .arg(&output),
    )?;
    Ok(output)
}

fn assemble(source: &Path) -> Result<PathBuf> {
    let output = folder().join("raw.component.wasm");
    let wasm = wat::parse_file(source).with_context(|| format!("`{}`", source.display()))?;
    fs::write(&output, wasm).with_context(|| format!("writing `{}`", output.display()))?;
    Ok(output)
}

/// A core module of generated C. The module takes seconds to compile, so it is
/// kept until its source, the compiler or the C library changes.
fn generated(clang: &Clang, name: &str, functions: u32) -> Result<PathBuf> {
    let text = generate::program(functions);
    let output = folder().join(name).with_extension("wasm");
    let stamp = Stamp::default()
        .text(&text)
        .text(&clang.version().to_string())
        .tree(&layout::sysroot().join("lib"))?
        .finish();
    let stamp_file = output.with_extension("stamp");
    if output.is_file() && stamp::is_current(&stamp_file, &stamp) {
        return Ok(output);
    }
    setup::announce(&format!(
        "a program of {functions} functions for the benchmarks"
    ));
    let source = output.with_extension("c");
    fs::write(&source, text).with_context(|| format!("writing `{}`", source.display()))?;
    command::run_quietly(
        Command::new(clang.program())
            .arg(format!("--target={TARGET}"))
            .arg(format!("--sysroot={}", layout::sysroot().display()))
            .args(["-pthread", "-O1", "-Wl,--import-memory,--export-memory"])
            .args(["-Wl,--max-memory=16777216", "-o"])
            .arg(&output)
            .arg(&source),
    )?;
    stamp::write(&stamp_file, &stamp)?;
    Ok(output)
}
