//! `cargo xtask demo`: every example built and run, with the commands shown as
//! one would type them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::folder::files;
use crate::programs::Std;
use crate::setup::zig::Zig;
use crate::setup::{self, Machine};
use crate::{build, command, layout, programs};

/// Builds and runs the examples.
pub fn run() -> Result<()> {
    let machine = setup::for_programs()?;
    say("building coopt (the first time it compiles Wasmtime, which takes some minutes)");
    build::coopt()?;
    fs::create_dir_all(layout::demo())
        .with_context(|| format!("making `{}`", layout::demo().display()))?;

    let coopt = Coopt(layout::coopt());
    c_programs(&coopt)?;
    rust_programs(&coopt, &machine)?;
    if let Some(zig) = &machine.zig {
        zig_programs(&coopt, zig)?;
    }
    Ok(())
}

/// Says what comes next, where cargo or a compiler is about to work in silence.
fn say(step: &str) {
    eprintln!("demo: {step}");
}

/// The command just built, shown by the name a user knows it by.
struct Coopt(PathBuf);

impl Coopt {
    fn call(&self, arguments: &[&str]) -> Result<()> {
        let mut command = Command::new(&self.0);
        command.args(arguments).current_dir(layout::root());
        show(&command, "coopt");
        command::run(&mut command)
    }

    fn run(&self, program: &str) -> Result<()> {
        self.call(&["run", program])
    }
}

fn c_programs(coopt: &Coopt) -> Result<()> {
    for source in files(&layout::root().join("examples/c"), "c")? {
        let component = in_demo_folder(&source, "component.wasm");
        coopt.call(&["cc", "-O2", "-Wall", &shown(&source), "-o", &component])?;
        if uses_sockets(&source)? {
            coopt.call(&["run", "--net=loopback", &component])?;
        } else {
            coopt.run(&component)?;
        }
    }
    Ok(())
}

/// Whether a program says that it uses sockets, as tests want it (see `tests/README.md`).
fn uses_sockets(source: &Path) -> Result<bool> {
    let text =
        fs::read_to_string(source).with_context(|| format!("reading `{}`", source.display()))?;
    Ok(text.lines().any(|line| line == "// NET: loopback"))
}

fn rust_programs(coopt: &Coopt, machine: &Machine) -> Result<()> {
    let folder = layout::root().join("examples/rust");
    if !folder.is_dir() {
        return Ok(());
    }
    let mut cargo = programs::rust("build", &folder, Std::Program, &machine.clang)?;
    println!(
        "\n$ (cd examples/rust && cargo build --release --target {})",
        coopt_cc::TARGET
    );
    say("building the examples in Rust");
    command::run(&mut cargo)?;
    for module in files(&programs::rust_products(), "wasm")? {
        coopt.run(&shown(&module))?;
    }
    Ok(())
}

fn zig_programs(coopt: &Coopt, zig: &Zig) -> Result<()> {
    for source in files(&layout::root().join("examples/zig"), "zig")? {
        let module = in_demo_folder(&source, "zig.wasm");
        let mut command = zig.command();
        command
            .args([
                "build-exe",
                &shown(&source),
                &format!("-femit-bin={module}"),
            ])
            .args([
                "-target",
                "wasm32-wasi",
                "-mcpu=generic+atomics+bulk_memory",
            ])
            // Not optimised: see the program's own comment.
            .args(["-fno-single-threaded", "--shared-memory", "-fstrip"])
            .args([
                "--import-memory",
                "--export-memory",
                "--max-memory=67108864",
            ])
            .args([
                "-fno-entry",
                "--export=wasi_thread_start",
                "--export=_start",
            ])
            .current_dir(layout::root());
        show(&command, "zig");
        command::run_quietly(&mut command)?;
        coopt.run(&module)?;
    }
    Ok(())
}

/// Shows `command` under the name `name`.
fn show(command: &Command, name: &str) {
    let line = command::line(command);
    let words: Vec<&str> = line
        .split(' ')
        .skip(1)
        .filter(|word| !is_python(word))
        .collect();
    println!("\n$ {name} {}", words.join(" "));
}

/// Zig runs as a Python module here. A user's `zig` takes no such words.
fn is_python(word: &str) -> bool {
    word == "-m" || word == "ziglang"
}

/// The path of `source`'s product, relative to the repository.
fn in_demo_folder(source: &Path, extension: &str) -> String {
    let name = source.with_extension(extension);
    shown(&layout::demo().join(name.file_name().unwrap_or_default()))
}

/// A path as seen from the repository's folder, where the commands run.
fn shown(path: &Path) -> String {
    path.strip_prefix(layout::root())
        .unwrap_or(path)
        .display()
        .to_string()
}
