//! The C library of wasi-sdk, with threads of its own or with none.
//!
//! Programs linked with it import preview1, with threads `wasi.thread-spawn`, and
//! nothing of ours. So tests show with them that `coopt` runs what wasi-sdk
//! produces, and what such a program does on Node's real threads; benchmarks
//! compare with what runs without coopt.
//!
//! `WASI_SDK_PATH` names a wasi-sdk. Without it, the same library serves as
//! rustup ships it with the target's standard library. That library comes without
//! headers, and as one archive where wasi-sdk has several. So a sysroot is put
//! together from it and our own headers.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::folder::copy_tree;
use crate::layout;
use crate::setup::rust::{self, Target};

/// Archives that programs may name and that are part of `libc.a` here.
const EMPTY_ARCHIVES: [&str; 6] = ["m", "pthread", "rt", "dl", "util", "crypt"];

/// What an archive without members consists of.
const ARCHIVE_MAGIC: &[u8] = b"!<arch>\n";

/// A sysroot with wasi-sdk's C library for `target`. `work` is a folder to put a
/// sysroot together in.
///
/// # Errors
/// Why there is no such library.
pub fn sysroot(target: Target, work: &Path) -> Result<PathBuf> {
    if let Some(sdk) = std::env::var_os("WASI_SDK_PATH") {
        return Ok(PathBuf::from(sdk).join("share/wasi-sysroot"));
    }
    let library = rust::self_contained(target).with_context(|| {
        format!(
            "neither `WASI_SDK_PATH` nor rustup's `{}` is there, so there is no C library of \
             wasi-sdk",
            target.triple()
        )
    })?;
    assemble(target, &library, work)
        .with_context(|| format!("making a sysroot in `{}`", work.display()))
}

fn assemble(target: Target, library: &Path, work: &Path) -> Result<PathBuf> {
    let sysroot = work.join("wasi-sdk");
    let to = sysroot.join("lib").join(target.triple());
    copy_tree(library, &to)?;
    for name in EMPTY_ARCHIVES {
        fs::write(to.join(format!("lib{name}.a")), ARCHIVE_MAGIC)?;
    }
    copy_tree(&layout::sysroot().join("include"), &sysroot.join("include"))?;
    Ok(sysroot)
}
