//! The C++ library: LLVM's libc++, libc++abi and libunwind, with threads and exceptions.
//!
//! ```text
//! place    where things lie
//! units    the files that are compiled, and how
//! source   the sources, copied from zig's package and patched
//! build    one object for each unit, where it is not current
//! install  headers and archives in the places where clang looks
//! ```
//!
//! The C library must be there, whose headers the units include. What we change and add lies in
//! `sysroot/cxx`.

mod build;
mod install;
mod place;
mod source;
mod units;

use std::path::Path;

use anyhow::Result;
use coopt_cc::Clang;

use super::announce::announce;

/// Makes the parts of the C++ library that are not current, from the sources in the folder `package`.
///
/// # Errors
/// When a source cannot be fetched or compiled, or a file not be written.
pub fn ensure(clang: &Clang, package: &Path) -> Result<()> {
    if !clang.has_exceptions() {
        announce(&format!(
            "leaving C++ out; its exceptions take clang 20, and `{}` is version {}",
            clang.program().display(),
            clang.version(),
        ));
        return Ok(());
    }
    let source = source::ensure(package)?;
    let built = build::ensure(clang, &source)?;
    install::ensure(clang, &source, &built)
}
