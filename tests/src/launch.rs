//! What an engine can run, and how.
//!
//! `node` runs threads in parallel, with the engine's own atomics. So `node` can
//! only run modules that import nothing but preview1, `wasi.thread-spawn` and a
//! shared memory. Our thread layer imports `coopt.*` and relies on not being
//! preempted. So C programs for `node` are linked with wasi-sdk's C library. Zig
//! programs for `node` are optimised (see [`Builder::parallel_module`]). Of C and
//! Rust, `node` runs the examples only, because our preview1 for Node has little
//! more than they need.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{Builder, compiles_in_one_step};
use crate::engine::Engine;
use crate::expectation::Expectation;
use crate::machine::{self, Machine};
use crate::program::{Language, Program};

impl Engine {
    /// Whether the engine runs programs like `program` at all.
    #[must_use]
    pub fn runs(self, program: &Program) -> bool {
        let language = program.language;
        match self {
            Self::Coopt | Self::Wasmtime => true,
            // wasi-sdk's C library has no sockets.
            Self::WasiSdk => language == Language::C && !program.expectation.net,
            Self::Plain | Self::Stock => program.is_plain(),
            Self::Native => matches!(language, Language::C | Language::Cxx | Language::Rust),
            Self::Node => match language {
                // wasi-sdk's C++ library has no exceptions.
                Language::Cxx => false,
                Language::BareC | Language::Zig | Language::Wat => !program.expectation.net,
                Language::C | Language::Rust => {
                    // Our preview1 for Node has neither files nor variables nor sockets.
                    let expectation = &program.expectation;
                    let needs_no_more =
                        !expectation.dir && !expectation.net && expectation.env.is_empty();
                    program.name.starts_with("examples/") && needs_no_more
                }
            },
        }
    }

    /// What this machine lacks to run `program` on the engine, if anything.
    #[must_use]
    pub fn missing(self, machine: &Machine, program: &Program) -> Option<String> {
        let compiler = match (program.language, self) {
            (Language::Zig, _) => machine.zig.as_ref().err(),
            (Language::C, Self::Native) => machine.cc.as_ref().err(),
            (Language::Cxx, Self::Native) => machine.cxx.as_ref().err(),
            (Language::Cxx, _) => machine.cxx_library.as_ref().err(),
            (Language::C, Self::WasiSdk | Self::Node) => machine.wasi_sdk.as_ref().err(),
            (_, Self::Plain | Self::Stock) => machine.plain_wasi_sdk.as_ref().err(),
            (Language::Rust, Self::Node) => machine.rust_on_wasi_sdk.as_ref().err(),
            (Language::Rust, _) => machine.cargo.as_ref().err(),
            _ => None,
        };
        let engine = match self {
            Self::Wasmtime | Self::Stock => machine.wasmtime.as_ref().err(),
            Self::Node => machine.node.as_ref().err(),
            Self::Coopt | Self::WasiSdk | Self::Plain | Self::Native => None,
        };
        let disk = program
            .expectation
            .disk_bytes
            .and(machine.disk.as_ref().err());
        compiler.or(engine).or(disk).cloned()
    }

    /// Builds `program`, makes its folder if it has one, and returns the command that
    /// runs it.
    ///
    /// # Errors
    /// What the compiler said, or why there is no folder.
    pub fn command(self, builder: &Builder, program: &Program) -> Result<Command, String> {
        let machine = builder.machine();
        let expectation = &program.expectation;
        let folder = match expectation.dir {
            true => Some(empty_folder(machine, program, self)?),
            false => None,
        };
        let given = given(expectation, folder.as_deref());
        let coopt = || {
            let mut coopt = run_by(machine.coopt(), &["run"], &given);
            coopt.args(expectation.net.then_some("--net=loopback"));
            coopt
        };
        let mut command = match self {
            Self::Coopt if compiles_in_one_step(program) => {
                of(coopt(), builder.component(program)?)
            }
            Self::Coopt => run_module(coopt(), expectation, builder.module(program)?),
            Self::WasiSdk if compiles_in_one_step(program) => {
                of(coopt(), builder.sdk_component(program)?)
            }
            Self::WasiSdk => run_module(coopt(), expectation, builder.sdk_module(program)?),
            Self::Plain => of(coopt(), builder.plain_module(program)?),
            Self::Stock => {
                let wasmtime = run_by(machine::command(&machine.wasmtime)?, &["run"], &given);
                of(wasmtime, builder.plain_module(program)?)
            }
            Self::Wasmtime => {
                let args = ["run", "-W", "component-model-threading=y"];
                let mut wasmtime = machine::command(&machine.wasmtime)?;
                let network = ["-S", "inherit-network"].map(|word| expectation.net.then_some(word));
                wasmtime = run_by(wasmtime, &args, &given);
                wasmtime.args(network.into_iter().flatten());
                of(wasmtime, builder.component(program)?)
            }
            Self::Native => natively(builder.native(program)?, expectation, folder.as_deref()),
            Self::Node => {
                let script = machine.root.join("tests/node/run-threads.mjs");
                // V8's baseline compiler miscompiles a loop around a cmpxchg.
                let mut node = machine::command(&machine.node)?;
                node.args(["--no-liftoff", "--experimental-wasm-type-reflection"]);
                node.arg(script);
                of(node, builder.parallel_module(program)?)
            }
        };
        command.args(&expectation.args);
        match (expectation.disk_bytes, folder) {
            (Some(bytes), Some(folder)) => on_disk(machine, &command, bytes, &folder),
            _ => Ok(command),
        }
    }
}

/// An empty folder for one run of `program` on `engine`.
fn empty_folder(machine: &Machine, program: &Program, engine: Engine) -> Result<PathBuf, String> {
    let name = format!("{}.{}.dir", program.name.replace('/', "-"), engine.name());
    let folder = machine.work.join(name);
    let removed = match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    removed
        .and_then(|()| fs::create_dir(&folder))
        .map_err(|error| format!("making `{}` anew: {error}", folder.display()))?;
    Ok(folder)
}

/// The words by which `coopt run`, and `wasmtime run` alike, give a program its
/// folder and its variables. The folder is the program's root, which is where
/// programs begin.
fn given(expectation: &Expectation, folder: Option<&Path>) -> Vec<OsString> {
    let mut words = Vec::new();
    if let Some(folder) = folder {
        let mut named = folder.as_os_str().to_owned();
        named.push("::/");
        words.extend([OsString::from("--dir"), named]);
    }
    for (name, value) in &expectation.env {
        words.extend(["--env".into(), format!("{name}={value}").into()]);
    }
    words
}

/// `command`, once a disk of so many bytes has been mounted on `folder`, for it alone.
fn on_disk(
    machine: &Machine,
    command: &Command,
    bytes: u64,
    folder: &Path,
) -> Result<Command, String> {
    // The current folder is entered anew, or it would be what lies under the disk.
    let script = r#"mount -t tmpfs -o "size=$1" tmpfs "$2" && cd "$2" && shift 2 && exec "$@""#;
    let mut mounting = machine::command(&machine.disk)?;
    mounting.args(["sh", "-c", script, "sh", &bytes.to_string()]);
    mounting.arg(folder).arg(command.get_program());
    mounting.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => mounting.env(name, value),
            None => mounting.env_remove(name),
        };
    }
    Ok(mounting)
}

fn run_by(mut engine: Command, args: &[&str], given: &[OsString]) -> Command {
    engine.args(args).args(given);
    engine
}

/// `coopt run` of a module, which it has to convert first.
fn run_module(mut coopt: Command, expectation: &Expectation, module: PathBuf) -> Command {
    coopt.args(&expectation.run_flags);
    of(coopt, module)
}

fn of(mut command: Command, program: PathBuf) -> Command {
    command.arg(program);
    command
}

fn natively(program: PathBuf, expectation: &Expectation, folder: Option<&Path>) -> Command {
    let mut command = Command::new(program);
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    if !expectation.env.is_empty() {
        command.env_clear().envs(expectation.env.iter().cloned());
    }
    command
}
