//! From a path to the file it names, beneath a folder (invariant F1 of
//! [`crate::files`]).
//!
//! One name, which most paths are, cannot lead out of the folder if it is no
//! link, so the folder is asked for it directly. All other paths are resolved by
//! `openat2`, which refuses whatever leads out: `..`, an absolute path, a link.
//! A path that ends in a slash goes that way as well, since the kernel knows that
//! such a path names a folder, and that a link before the slash is followed.

use std::fs::File;
use std::os::fd::OwnedFd;

use rustix::fs::{AtFlags, CWD, Mode, OFlags, ResolveFlags, fstat, openat2, statat};
use rustix::io::Errno;
use wasmtime_wasi::p3::bindings::filesystem::types::{ErrorCode, PathFlags};

use super::fault::Fault;
use crate::metadata::Metadata;

/// How often a path is resolved anew that changes meanwhile. As in Wasmtime.
const ATTEMPTS: u32 = 4;

/// What keeps a path beneath its folder. As in Wasmtime.
const RESOLVE: ResolveFlags = ResolveFlags::BENEATH.union(ResolveFlags::NO_MAGICLINKS);

/// Whether the kernel can resolve a path beneath a folder. Linux can from 5.6 on,
/// where no sandbox around the process forbids it.
pub(super) fn is_supported() -> bool {
    let flags = OFlags::PATH | OFlags::CLOEXEC;
    openat2(CWD, ".", flags, Mode::empty(), RESOLVE).is_ok()
}

/// What is at `path` beneath `folder`.
pub(super) fn find(folder: &File, flags: PathFlags, path: &str) -> Result<Metadata, Fault> {
    let follow = flags.contains(PathFlags::SYMLINK_FOLLOW);
    if is_name(path) {
        let found = named(folder, path)?;
        if !(follow && found.is_link()) {
            return Ok(found);
        }
    }
    let found = open(folder, follow, path)?;
    Ok(Metadata::new(fstat(found)?))
}

/// What the file is.
pub(super) fn of(file: &File) -> Result<Metadata, Fault> {
    Ok(Metadata::new(fstat(file)?))
}

/// Whether `path` is one name, which means something in its folder only.
fn is_name(path: &str) -> bool {
    !matches!(path, "" | "." | "..") && !path.contains('/')
}

/// What has this name in `folder`, be it a link.
fn named(folder: &File, name: &str) -> Result<Metadata, Fault> {
    let found = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(Metadata::new(found))
}

fn open(folder: &File, follow: bool, path: &str) -> Result<OwnedFd, Fault> {
    let mut flags = OFlags::PATH | OFlags::CLOEXEC;
    flags.set(OFlags::NOFOLLOW, !follow);
    for _ in 0..ATTEMPTS {
        match openat2(folder, path, flags, Mode::empty(), RESOLVE) {
            Ok(found) => return Ok(found),
            // Something was renamed meanwhile.
            Err(Errno::AGAIN) => {}
            // A sandbox around the process may say so of `openat2` itself.
            Err(Errno::NOSYS | Errno::PERM) => break,
            // The path leads out of the folder.
            Err(Errno::XDEV) => return Err(ErrorCode::NotPermitted.into()),
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::Undecided)
}
