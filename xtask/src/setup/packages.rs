//! System packages: finds what is missing and installs that.
//!
//! A program counts wherever it comes from, so a machine with wasi-sdk, or
//! without apt, needs no package of Debian.

use std::ffi::OsStr;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use coopt_cc::Clang;

use super::announce::announce;
use crate::command;

/// Versions of LLVM that serve, best first.
const LLVM_VERSIONS: [u32; 4] = [22, 21, 20, 19];

/// Something that must be on the machine.
struct Need {
    is_met: bool,
    what: &'static str,
    /// A function, so that apt's lists of packages are updated first, if this
    /// user may do that.
    packages: fn() -> Vec<String>,
}

/// Installs what the C library and C programs are built with.
pub fn ensure() -> Result<Clang> {
    install(&[
        Need {
            is_met: usable_clang().is_ok(),
            what: "clang 19 or newer with wasm-ld, llvm-ar and the builtins for wasm32",
            packages: llvm_packages,
        },
        Need {
            is_met: runs("tar"),
            what: "tar",
            packages: || named(&["tar"]),
        },
        Need {
            is_met: runs("xz"),
            what: "xz",
            packages: || named(&["xz-utils"]),
        },
        Need {
            is_met: command::succeeds(
                Command::new("python3").args(["-c", "import ensurepip, venv"]),
            ),
            what: "python3 with venv",
            packages: || named(&["python3", "python3-venv"]),
        },
    ])?;
    usable_clang()
}

/// Installs the system's Rust compiler for wasm and the sources of its std.
pub fn ensure_rust_for_wasm() -> Result<()> {
    install(&[Need {
        is_met: false,
        what: "a Rust compiler for wasm32 (rustup has no wasm target here)",
        packages: || named(&["rustc-web", "cargo-web", "rust-web-src"]),
    }])
}

fn runs(program: &str) -> bool {
    command::succeeds(Command::new(program).arg("--version"))
}

/// clang, if the tools and the builtins that it needs are there too.
fn usable_clang() -> Result<Clang> {
    let clang = Clang::find()?;
    clang.tool("wasm-ld")?;
    clang.tool("llvm-ar")?;
    let builtins = clang.builtins()?;
    if !builtins.is_file() {
        bail!(
            "`{}` comes without `{}`",
            clang.program().display(),
            builtins.display()
        );
    }
    Ok(clang)
}

/// The packages of the newest LLVM that the system offers.
fn llvm_packages() -> Vec<String> {
    let offered = |version: &u32| {
        command::capture(Command::new("apt-cache").args(["show", &format!("clang-{version}")]))
            .is_ok_and(|shown| !shown.is_empty())
    };
    let version = LLVM_VERSIONS
        .into_iter()
        .find(offered)
        .unwrap_or(LLVM_VERSIONS[0]);
    vec![
        format!("clang-{version}"),
        format!("lld-{version}"),
        format!("llvm-{version}"),
        format!("libclang-rt-{version}-dev-wasm32"),
    ]
}

fn named(packages: &[&str]) -> Vec<String> {
    packages.iter().map(|&package| package.to_owned()).collect()
}

fn install(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !need.is_met).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let whats: Vec<&str> = missing.iter().map(|need| need.what).collect();
    if !runs("apt-get") {
        bail!(
            "missing on this machine, which has no apt to install it with: {}; install it (for \
             the C compiler, wasi-sdk with `WASI_SDK_PATH` set will do) and try again",
            whats.join("; "),
        );
    }
    let Some(privilege) = privilege() else {
        bail!(
            "packages must be installed for {} and this user may not; type:\n    \
             sudo apt-get update && sudo apt-get install {}",
            whats.join(" and "),
            packages(&missing).join(" "),
        );
    };
    apt_get(privilege, &["update", "-qq"])?;
    for need in &missing {
        announce(&format!(
            "{} is missing: installing {}",
            need.what,
            (need.packages)().join(" ")
        ));
    }
    let words = ["install", "-y", "-qq", "--no-install-recommends"].map(str::to_owned);
    apt_get(privilege, &[words.to_vec(), packages(&missing)].concat())
        .context("the system's packages could not be installed")
}

fn packages(needs: &[&Need]) -> Vec<String> {
    needs.iter().flat_map(|need| (need.packages)()).collect()
}

/// The words that make a command run as root; `None` when this user may not.
fn privilege() -> Option<&'static [&'static str]> {
    let is_root = command::capture(Command::new("id").arg("-u")).is_ok_and(|id| id == "0");
    if is_root {
        Some(&[])
    } else if command::succeeds(Command::new("sudo").args(["-n", "true"])) {
        Some(&["sudo", "-n"])
    } else {
        None
    }
}

fn apt_get<S: AsRef<OsStr>>(privilege: &[&str], args: &[S]) -> Result<()> {
    let words = [
        privilege,
        &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"],
    ]
    .concat();
    command::run_quietly(Command::new(words[0]).args(&words[1..]).args(args))
}
