//! The source of the C library, laid together from the package that carries it.
//!
//! The package has musl as its authors publish it, and of wasi-libc only the files that wasi-libc
//! changed or added. It lacks wasi-libc's allocator, dlmalloc, for which it has one that takes 1.5
//! times as long; dlmalloc has not changed since 2012, so a release of 2022 has today's. So a folder of the source is made of layers: the file on top counts. The
//! source has wasi-libc's layout, but for the headers: all of them, also those that wasi-libc
//! makes when it is built, lie in one folder. The library is compiled with the headers that
//! programs see.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::folder::{copy_tree, recreate};
use crate::setup::debian::SourcePackage;

/// The package with the allocator: wasi-libc, as Debian has it.
pub const ALLOCATOR: SourcePackage = SourcePackage {
    package: "wasi-libc=0.0~git20220510.9886d3d-2",
    release: "bookworm",
    tarball: "wasi-libc_0.0~git20220510.9886d3d.orig.tar.xz",
    sha256: "8f9b802736a856942839d32966937c389f46e9f156415a549a6675b7535e5f74",
    why: "for the C library's allocator",
};

/// The folder of the source, and of the package, with the allocator.
const ALLOCATOR_FOLDER: &str = "dlmalloc";

/// The folders of the source, each with its layers in the package, from the bottom to the top.
const FOLDERS: [(&str, &[&str]); 7] = [
    ("libc-bottom-half", &["libc/wasi/libc-bottom-half"]),
    (
        "libc-top-half/headers",
        &["libc/wasi/libc-top-half/headers"],
    ),
    (
        "libc-top-half/sources",
        &["libc/wasi/libc-top-half/sources"],
    ),
    (
        "libc-top-half/musl/arch/generic",
        &["libc/musl/arch/generic"],
    ),
    (
        "libc-top-half/musl/arch/wasm32",
        &["libc/wasi/libc-top-half/musl/arch/wasm32"],
    ),
    (
        "libc-top-half/musl/src",
        &["libc/musl/src", "libc/wasi/libc-top-half/musl/src"],
    ),
    (
        HEADERS,
        &[
            "libc/include/generic-musl",
            "libc/musl/include",
            "libc/include/wasm-wasi-musl",
        ],
    ),
];

/// The folder of the source with the headers.
pub const HEADERS: &str = "libc-top-half/musl/include";

/// The headers in these folders are among [`HEADERS`], which may be patched.
const REPEATED: [&str; 2] = [
    "libc-top-half/musl/arch/generic/bits",
    "libc-top-half/musl/arch/wasm32/bits",
];

/// Headers that programs must not find: the compiler has those of its own, musl has none of the
/// functions of `ucontext.h`, and the others are of interfaces of the Linux kernel, which programs
/// know by whether the header is there.
const OMITTED: &str = "
    stdarg stddef
    elf link lastlog scsi/scsi scsi/scsi_ioctl scsi/sg
    sys/acct sys/auxv sys/cachectl sys/epoll sys/eventfd sys/fanotify sys/fsuid sys/inotify sys/io
    sys/kd sys/klog sys/membarrier sys/mount sys/mtio sys/personality sys/prctl sys/procfs
    sys/ptrace sys/quota sys/reboot sys/sendfile sys/signalfd sys/soundcard sys/swap sys/timerfd
    sys/ucontext sys/user sys/vt sys/xattr
    ucontext
    bits/errno bits/hwcap bits/io bits/ioctl_fix bits/kd bits/link bits/ptrace bits/soundcard
    bits/user bits/vt";

/// Lays the source together in the folder `to`. The package with the allocator is unpacked into
/// the folder `aside`.
///
/// # Errors
/// When the allocator cannot be had, or a file cannot be read, written or removed.
pub fn compose(package: &Path, aside: &Path, to: &Path) -> Result<()> {
    recreate(to)?;
    ALLOCATOR.unpack(aside)?;
    copy_tree(&aside.join(ALLOCATOR_FOLDER), &to.join(ALLOCATOR_FOLDER))?;
    for (folder, layers) in FOLDERS {
        for layer in layers {
            copy_tree(&package.join(layer), &to.join(folder))?;
        }
    }
    for folder in REPEATED {
        let folder = to.join(folder);
        fs::remove_dir_all(&folder).with_context(|| format!("removing `{}`", folder.display()))?;
    }
    for name in OMITTED.split_whitespace() {
        let header = to.join(HEADERS).join(format!("{name}.h"));
        fs::remove_file(&header).with_context(|| format!("removing `{}`", header.display()))?;
    }
    Ok(())
}
