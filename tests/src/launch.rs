//! What an engine can run, and how.
//!
//! `node` runs threads in parallel, with the engine's own atomics. So `node` can
//! only run modules that import nothing but preview1, `wasi.thread-spawn` and a
//! shared memory. Our thread layer imports `coopt.*` and relies on not being
//! preempted. So C programs for `node` are linked with wasi-sdk's C library. Zig
//! programs for `node` are optimised (see [`Builder::parallel_module`]). Of C and
//! Rust, `node` runs the examples only, because our preview1 for Node has little
//! more than they need.

use std::path::PathBuf;
use std::process::Command;

use crate::build::{Builder, compiles_in_one_step};
use crate::engine::Engine;
use crate::machine::{self, Machine};
use crate::program::{Language, Program};

impl Engine {
    /// Whether the engine runs programs like `program` at all.
    #[must_use]
    pub fn runs(self, program: &Program) -> bool {
        let language = program.language;
        match self {
            Self::Coopt | Self::Wasmtime => true,
            Self::WasiSdk => language == Language::C,
            Self::Native => matches!(language, Language::C | Language::Rust),
            Self::Node => match language {
                Language::BareC | Language::Zig | Language::Wat => true,
                Language::C | Language::Rust => program.name.starts_with("examples/"),
            },
        }
    }

    /// What this machine lacks to run `program` on the engine, if anything.
    #[must_use]
    pub fn missing(self, machine: &Machine, program: &Program) -> Option<String> {
        let compiler = match (program.language, self) {
            (Language::Zig, _) => machine.zig.as_ref().err(),
            (Language::C, Self::Native) => machine.cc.as_ref().err(),
            (Language::C, Self::WasiSdk | Self::Node) => machine.wasi_sdk.as_ref().err(),
            (Language::Rust, Self::Node) => machine.rust_on_wasi_sdk.as_ref().err(),
            (Language::Rust, _) => machine.cargo.as_ref().err(),
            _ => None,
        };
        let engine = match self {
            Self::Wasmtime => machine.wasmtime.as_ref().err(),
            Self::Node => machine.node.as_ref().err(),
            Self::Coopt | Self::WasiSdk | Self::Native => None,
        };
        compiler.or(engine).cloned()
    }

    /// Builds `program` and returns the command that runs it.
    ///
    /// # Errors
    /// What the compiler said.
    pub fn command(self, builder: &Builder, program: &Program) -> Result<Command, String> {
        let machine = builder.machine();
        let flags = &program.expectation.run_flags;
        let mut command = match self {
            Self::Coopt if compiles_in_one_step(program) => {
                run(machine.coopt(), &["run"], builder.component(program)?)
            }
            Self::Coopt => run_module(machine, flags, builder.module(program)?),
            Self::WasiSdk if compiles_in_one_step(program) => {
                run(machine.coopt(), &["run"], builder.sdk_component(program)?)
            }
            Self::WasiSdk => run_module(machine, flags, builder.sdk_module(program)?),
            Self::Wasmtime => {
                let args = ["run", "-W", "component-model-threading=y"];
                let wasmtime = machine::command(&machine.wasmtime)?;
                run(wasmtime, &args, builder.component(program)?)
            }
            Self::Native => Command::new(builder.native(program)?),
            Self::Node => {
                let script = machine.root.join("tests/node/run-threads.mjs");
                // V8's baseline compiler miscompiles a loop around a cmpxchg.
                let mut node = machine::command(&machine.node)?;
                node.args(["--no-liftoff", "--experimental-wasm-type-reflection"]);
                node.arg(script);
                run(node, &[], builder.parallel_module(program)?)
            }
        };
        command.args(&program.expectation.args);
        Ok(command)
    }
}

/// `coopt run` of a module, which it has to convert first.
fn run_module(machine: &Machine, flags: &[String], module: PathBuf) -> Command {
    let mut coopt = machine.coopt();
    coopt.arg("run").args(flags).arg(module);
    coopt
}

fn run(mut command: Command, args: &[&str], program: PathBuf) -> Command {
    command.args(args).arg(program);
    command
}
