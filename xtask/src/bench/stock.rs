//! What runs without coopt: the benchmarks of files as a plain program of preview 1,
//! and the stock `wasmtime` that runs it.
//!
//! The sources and the compiler are those of the other sides, and the C library is
//! wasi-sdk's, without threads. A machine where the library or `wasmtime` cannot be
//! had has nothing to compare with.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use coopt_cc::Clang;

use crate::setup::rust::{self, Target};
use crate::setup::wasmtime;
use crate::{command, wasi_sdk};

/// The sources that need no threads.
const SOURCES: [&str; 2] = ["main.c", "file.c"];

/// A program and what runs it.
pub struct Stock {
    /// The stock `wasmtime`.
    pub wasmtime: PathBuf,
    /// The plain program.
    pub program: PathBuf,
}

impl Stock {
    /// Compiles the program from sources in `from`, into `folder`. `None` when the
    /// machine has no such C library or no `wasmtime`.
    pub fn make(clang: &Clang, from: &Path, folder: &Path) -> Result<Option<Self>> {
        let is_there = std::env::var_os("WASI_SDK_PATH").is_some()
            || rust::ensure_self_contained(Target::Plain).is_some();
        let Some(wasmtime) = wasmtime::program().filter(|_| is_there) else {
            return Ok(None);
        };
        let sysroot = wasi_sdk::sysroot(Target::Plain, folder)?;
        let program = folder.join("plain.wasm");
        command::run_quietly(
            Command::new(clang.program())
                .arg(format!("--target={}", Target::Plain.triple()))
                .arg(format!("--sysroot={}", sysroot.display()))
                .args(["-O2", "-DWITHOUT_THREADS", "-o"])
                .arg(&program)
                .args(SOURCES.map(|name| from.join(name))),
        )?;
        Ok(Some(Self { wasmtime, program }))
    }
}
