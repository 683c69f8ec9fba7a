//! Source to component, module, or native program; each once.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use coopt_cc::{Clang, EXCEPTIONS_OF_C, EXCEPTIONS_OF_CXX, TARGET};
use xtask::programs::{self, Std};
use xtask::setup::rust::Target;

use crate::library::Side;
use crate::machine::{self, Machine};
use crate::process;
use crate::program::{Language, Program};

/// What a program is built into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Product {
    Component,
    /// A component linked with wasi-sdk's C library.
    SdkComponent,
    Module,
    /// A module linked with wasi-sdk's C library.
    SdkModule,
    /// A module linked with wasi-sdk's C library without threads.
    PlainModule,
    /// A module of zig that is optimised for size.
    SmallModule,
    Native,
    /// A library that programs are linked with, for a side.
    Library(Side),
}

type Built = Result<PathBuf, String>;
type Cell = Arc<OnceLock<Built>>;

/// Builds programs.
pub struct Builder {
    machine: Machine,
    /// What was built. Trials run in parallel, so a second trial of a program
    /// waits in the cell for the product of the first.
    built: Mutex<HashMap<(String, Product), Cell>>,
}

const STANDARD_OF_C: &str = "-std=gnu17";
const STANDARD_OF_CXX: &str = "-std=gnu++20";

/// A warning of the compiler is a mistake in the test program. (A warning of the
/// linker, that a function does not have the type in its header, is a mistake in
/// our library; [`Builder::compile`] makes it fatal.)
const FLAGS: [&str; 5] = ["-O2", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE"];

/// Further flags for a program without a C library.
const BARE_FLAGS: [&str; 4] = [
    "-nostdlib",
    "-ffreestanding",
    "-Wl,--no-entry",
    "-Wl,--gc-sections",
];

/// The size that memory may grow to. A shared memory must have a maximum.
const MEMORY_MAX_BYTES: u32 = 1 << 30;

/// The limit of a build. Rust's standard library may have to be compiled first,
/// on a machine with two cores.
const LIMIT: Duration = Duration::from_secs(600);

impl Builder {
    /// A builder with the tools of `machine`.
    #[must_use]
    pub fn new(machine: Machine) -> Self {
        let built = Mutex::default();
        Self { machine, built }
    }

    /// The machine that programs are built on.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The component, made by coopt.
    ///
    /// # Errors
    /// What the compiler, or coopt, said.
    pub fn component(&self, program: &Program) -> Result<PathBuf, String> {
        self.once(program, Product::Component, || {
            if compiles_in_one_step(program) {
                return self.compile(program, None, "component.wasm");
            }
            let output = self.place(program, "component.wasm");
            let mut coopt = self.machine.coopt();
            coopt.arg("build").args(&program.expectation.run_flags);
            coopt.arg(self.module(program)?).arg("-o").arg(&output);
            make(&mut coopt, output)
        })
    }

    /// The component of a C program that is linked with wasi-sdk's C library.
    ///
    /// # Errors
    /// What coopt said; a text, when there is no such library.
    pub fn sdk_component(&self, program: &Program) -> Result<PathBuf, String> {
        self.once(program, Product::SdkComponent, || {
            let sysroot = self.machine.wasi_sdk.clone()?;
            self.compile(program, Some(&sysroot), "sdk.component.wasm")
        })
    }

    /// Compiles a program of C or C++ to a component with `coopt cc` or `coopt c++`.
    fn compile(&self, program: &Program, sysroot: Option<&Path>, ending: &str) -> Built {
        let output = self.place(program, ending);
        let mut coopt = self.machine.coopt();
        let (command, standard) = match program.language {
            Language::Cxx => ("c++", STANDARD_OF_CXX),
            _ => ("cc", STANDARD_OF_C),
        };
        coopt
            .args([command, standard])
            .args(FLAGS)
            .arg(&program.file);
        coopt.args(self.library(program, Side::Coopt)?);
        if let Some(sysroot) = sysroot {
            coopt.arg(sysroot_word(sysroot));
        }
        coopt.arg("-o").arg(&output);
        coopt.arg("-Wl,--fatal-warnings");
        make(&mut coopt, output)
    }

    /// The core module, as the compiler made it.
    ///
    /// # Errors
    /// What the compiler said.
    pub fn module(&self, program: &Program) -> Result<PathBuf, String> {
        self.once(program, Product::Module, || match program.language {
            Language::C => self.c_module(program, &self.sysroot(), "wasm", &EXCEPTIONS_OF_C),
            Language::Cxx => {
                let flags = [
                    &EXCEPTIONS_OF_C[..],
                    &EXCEPTIONS_OF_CXX,
                    &["--driver-mode=g++"],
                ];
                self.c_module(program, &self.sysroot(), "wasm", &flags.concat())
            }
            Language::BareC => self.c_module(program, &self.sysroot(), "wasm", &BARE_FLAGS),
            Language::Rust => self.rust_module(program),
            Language::Zig => self.zig_module(program, "wasm", &[]),
            Language::Wat => self.wat_module(program),
        })
    }

    /// The core module of a C program that is linked with wasi-sdk's C library,
    /// which brings threads of its own.
    ///
    /// # Errors
    /// What the compiler said; a text, when there is no such library.
    pub fn sdk_module(&self, program: &Program) -> Result<PathBuf, String> {
        self.once(program, Product::SdkModule, || {
            let sysroot = self.machine.wasi_sdk.clone()?;
            self.c_module(program, &sysroot, "sdk.wasm", &[])
        })
    }

    /// The core module of a C program that is linked with wasi-sdk's C library without
    /// threads. It imports preview 1 alone.
    ///
    /// # Errors
    /// What the compiler said; a text, when there is no such library.
    pub fn plain_module(&self, program: &Program) -> Result<PathBuf, String> {
        self.once(program, Product::PlainModule, || {
            let sysroot = self.machine.plain_wasi_sdk.clone()?;
            let output = self.place(program, "plain.wasm");
            let clang = Clang::find().map_err(|error| error.to_string())?;
            let mut command = Command::new(clang.program());
            command
                .arg(format!("--target={}", Target::Plain.triple()))
                .arg(sysroot_word(&sysroot))
                .arg(STANDARD_OF_C)
                .args(FLAGS)
                .arg(&program.file)
                .arg("-o")
                .arg(&output);
            make(&mut command, output)
        })
    }

    /// The core module for an engine whose threads run in parallel. The module
    /// contains nothing of coopt's.
    ///
    /// # Errors
    /// What the compiler said; a text, when a C library is missing.
    pub fn parallel_module(&self, program: &Program) -> Result<PathBuf, String> {
        match program.language {
            Language::C => self.sdk_module(program),
            // Unoptimised, zig's thread start writes its frame to the main
            // thread's stack before it has a stack of its own.
            Language::Zig => self.once(program, Product::SmallModule, || {
                self.zig_module(program, "small.wasm", &["-OReleaseSmall"])
            }),
            Language::BareC | Language::Cxx | Language::Rust | Language::Wat => {
                self.module(program)
            }
        }
    }

    /// The program for this machine.
    ///
    /// # Errors
    /// What the compiler said.
    pub fn native(&self, program: &Program) -> Result<PathBuf, String> {
        self.once(program, Product::Native, || match program.language {
            Language::C | Language::Cxx => {
                let output = self.place(program, "native");
                let (tool, standard) = match program.language {
                    Language::Cxx => (&self.machine.cxx, STANDARD_OF_CXX),
                    _ => (&self.machine.cc, STANDARD_OF_C),
                };
                let mut cc = machine::command(tool)?;
                cc.arg(standard)
                    .args(FLAGS)
                    .args(["-pthread", "-o"])
                    .arg(&output)
                    .arg(&program.file)
                    .args(self.library(program, Side::Native)?);
                make(&mut cc, output)
            }
            Language::Rust => self.rust_native(program),
            Language::BareC | Language::Zig | Language::Wat => {
                Err("there is no native form of it".to_owned())
            }
        })
    }

    fn c_module(&self, program: &Program, sysroot: &Path, ending: &str, flags: &[&str]) -> Built {
        let output = self.place(program, ending);
        let clang = Clang::find().map_err(|error| error.to_string())?;
        let mut command = Command::new(clang.program());
        let standard = match program.language {
            Language::Cxx => STANDARD_OF_CXX,
            _ => STANDARD_OF_C,
        };
        command
            .args([&format!("--target={TARGET}"), "-pthread", standard])
            .arg(sysroot_word(sysroot))
            .args(FLAGS)
            .args(flags)
            .args(["-Wl,--import-memory,--export-memory,--shared-memory"])
            .arg(format!("-Wl,--max-memory={MEMORY_MAX_BYTES}"))
            .arg(&program.file)
            .arg("-o")
            .arg(&output);
        make(&mut command, output)
    }

    /// What the command that compiles `program` has to say for the program's library.
    fn library(&self, program: &Program, side: Side) -> Result<Vec<OsString>, String> {
        let Some(library) = program.expectation.with else {
            return Ok(Vec::new());
        };
        let object = self.once_named(&format!("{library:?}"), Product::Library(side), || {
            library.object(&self.machine, side, &self.sysroot())
        })?;
        Ok(library.words(&self.machine, side, &object))
    }

    fn wat_module(&self, program: &Program) -> Built {
        let output = self.place(program, "wasm");
        let wasm = wat::parse_str(&program.source).map_err(|error| error.to_string())?;
        fs::write(&output, wasm)
            .map_err(|error| format!("writing `{}`: {error}", output.display()))?;
        Ok(output)
    }

    fn zig_module(&self, program: &Program, ending: &str, flags: &[&str]) -> Built {
        let output = self.place(program, ending);
        let mut zig = machine::command(&self.machine.zig)?;
        zig.arg("build-exe")
            .arg(&program.file)
            .args(flags)
            .arg(format!("-femit-bin={}", output.display()))
            .args(["-target", "wasm32-wasi", "-fno-single-threaded", "-fstrip"])
            .args(["-mcpu=generic+atomics+bulk_memory", "--shared-memory"])
            .args(["--import-memory", "--export-memory"])
            .arg(format!("--max-memory={MEMORY_MAX_BYTES}"))
            .args([
                "-fno-entry",
                "--export=wasi_thread_start",
                "--export=_start",
            ])
            .arg("--cache-dir")
            .arg(self.machine.work.join("zig"))
            .arg("--global-cache-dir")
            .arg(self.machine.work.join("zig-global"));
        make(&mut zig, output)
    }

    /// Builds all programs of the package at once.
    fn rust_module(&self, program: &Program) -> Built {
        let package = package(program)?;
        let key = package.display().to_string();
        self.once_named(&key, Product::Module, || {
            let mut cargo = cargo_for_wasm("build", package, Std::Program)?;
            make(cargo.arg("--quiet"), programs::rust_products())
        })
        .map(|folder| folder.join(stem(program)).with_extension("wasm"))
    }

    fn rust_native(&self, program: &Program) -> Built {
        let package = package(program)?;
        let target = self.machine.work.join("rust-native");
        let key = package.display().to_string();
        self.once_named(&key, Product::Native, || {
            let host = native_triple()?;
            let mut cargo = machine::command(&self.machine.cargo)?;
            cargo.args(["build", "--quiet", "--release", "--target", &host]);
            // As on the wasm target: a panic ends the program.
            cargo.env("RUSTFLAGS", "-Cpanic=abort");
            cargo.current_dir(package).arg("--target-dir").arg(&target);
            make(&mut cargo, target.join(&host).join("release"))
        })
        .map(|folder| folder.join(stem(program)))
    }

    fn sysroot(&self) -> PathBuf {
        let wish = std::env::var_os("COOPT_SYSROOT").map(PathBuf::from);
        wish.unwrap_or_else(|| self.machine.root.join("target/coopt/sysroot"))
    }

    /// Where a product of `program` goes.
    fn place(&self, program: &Program, ending: &str) -> PathBuf {
        let name = program.name.replace('/', "-");
        self.machine.work.join(format!("{name}.{ending}"))
    }

    fn once(&self, program: &Program, product: Product, build: impl FnOnce() -> Built) -> Built {
        self.once_named(&program.name, product, build)
    }

    fn once_named(&self, name: &str, product: Product, build: impl FnOnce() -> Built) -> Built {
        let cell = {
            // A build that panicked has left its cell empty, which is fine.
            let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(built.entry((name.to_owned(), product)).or_default())
        };
        cell.get_or_init(build).clone()
    }
}

fn make(command: &mut Command, output: PathBuf) -> Built {
    process::succeed(command, LIMIT)?;
    Ok(output)
}

/// Whether `coopt cc` or `coopt c++` makes the component of `program`. A program with options
/// for `coopt build` is compiled to a module first.
pub fn compiles_in_one_step(program: &Program) -> bool {
    let is_compiled = matches!(program.language, Language::C | Language::Cxx);
    is_compiled && program.expectation.run_flags.is_empty()
}

fn sysroot_word(sysroot: &Path) -> OsString {
    let mut word = OsString::from("--sysroot=");
    word.push(sysroot);
    word
}

fn stem(program: &Program) -> &std::ffi::OsStr {
    program.file.file_stem().unwrap_or_default()
}

/// `cargo` with a subcommand for the package in `folder`, compiled for wasm.
///
/// # Errors
/// A text, when the machine has no Rust compiler for wasm.
pub fn cargo_for_wasm(subcommand: &str, folder: &Path, std: Std) -> Result<Command, String> {
    let clang = Clang::find().map_err(|error| error.to_string())?;
    programs::rust(subcommand, folder, std, &clang).map_err(|error| format!("{error:#}"))
}

/// The folder of the package that a program in `src/bin` belongs to.
fn package(program: &Program) -> Result<&Path, String> {
    let folder = program.file.ancestors().nth(3);
    folder.ok_or_else(|| format!("`{}` lies in no package", program.file.display()))
}

/// This machine's target. It must be named, because the examples'
/// `.cargo/config.toml` makes wasm the default.
fn native_triple() -> Result<String, String> {
    let shown = process::succeed(Command::new("rustc").arg("-vV"), LIMIT)?;
    let host = shown.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "`rustc -vV` names no host".to_owned())
}
