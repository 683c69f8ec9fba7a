//! Building the Rust programs of the examples and the tests for wasm.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use coopt_cc::{Clang, TARGET};

use crate::layout;
use crate::setup::rust::{Target, Toolchain};

/// The size that memory may grow to. A shared memory must have a maximum.
const MEMORY_MAX_BYTES: u32 = 1 << 30;

/// What a program needs of the standard library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Std {
    /// `std`.
    Program,
    /// `std` and libtest.
    Test,
}

/// `cargo` with a subcommand for the Rust programs of the package or workspace
/// in `folder`, compiled for wasm.
///
/// rustup's standard library comes with a C library, which is linked as it is.
/// A standard library built from source is linked with our C library.
///
/// # Errors
/// When the machine has no Rust that compiles for wasm.
pub fn rust(subcommand: &str, folder: &Path, std: Std, clang: &Clang) -> Result<Command> {
    let toolchain = Toolchain::ensure(Target::Threads)?;
    let std = match std {
        Std::Program => "std,panic_abort",
        Std::Test => "std,panic_abort,test",
    };
    let mut cargo = toolchain.cargo(subcommand, Target::Threads, std, clang)?;
    cargo
        .current_dir(folder)
        .arg("--target-dir")
        .arg(layout::programs());
    if toolchain == Toolchain::BuildStd {
        cargo.env("RUSTFLAGS", link_with_our_libc());
    }
    Ok(cargo)
}

/// Where [`rust`] leaves the modules.
pub fn rust_products() -> PathBuf {
    layout::programs().join(TARGET).join("release")
}

fn link_with_our_libc() -> String {
    let lib = layout::sysroot().join("lib").join(TARGET);
    let lib = lib.display();
    let flags = [
        "-Clink-self-contained=no".to_owned(),
        "-Clinker-flavor=wasm-ld".to_owned(),
        format!("-Clink-arg=-L{lib}"),
        format!("-Clink-arg={lib}/crt1-command.o"),
        format!("-Clink-arg=--max-memory={MEMORY_MAX_BYTES}"),
        format!("-Lnative={lib}"),
    ];
    flags.join(" ")
}
