//! The Rust compiler for what runs inside a component.
//!
//! Two kinds of machine are served. Where rustup has the target's standard
//! library, the user's own cargo builds for it. Elsewhere Debian's packages
//! `rustc-web`, `cargo-web` and `rust-web-src` do, compiling the standard
//! library from source on the way (`-Zbuild-std`).

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use coopt_cc::Clang;

use super::announce::announce;
use super::packages;
use crate::command;

/// Where Debian's packages put their programs. The paths are absolute because
/// `PATH` may name rustup's programs first.
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// A target that code for components is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// For the runtime: no operating system.
    Bare,
    /// For the thread layer and for programs, which stand on our C library.
    Threads,
    /// For modules without threads, which tests compare with a stock host.
    Plain,
}

impl Target {
    /// The compiler's name for the target.
    pub fn triple(self) -> &'static str {
        match self {
            Self::Bare => "wasm32-unknown-unknown",
            Self::Threads => "wasm32-wasip1-threads",
            Self::Plain => "wasm32-wasip1",
        }
    }

    /// The variable that tells cargo which linker to use for the target.
    fn linker_variable(self) -> String {
        let name = self.triple().to_uppercase().replace('-', "_");
        format!("CARGO_TARGET_{name}_LINKER")
    }
}

/// How a target is compiled for on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toolchain {
    /// The user's cargo, with the target's standard library installed.
    Prebuilt,
    /// Debian's cargo, which builds the standard library as well.
    BuildStd,
}

impl Toolchain {
    /// The toolchain for `target`, installed first where that is needed.
    pub fn ensure(target: Target) -> Result<Self> {
        if let Some(found) = Self::find(target) {
            return Ok(found);
        }
        add_with_rustup(target);
        if let Some(found) = Self::find(target) {
            return Ok(found);
        }
        packages::ensure_rust_for_wasm()?;
        match Self::find(target) {
            Some(found) => Ok(found),
            None => bail!(
                "a Rust compiler for `{0}` is needed and none was found; `rustup target add {0}` \
                 installs one",
                target.triple(),
            ),
        }
    }

    /// The toolchain for `target` that is on the machine already.
    fn find(target: Target) -> Option<Self> {
        if has_prebuilt_std(target) {
            Some(Self::Prebuilt)
        } else if debian_std_source().is_some_and(|source| source.is_dir()) {
            Some(Self::BuildStd)
        } else {
            None
        }
    }

    /// `cargo` with a subcommand that compiles for `target`. `std` names the
    /// crates of the standard library the program needs, for a toolchain that
    /// must build them.
    ///
    /// # Errors
    /// When no linker is found.
    pub fn cargo(
        self,
        subcommand: &str,
        target: Target,
        std: &str,
        clang: &Clang,
    ) -> Result<Command> {
        let mut cargo = match self {
            Self::Prebuilt => command::cargo(),
            Self::BuildStd => debian_cargo(),
        };
        cargo.args([subcommand, "--release", "--target", target.triple()]);
        if self == Self::BuildStd {
            cargo.arg(format!("-Zbuild-std={std}"));
            // rustup's toolchain has a linker; Debian's is in a package of LLVM.
            cargo.env(target.linker_variable(), clang.tool("wasm-ld")?);
        }
        // The thread layer needs the unstable feature `thread_local`, and
        // `-Zbuild-std` is unstable too.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        Ok(cargo)
    }

    /// The compiler's version, for stamps.
    pub fn version(self) -> Result<String> {
        match self {
            Self::Prebuilt => command::capture(Command::new("rustc").arg("-vV")),
            Self::BuildStd => command::capture(Command::new(DEBIAN_RUSTC).arg("-vV")),
        }
    }
}

/// Whether the user's compiler has a standard library for `target`.
pub fn has_prebuilt_std(target: Target) -> bool {
    let Some(folder) = prebuilt_libraries(target) else {
        return false;
    };
    std::fs::read_dir(folder).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
        })
    })
}

/// The C library and start-up objects that come with the standard library for
/// `target`, where the user's compiler has them.
pub fn self_contained(target: Target) -> Option<PathBuf> {
    let folder = prebuilt_libraries(target)?.join("self-contained");
    folder.join("libc.a").is_file().then_some(folder)
}

/// As [`self_contained`], after a try to install what is missing.
pub fn ensure_self_contained(target: Target) -> Option<PathBuf> {
    self_contained(target).or_else(|| {
        add_with_rustup(target);
        self_contained(target)
    })
}

/// Where the user's compiler keeps, or would keep, its libraries for `target`.
fn prebuilt_libraries(target: Target) -> Option<PathBuf> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", target.triple()]);
    command::capture(&mut rustc).ok().map(PathBuf::from)
}

/// Where Debian's compiler looks for the sources of std.
fn debian_std_source() -> Option<PathBuf> {
    if !Path::new(DEBIAN_CARGO).is_file() {
        return None;
    }
    let sysroot = command::capture(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"])).ok()?;
    Some(Path::new(&sysroot).join("lib/rustlib/src/rust/library/std"))
}

/// Debian's cargo, without the variables that a rustup proxy sets for its children.
fn debian_cargo() -> Command {
    let mut cargo = Command::new(DEBIAN_CARGO);
    cargo.env("RUSTC", DEBIAN_RUSTC);
    for name in [
        "CARGO",
        "RUSTUP_TOOLCHAIN",
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "LD_LIBRARY_PATH",
    ] {
        cargo.env_remove(name);
    }
    cargo
}

/// Asks rustup for `target`. A failure is ignored: the caller looks whether the
/// target is there.
fn add_with_rustup(target: Target) {
    if !command::succeeds(Command::new("rustup").arg("--version")) {
        return;
    }
    announce(&format!(
        "Rust's std for {0} is missing; trying `rustup target add {0}`",
        target.triple()
    ));
    command::succeeds(Command::new("rustup").args(["target", "add", target.triple()]));
}
