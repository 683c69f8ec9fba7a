//! Puts the sysroot together, in the places where clang's driver and rustc
//! look. The sysroot is built aside and renamed, so it is never there in part.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use coopt_cc::{Clang, TARGET, WITHOUT_ABSENT};

use super::{build, builtins, library};
use crate::folder::{copy_tree, recreate};
use crate::{command, layout};

/// Archives that programs link with (`-lm`) and whose functions are in `libc.a`.
const EMPTY_ARCHIVES: [&str; 12] = [
    "m",
    "rt",
    "pthread",
    "crypt",
    "util",
    "xnet",
    "resolv",
    "dl",
    "wasi-emulated-getpid",
    "wasi-emulated-mman",
    "wasi-emulated-process-clocks",
    "wasi-emulated-signal",
];

/// Other names of the target, by which clang and build systems look for headers and archives.
const OTHER_TARGETS: [&str; 1] = ["wasm32-wasi-threads"];

/// Installs the built library, with the thread layer when it is there.
pub fn run(clang: &Clang) -> Result<()> {
    let sysroot = layout::sysroot();
    let staged = sysroot.with_extension("new");
    recreate(&staged)?;
    copy_tree(&build::output(), &staged)?;
    let lib = staged.join("lib").join(TARGET);
    let ar = clang.tool("llvm-ar")?;
    let ours = builtins::build(clang, &staged.join("include"))?;
    merge(&ar, &lib.join("libc.a"), &ours)?;
    library::name_functions(&ar, &lib)?;
    add_absent(&ar, &lib)?;
    for name in EMPTY_ARCHIVES {
        command::run_quietly(
            Command::new(&ar)
                .arg("crs")
                .arg(lib.join(format!("lib{name}.a"))),
        )?;
    }
    for target in OTHER_TARGETS {
        copy_tree(&lib, &staged.join("lib").join(target))?;
    }
    fs::create_dir_all(staged.join("share/coopt"))?;
    if sysroot.exists() {
        fs::remove_dir_all(&sysroot)
            .with_context(|| format!("removing `{}`", sysroot.display()))?;
    }
    fs::rename(&staged, &sysroot).with_context(|| format!("making `{}`", sysroot.display()))
}

/// Adds the functions that fail to `libc.a`, and keeps a `libc.a` without them in the folder
/// [`WITHOUT_ABSENT`] of `lib`, for programs that want the linker to find none.
fn add_absent(ar: &Path, lib: &Path) -> Result<()> {
    let (libc, absent) = (lib.join("libc.a"), lib.join("libabsent.a"));
    let without = lib.join(WITHOUT_ABSENT);
    fs::create_dir_all(&without)
        .and_then(|()| fs::copy(&libc, without.join("libc.a")))
        .with_context(|| format!("copying to `{}`", without.display()))?;
    // `L` adds the members of an archive.
    command::run_quietly(Command::new(ar).arg("qLs").arg(&libc).arg(&absent))?;
    fs::remove_file(&absent).with_context(|| format!("removing `{}`", absent.display()))
}

/// Adds the thread layer to `libc`. It is no library of its own, because clang
/// and rustc link `-lc` unasked, and nothing else.
fn merge(ar: &Path, libc: &Path, ours: &[PathBuf]) -> Result<()> {
    command::run_quietly(Command::new(ar).arg("qs").arg(libc).args(ours))?;
    let layer = layout::thread_layer();
    if !layer.is_file() {
        return Ok(());
    }
    let own = own_members(ar, &layer)?;
    let aside = build::folder().join("thread-layer");
    recreate(&aside)?;
    command::run_quietly(
        Command::new(ar)
            .arg("x")
            .arg(&layer)
            .args(&own)
            .current_dir(&aside),
    )?;
    command::run_quietly(
        Command::new(ar)
            .arg("rs")
            .arg(libc)
            .args(&own)
            .current_dir(&aside),
    )
}

/// The members of the thread layer's archive without Rust's compiler builtins,
/// which every link has anyway.
fn own_members(ar: &Path, layer: &Path) -> Result<Vec<String>> {
    let listed = command::capture(Command::new(ar).arg("t").arg(layer))?;
    let own: Vec<String> = listed
        .lines()
        .filter(|name| !name.contains("compiler_builtins"))
        .map(str::to_owned)
        .collect();
    if own.is_empty() {
        bail!(
            "the thread layer must hold objects and `{}` holds none",
            layer.display()
        );
    }
    Ok(own)
}
