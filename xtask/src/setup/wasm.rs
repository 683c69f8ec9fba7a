//! What is compiled from `wasm/`: the runtime and the thread layer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use coopt_cc::Clang;

use super::announce::announce;
use super::rust::{Target, Toolchain};
use crate::stamp::{self, Stamp};
use crate::{command, layout};

/// A crate of `wasm/` and where its product goes.
struct Artifact {
    package: &'static str,
    target: Target,
    /// The name cargo gives the product.
    built_as: &'static str,
    product: PathBuf,
    why: &'static str,
}

/// Crates outside `wasm/` that the crates of `wasm/` use.
const SHARED_CRATES: [&str; 5] = [
    "coopt-abi",
    "coopt-sched",
    "coopt-sync",
    "coopt-threads",
    "coopt-wasi",
];

fn artifacts() -> [Artifact; 2] {
    [
        Artifact {
            package: "coopt-runtime",
            target: Target::Bare,
            built_as: "coopt_runtime.wasm",
            product: layout::runtime_wasm(),
            why: "the scheduler that every component carries",
        },
        Artifact {
            package: "coopt-pthread",
            target: Target::Threads,
            built_as: "libcoopt_pthread.a",
            product: layout::thread_layer(),
            why: "the C library's threads",
        },
    ]
}

/// Builds what is missing or was built from other sources.
pub fn ensure(clang: &Clang) -> Result<()> {
    for artifact in artifacts() {
        if layout::wasm().join(artifact.package).is_dir() {
            ensure_artifact(&artifact, clang)?;
        }
    }
    Ok(())
}

fn ensure_artifact(artifact: &Artifact, clang: &Clang) -> Result<()> {
    let toolchain = Toolchain::ensure(artifact.target)?;
    let mut cargo = cargo(toolchain, "build", artifact, clang)?;
    let stamp = stamp_of(toolchain, &command::line(&cargo))?;
    let stamp_file = artifact.product.with_extension("stamp");
    if artifact.product.is_file() && stamp::is_current(&stamp_file, &stamp) {
        return Ok(());
    }
    announce(&format!("building {} ({})", artifact.package, artifact.why));
    command::run_quietly(&mut cargo)?;
    copy(&built(artifact), &artifact.product)?;
    stamp::write(&stamp_file, &stamp)
}

/// Lints the crates of `wasm/`. Set-up must have run. Crates that Debian's
/// packages compile ([`Toolchain::BuildStd`]) are not linted.
pub fn lint(clang: &Clang) -> Result<()> {
    for artifact in artifacts() {
        let toolchain = Toolchain::ensure(artifact.target)?;
        if toolchain == Toolchain::BuildStd {
            announce(&format!(
                "leaving {} without lints; `rustup target add {}` would bring them",
                artifact.package,
                artifact.target.triple(),
            ));
            continue;
        }
        let mut cargo = cargo(toolchain, "clippy", &artifact, clang)?;
        command::run(cargo.args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

/// `cargo` with a subcommand that compiles an artifact.
fn cargo(
    toolchain: Toolchain,
    subcommand: &str,
    artifact: &Artifact,
    clang: &Clang,
) -> Result<Command> {
    let mut cargo = toolchain.cargo(subcommand, artifact.target, "core,alloc", clang)?;
    cargo
        .args(["--quiet", "--package", artifact.package, "--target-dir"])
        .arg(target_dir())
        // `wasm/` is a workspace of its own, which cargo finds from there.
        .current_dir(layout::wasm());
    Ok(cargo)
}

fn stamp_of(toolchain: Toolchain, command_line: &str) -> Result<String> {
    let mut stamp = Stamp::default()
        .text(&toolchain.version()?)
        .text(command_line)
        .tree(&layout::wasm())?;
    for name in SHARED_CRATES {
        stamp = stamp.tree(&layout::root().join("crates").join(name))?;
    }
    Ok(stamp.finish())
}

fn target_dir() -> PathBuf {
    layout::made().join("wasm")
}

fn built(artifact: &Artifact) -> PathBuf {
    target_dir()
        .join(artifact.target.triple())
        .join("release")
        .join(artifact.built_as)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .map(|_| ())
        .with_context(|| format!("copying `{}` to `{}`", from.display(), to.display()))
}
