//! What code calls that the compiler writes, besides the compiler's own library: for `setjmp`,
//! exceptions, objects of threads, and checks of the stack. The files are ours, in `sysroot/builtins`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use coopt_cc::{Clang, EXCEPTIONS_OF_C, TARGET};

use crate::folder::recreate;
use crate::stamp::Stamp;
use crate::{command, layout};

/// What becomes part of `libc.a`, and any clang compiles.
const PLAIN: [&str; 3] = ["thread_atexit.c", "frames.c", "stack_check.c"];

/// The same for `longjmp`, which throws. A clang without exceptions compiles neither these files nor
/// a program that calls `setjmp`.
const THROWING: [&str; 2] = ["setjmp.c", "longjmp_tag.s"];

/// Headers of ours, for programs.
const HEADERS: [&str; 1] = ["setjmp.h"];

/// Puts the headers into `include`, and compiles the files. Returns the objects.
///
/// # Errors
/// When a file cannot be copied or compiled.
pub fn build(clang: &Clang, include: &Path) -> Result<Vec<PathBuf>> {
    let objects = layout::made().join("builtins");
    recreate(&objects)?;
    for header in HEADERS {
        fs::copy(folder().join(header), include.join(header))
            .with_context(|| format!("installing `{header}`"))?;
    }
    let throwing = THROWING.iter().filter(|_| clang.has_exceptions());
    let compile = |file: &&str| {
        let object = objects.join(file).with_extension("o");
        let mut compiler = Command::new(clang.program());
        compiler.arg(format!("--target={TARGET}")).arg("-c");
        if file.ends_with(".c") {
            compiler.args(["-pthread", "-O2", "-nostdlibinc", "-isystem"]);
            compiler.arg(include);
        }
        match THROWING.contains(file) {
            true if file.ends_with(".c") => compiler.args(EXCEPTIONS_OF_C),
            true => compiler.arg("-mexception-handling"),
            false => &mut compiler,
        };
        compiler.arg(folder().join(file)).arg("-o").arg(&object);
        command::run_quietly(&mut compiler)?;
        Ok(object)
    };
    PLAIN.iter().chain(throwing).map(compile).collect()
}

/// `stamp`, with all that decides what [`build`] does.
///
/// # Errors
/// When a file of ours cannot be read.
pub fn stamped(stamp: Stamp) -> Result<Stamp> {
    stamp.text(include_str!("builtins.rs")).tree(&folder())
}

fn folder() -> PathBuf {
    layout::root().join("sysroot/builtins")
}
