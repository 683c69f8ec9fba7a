//! The C library: wasi-libc made thread-aware, with our thread layer in it.
//!
//! ```text
//! source   Debian's source package, verified and unpacked
//! edit     what we change in it: patches and files of ours, from `sysroot`
//! build    make, for wasm32-wasip1-threads
//! builtins what code calls that the compiler writes, compiled
//! install  archives in the places clang looks in, the thread layer merged in
//! library  the objects in the archives say which functions are library code
//! headers  the headers against what the thread layer assumes
//! ```
//!
//! The source is a fixed release, so patches that fit keep fitting.

mod build;
mod builtins;
mod edit;
mod headers;
mod install;
pub mod library;
mod source;

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};
use coopt_cc::Clang;

use super::announce::announce;
use crate::stamp::{self, Stamp};
use crate::{command, layout};

/// Makes the parts of the C library that are not current.
pub fn ensure(clang: &Clang) -> Result<()> {
    let libc_stamp = libc_stamp(clang)?;
    let libc_stamp_file = build::folder().join("stamp");
    if !stamp::is_current(&libc_stamp_file, &libc_stamp) {
        announce("building the C library (wasi-libc with threads; takes half a minute)");
        source::PACKAGE.unpack(&build::source())?;
        edit::apply(&build::source())?;
        build::run(clang)?;
        stamp::write(&libc_stamp_file, &libc_stamp)?;
    }

    let stamp = Stamp::default()
        .text(&libc_stamp)
        .tree(&layout::thread_layer())?
        .text(&headers::source());
    let stamp = builtins::stamped(library::stamped(stamp))?.finish();
    let stamp_file = layout::sysroot().join("share/coopt/stamp");
    if !stamp::is_current(&stamp_file, &stamp) {
        announce("putting the C library together");
        install::run(clang)?;
        headers::check(clang)?;
        forget_programs()?;
        stamp::write(&stamp_file, &stamp)?;
    }
    Ok(())
}

/// Throws away the Rust programs that were linked with the last C library,
/// since cargo does not know that they depend on the C library.
fn forget_programs() -> Result<()> {
    let programs = layout::programs();
    if programs.is_dir() {
        fs::remove_dir_all(&programs)
            .with_context(|| format!("removing `{}`", programs.display()))?;
    }
    Ok(())
}

/// Everything the C library is made from, but for the thread layer.
fn libc_stamp(clang: &Clang) -> Result<String> {
    let stamp = Stamp::default()
        .text(source::PACKAGE.sha256)
        .text(&command::capture(
            Command::new(clang.program()).arg("--version"),
        )?)
        .text(&build::arguments(clang)?.join(" "));
    Ok(edit::stamped(stamp)?.finish())
}
