//! What we change in the source.
//!
//! wasi-libc's threads are those of the Linux kernel's kind: they run at once. Ours take turns, and
//! our thread layer is in place of musl's. Changes of single lines are patches in
//! `sysroot/patches`; whole files of ours lie in `sysroot/src`; what the source hides and we have is
//! listed in `sysroot/shown.txt`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::shown;
use super::source::HEADERS;
use crate::folder::copy_tree;
use crate::layout;
use crate::patch;
use crate::stamp::Stamp;

/// The folder of the source with our files. `sysroot/files.txt` says which are compiled.
const OURS: &str = "coopt";

/// Headers of ours that stand in place of the source's: file in `sysroot/src`, place.
const REPLACED: [(&str, &str); 4] = [
    (
        "pthread_impl.h",
        "libc-top-half/musl/src/internal/pthread_impl.h",
    ),
    ("getc.h", "libc-top-half/musl/src/stdio/getc.h"),
    ("putc.h", "libc-top-half/musl/src/stdio/putc.h"),
    (
        "sockets/__header_sys_socket.h",
        "libc-top-half/musl/include/__header_sys_socket.h",
    ),
];

/// Changes the source in the folder `source`.
///
/// # Errors
/// When a file cannot be copied, or a patch does not fit.
pub fn apply(source: &Path) -> Result<()> {
    patch::to_folder(&patch::read_all(&folder_of_patches())?, source)?;
    let list = list_of_shown();
    let text =
        fs::read_to_string(&list).with_context(|| format!("reading `{}`", list.display()))?;
    shown::apply(&text, source)?;
    copy_tree(&files_of_ours(), &source.join(OURS))?;
    for (name, place) in REPLACED {
        let place = source.join(place);
        ensure!(
            place.is_file(),
            "our `{name}` must replace a file, and `{}` is not there",
            place.display()
        );
        copy(&files_of_ours().join(name), &place)?;
    }
    copy_tree(&files_of_ours().join("include"), &source.join(HEADERS))?;
    copy(&header(), &source.join(HEADERS).join("coopt.h"))
}

/// `stamp`, with all that decides what [`apply`] does.
///
/// # Errors
/// When a file of ours cannot be read.
pub fn stamped(stamp: Stamp) -> Result<Stamp> {
    let places = REPLACED.map(|(name, place)| format!("{name} {place}"));
    stamp
        .text(&places.join("\n"))
        .tree(&folder_of_patches())?
        .tree(&list_of_shown())?
        .tree(&files_of_ours())?
        .tree(&header())
}

fn folder_of_patches() -> PathBuf {
    layout::root().join("sysroot/patches")
}

fn list_of_shown() -> PathBuf {
    layout::root().join("sysroot/shown.txt")
}

fn files_of_ours() -> PathBuf {
    layout::root().join("sysroot/src")
}

fn header() -> PathBuf {
    layout::root().join("include/coopt.h")
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .map(|_| ())
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
