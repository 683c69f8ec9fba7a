//! The C library of wasi-sdk, with threads of its own, and without threads.
//!
//! Programs linked with it import preview1, `wasi.thread-spawn` and nothing of
//! ours, so they show two things: that `coopt` runs what wasi-sdk produces, and,
//! on Node's real threads, what such a program does without coopt. Those without
//! threads import preview1 alone, which a stock host has too.
//!
//! `WASI_SDK_PATH` names a wasi-sdk. Without it, the same library serves as
//! rustup ships it with the target's standard library. That library comes without
//! headers, and as one archive where wasi-sdk has several. So a sysroot is put
//! together from it and our own headers.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::setup::rust::{self, Target};

/// Archives that programs may name and that are part of `libc.a` here.
const EMPTY_ARCHIVES: [&str; 6] = ["m", "pthread", "rt", "dl", "util", "crypt"];

/// What an archive without members consists of.
const ARCHIVE_MAGIC: &[u8] = b"!<arch>\n";

/// A sysroot with wasi-sdk's C library for `target`. `headers` is the `include` of our
/// sysroot, `work` a folder to put a sysroot together in.
///
/// # Errors
/// Why there is no such library.
pub fn sysroot(target: Target, headers: &Path, work: &Path) -> Result<PathBuf, String> {
    if let Some(sdk) = std::env::var_os("WASI_SDK_PATH") {
        return Ok(PathBuf::from(sdk).join("share/wasi-sysroot"));
    }
    let library = rust::self_contained(target).ok_or_else(|| {
        format!(
            "neither `WASI_SDK_PATH` nor rustup's `{}` is there, so there is no C library of \
             wasi-sdk",
            target.triple()
        )
    })?;
    assemble(target, &library, headers, work)
        .map_err(|error| format!("making a sysroot in `{}`: {error}", work.display()))
}

fn assemble(
    target: Target,
    library: &Path,
    headers: &Path,
    work: &Path,
) -> std::io::Result<PathBuf> {
    let sysroot = work.join("wasi-sdk").join(target.triple());
    let to = sysroot.join("lib").join(target.triple());
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(library)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    for name in EMPTY_ARCHIVES {
        fs::write(to.join(format!("lib{name}.a")), ARCHIVE_MAGIC)?;
    }
    copy_folder(headers, &sysroot.join("include"))?;
    Ok(sysroot)
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
