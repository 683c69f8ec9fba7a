//! Building the edited package with its own Makefile, which knows the files of
//! the library and how each must be compiled.

use std::path::PathBuf;
use std::process::Command;
use std::thread::available_parallelism;

use anyhow::Result;
use coopt_cc::{Clang, TARGET};

use crate::folder::recreate;
use crate::{command, layout};

/// Our assembly files, for which the Makefile has no rule.
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

/// The object file of one of [`ASSEMBLED`].
pub fn object(name: &str) -> PathBuf {
    objects().join(format!("{name}.o"))
}

/// The arguments of `make`. They set each variable that the Makefile would
/// choose for a target with one thread. `-w` silences the warnings of newer
/// compilers, which the Makefile's `-Werror` would turn into errors.
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
        // Not `finish`, which compares the symbols with those of a library for
        // one thread.
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
