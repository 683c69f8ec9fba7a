//! The C library: wasi-libc made thread-aware, with our thread layer in it.
//!
//! ```text
//! source   laid together from the package that carries it
//! edit     what we change in it: patches and files of ours, from `sysroot`
//! shown    what it hides and we have
//! list     which files make the library, and how each is compiled
//! build    compiles them, for wasm32-wasip1-threads
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
mod list;
mod shown;
mod source;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use coopt_cc::Clang;

use super::announce::announce;
use super::sources;
use crate::layout;
use crate::stamp::{self, Stamp};

/// Makes the parts of the C library that are not current, from the sources in the folder `package`.
pub fn ensure(clang: &Clang, package: &Path) -> Result<()> {
    let libc_stamp = libc_stamp(clang)?;
    let libc_stamp_file = build::folder().join("stamp");
    if !stamp::is_current(&libc_stamp_file, &libc_stamp) {
        announce("building the C library (wasi-libc with threads; takes half a minute)");
        source::compose(
            package,
            &build::folder().join("allocator"),
            &build::source(),
        )?;
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
        .text(sources::DIGEST)
        .text(source::ALLOCATOR.sha256);
    Ok(edit::stamped(build::stamped(stamp, clang)?)?.finish())
}
