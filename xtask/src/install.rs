//! `cargo xtask install`: the `coopt` command, and the C library where the
//! command looks for it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::folder::copy_tree;
use crate::{command, layout, setup};

/// Installs for the current user.
pub fn run() -> Result<()> {
    setup::run()?;
    command::run(command::cargo().args(["install", "--locked", "--path", "crates/coopt"]))?;

    let home = data_home()?.join("coopt");
    let (target, staged) = (home.join("sysroot"), home.join("sysroot.new"));
    for old in [&staged, &target] {
        if old.exists() {
            fs::remove_dir_all(old).with_context(|| format!("removing `{}`", old.display()))?;
        }
    }
    copy_tree(&layout::sysroot(), &staged)?;
    fs::rename(&staged, &target).with_context(|| format!("making `{}`", target.display()))?;
    println!("the C library is in {}", target.display());
    Ok(())
}

/// Where a user's data lies (XDG Base Directory Specification).
fn data_home() -> Result<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(home) = variable("XDG_DATA_HOME") {
        return Ok(home.into());
    }
    let home = variable("HOME").context("a home folder is needed and `HOME` is not set")?;
    Ok(PathBuf::from(home).join(".local/share"))
}
