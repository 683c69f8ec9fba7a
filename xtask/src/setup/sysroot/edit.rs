//! What we change in wasi-libc.
//!
//! The release is for one thread: an `#error` marks the code that is not ready
//! for more. Most of musl is ready for threads behind `_REENTRANT`. We change
//! the rest: whole files of ours lie in `sysroot/src`, changes of single lines
//! are patches in `sysroot/patches`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::layout;
use crate::patch;
use crate::stamp::Stamp;

/// Files of ours: name in `sysroot/src`, place in the package.
const FILES: [(&str, &str); 20] = [
    ("crt1-command.c", "libc-bottom-half/crt/crt1-command.c"),
    (
        "clock_nanosleep.c",
        "libc-bottom-half/cloudlibc/src/libc/time/clock_nanosleep.c",
    ),
    ("pthread_self.c", "libc-top-half/sources/pthread_self.c"),
    (
        "pthread_impl.h",
        "libc-top-half/musl/src/internal/pthread_impl.h",
    ),
    ("__lockfile.c", "libc-top-half/musl/src/stdio/__lockfile.c"),
    ("getc.h", "libc-top-half/musl/src/stdio/getc.h"),
    ("putc.h", "libc-top-half/musl/src/stdio/putc.h"),
    ("pipe.c", "libc-bottom-half/sources/pipe.c"),
    ("temporary.c", "libc-top-half/sources/temporary.c"),
    ("locks.c", "libc-bottom-half/sources/locks.c"),
    ("wasi_waits.c", "libc-bottom-half/sources/wasi_waits.c"),
    (
        "sockets/__header_sys_socket.h",
        "libc-bottom-half/headers/public/__header_sys_socket.h",
    ),
    (
        "sockets/sockets.h",
        "libc-top-half/sources/sockets/sockets.h",
    ),
    (
        "sockets/address.c",
        "libc-top-half/sources/sockets/address.c",
    ),
    ("sockets/socket.c", "libc-top-half/sources/sockets/socket.c"),
    (
        "sockets/transfer.c",
        "libc-top-half/sources/sockets/transfer.c",
    ),
    ("sockets/waits.c", "libc-top-half/sources/sockets/waits.c"),
    (
        "sockets/options.c",
        "libc-top-half/sources/sockets/options.c",
    ),
    (
        "sockets/getaddrinfo.c",
        "libc-top-half/sources/sockets/getaddrinfo.c",
    ),
    (
        "sockets/getnameinfo.c",
        "libc-top-half/sources/sockets/getnameinfo.c",
    ),
];

/// Where the library's own sources find our public header.
const HEADER: &str = "libc-bottom-half/headers/public/coopt.h";

/// Files of the package that our code replaces.
const REMOVED: [&str; 8] = [
    "libc-bottom-half/cloudlibc/src/libc/time/nanosleep.c",
    // The thread layer has it.
    "libc-bottom-half/cloudlibc/src/libc/sched/sched_yield.c",
    "libc-bottom-half/signal/signal.c",
    "libc-bottom-half/sources/accept.c",
    "libc-bottom-half/cloudlibc/src/libc/sys/socket/getsockopt.c",
    "libc-bottom-half/cloudlibc/src/libc/sys/socket/recv.c",
    "libc-bottom-half/cloudlibc/src/libc/sys/socket/send.c",
    "libc-bottom-half/cloudlibc/src/libc/sys/socket/shutdown.c",
];

/// Changes the package unpacked in `source`.
///
/// # Errors
/// When a file cannot be copied or removed, or a patch does not fit.
pub fn apply(source: &Path) -> Result<()> {
    patch::to_folder(&patch::read_all(&folder_of_patches())?, source)?;
    for (name, place) in FILES {
        copy(&files_of_ours().join(name), &source.join(place))?;
    }
    copy(&header(), &source.join(HEADER))?;
    for name in REMOVED {
        fs::remove_file(source.join(name)).with_context(|| format!("removing `{name}`"))?;
    }
    Ok(())
}

/// `stamp`, with all that decides what [`apply`] does.
///
/// # Errors
/// When a file of ours cannot be read.
pub fn stamped(stamp: Stamp) -> Result<Stamp> {
    let places = FILES.map(|(name, place)| format!("{name} {place}"));
    stamp
        .text(&places.join("\n"))
        .text(&REMOVED.join("\n"))
        .tree(&folder_of_patches())?
        .tree(&files_of_ours())?
        .tree(&header())
}

fn folder_of_patches() -> PathBuf {
    layout::root().join("sysroot/patches")
}

fn files_of_ours() -> PathBuf {
    layout::root().join("sysroot/src")
}

fn header() -> PathBuf {
    layout::root().join("include/coopt.h")
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::copy(from, to).map(|_| ()))
        .with_context(|| format!("copying `{}` to `{}`", from.display(), to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_patch_can_be_read() {
        let patches = patch::read_all(&folder_of_patches()).expect("the patches are in order");
        assert!(!patches.is_empty());
    }
}
