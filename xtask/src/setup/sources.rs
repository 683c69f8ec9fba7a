//! The sources of the C and C++ libraries.
//!
//! PyPI's package of zig 0.15.2 carries them: wasi-libc and musl 1.2.5, of 2025, and LLVM 20's
//! libc++, libc++abi and libunwind. Some twenty of the C library's files, such as `strlen`, are
//! written in zig there, and an allocator is left out (`sysroot::source`). Later versions of zig
//! write more of them in zig.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::pypi::{self, Package};
use crate::stamp::{self, Stamp};

const PACKAGE: Package = Package {
    folder: "sources",
    requirement: "ziglang==0.15.2",
    why: "for the sources of the C and C++ libraries, which it carries",
};

/// The folders we use. They are the same in the packages for all systems.
const USED: [&str; 7] = [
    "libc/musl",
    "libc/wasi",
    "libc/include/generic-musl",
    "libc/include/wasm-wasi-musl",
    "libcxx",
    "libcxxabi",
    "libunwind",
];

/// The digest of all that is in [`USED`].
pub const DIGEST: &str = "affb6c780ebbacb9ec76d02f67aa2019f19e3fcac266b5a4b67d3c2526f3ea39";

/// Fetches the sources and returns the folder in which [`USED`] lie.
///
/// # Errors
/// When the package cannot be installed, or is not what it must be.
pub fn ensure() -> Result<PathBuf> {
    ensure!(
        pypi::ensure(&PACKAGE)?.is_some(),
        "the C library's sources are in PyPI's package `{}`, which could not be installed",
        PACKAGE.requirement
    );
    let folder = pypi::modules(&PACKAGE)?.join("ziglang/lib");
    let verified = pypi::home(&PACKAGE).join("verified");
    if !stamp::is_current(&verified, DIGEST) {
        let found = USED
            .iter()
            .try_fold(Stamp::default(), |stamp, part| {
                stamp.tree(&folder.join(part))
            })?
            .finish();
        ensure!(
            found == DIGEST,
            "the sources in `{}` must have the digest {DIGEST} and have {found}; delete `{}` and try \
             again",
            folder.display(),
            pypi::home(&PACKAGE).display(),
        );
        stamp::write(&verified, DIGEST)?;
    }
    Ok(folder)
}
