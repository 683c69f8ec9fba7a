//! Where the C library's sources come from.

use crate::setup::debian::SourcePackage;

/// wasi-libc, as Debian has it.
pub const PACKAGE: SourcePackage = SourcePackage {
    package: "wasi-libc=0.0~git20220510.9886d3d-2",
    release: "bookworm",
    tarball: "wasi-libc_0.0~git20220510.9886d3d.orig.tar.xz",
    sha256: "8f9b802736a856942839d32966937c389f46e9f156415a549a6675b7535e5f74",
    why: "for the C library, unless `WASI_SDK_PATH` names another one",
};
