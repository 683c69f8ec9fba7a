//! The sources, copied from zig's package and patched.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::place;
use crate::folder::{copy_tree, recreate};
use crate::patch;
use crate::setup::sources;
use crate::stamp::{self, Stamp};

/// What is copied of the package.
const COPIED: [&str; 7] = [
    "libcxx/include",
    "libcxx/libc",
    "libcxx/src",
    "libcxxabi/include",
    "libcxxabi/src",
    "libunwind/include",
    "libunwind/src",
];

/// The sources, and what they are.
pub struct Source {
    pub folder: PathBuf,
    pub stamp: String,
}

/// Copies and patches the sources, unless that was done.
///
/// # Errors
/// When they cannot be copied, or a patch does not fit.
pub fn ensure(package: &Path) -> Result<Source> {
    let source = Source {
        folder: place::made().join("source"),
        stamp: Stamp::default()
            .text(sources::DIGEST)
            .text(&COPIED.join("\n"))
            .tree(&patches())?
            .tree(&config_site())?
            .finish(),
    };
    let stamp_file = place::made().join("source.stamp");
    if stamp::is_current(&stamp_file, &source.stamp) {
        return Ok(source);
    }
    recreate(&source.folder)?;
    for part in COPIED {
        copy_tree(&package.join(part), &source.folder.join(part))?;
    }
    patch::to_folder(&patch::read_all(&patches())?, &source.folder)?;
    fs::copy(
        config_site(),
        source.folder.join("libcxx/include/__config_site"),
    )
    .context("copying `__config_site`")?;
    stamp::write(&stamp_file, &source.stamp)?;
    Ok(source)
}

/// How the library is configured: what LLVM's build would write.
fn config_site() -> PathBuf {
    place::ours().join("__config_site")
}

fn patches() -> PathBuf {
    place::ours().join("patches")
}
