//! Building the edited package, with its own Makefile: it knows which files
//! belong to the library, and how each wants to be compiled.

use std::path::PathBuf;
use std::process::Command;
use std::thread::available_parallelism;

use anyhow::Result;
use coopt_cc::{Clang, TARGET};

use crate::folder::recreate;
use crate::{command, layout};

/// Objects that are ours alone and assembly, which the Makefile has no rule for.
pub const ASSEMBLED: [&str; 2] = ["wasi_thread_start", "tls"];

/// Where the library is built.
pub fn folder() -> PathBuf {
    layout::made().join("libc")
}

/// The package, unpacked and edited.
pub fn source() -> PathBuf {
    folder().join("source")
}

/// What the Makefile installs: headers, archives, start files.
pub fn output() -> PathBuf {
    folder().join("sysroot")
}

/// Compiles the library into [`output`].
pub fn run(clang: &Clang) -> Result<()> {
    recreate(&output())?;
    recreate(&objects())?;
    command::run_quietly(
        Command::new("make")
            .args(arguments(clang)?)
            .current_dir(source()),
    )?;
    ASSEMBLED.iter().try_for_each(|name| assemble(clang, name))
}

/// An assembled object's file.
pub fn object(name: &str) -> PathBuf {
    objects().join(format!("{name}.o"))
}

/// What `make` is told. Every variable the Makefile would set itself but for a
/// single-threaded target is given here; `-w` also takes the sting out of its
/// `-Werror`, which newer compilers' warnings would trip.
pub fn arguments(clang: &Clang) -> Result<Vec<String>> {
    let jobs = available_parallelism().map_or(1, usize::from);
    Ok(vec![
        format!("-j{jobs}"),
        format!("CC={}", clang.program().display()),
        format!("AR={}", clang.tool("llvm-ar")?.display()),
        "NM=false".to_owned(),
        "EXTRA_CFLAGS=-O2 -DNDEBUG -w".to_owned(),
        "THREAD_MODEL=posix".to_owned(),
        format!("TARGET_TRIPLE={TARGET}"),
        format!("MULTIARCH_TRIPLE={TARGET}"),
        format!("SYSROOT={}", output().display()),
        format!("OBJDIR={}", objects().display()),
        // Not `finish`: it compares the symbols with those of one thread.
        "startup_files".to_owned(),
        "libc".to_owned(),
    ])
}

fn objects() -> PathBuf {
    folder().join("objects")
}

fn assemble(clang: &Clang, name: &str) -> Result<()> {
    command::run_quietly(
        Command::new(clang.program())
            .arg(format!("--target={TARGET}"))
            .arg("-c")
            .arg(layout::root().join(format!("sysroot/src/{name}.s")))
            .arg("-o")
            .arg(object(name)),
    )
}
