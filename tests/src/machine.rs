//! What this machine has.
//!
//! coopt itself must be there. Every other engine or compiler may be missing.
//! Its trials are then ignored, and the runner says why.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use xtask::setup::rust::{self, Target};
use xtask::wasi_sdk;

use crate::process;
use crate::repository::root;

/// The words that a command begins with, or why there is no such command.
pub type Tool = Result<Vec<String>, String>;

/// The tools of this machine, and where things lie.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The repository.
    pub root: PathBuf,
    /// Where this run may write.
    pub work: PathBuf,
    /// The `coopt` under test.
    pub coopt: PathBuf,
    /// A stock `wasmtime` with cooperative threads.
    pub wasmtime: Tool,
    /// Node with worker threads.
    pub node: Tool,
    /// A native C compiler.
    pub cc: Tool,
    /// `Ok` if our C++ library is there, or why not.
    pub cxx_library: Result<(), String>,
    /// A native C++ compiler.
    pub cxx: Tool,
    /// The native cargo.
    pub cargo: Tool,
    /// `zig`.
    pub zig: Tool,
    /// A command that may mount a disk in memory and then becomes another command.
    pub disk: Tool,
    /// A sysroot with wasi-sdk's C library.
    pub wasi_sdk: Result<PathBuf, String>,
    /// A sysroot with wasi-sdk's C library without threads.
    pub plain_wasi_sdk: Result<PathBuf, String>,
    /// `Ok` if Rust programs are linked with wasi-sdk's C library too, or why not.
    pub rust_on_wasi_sdk: Result<(), String>,
}

/// The oldest Node whose shared memories and workers serve.
const NODE_MIN: u32 = 20;

const QUESTION_LIMIT: Duration = Duration::from_secs(20);

impl Machine {
    /// Finds the tools. `work` is a folder that this run may write to.
    ///
    /// # Errors
    /// A text, when `coopt` is not there or `work` cannot be made.
    pub fn look(work: PathBuf) -> Result<Self, String> {
        let root = root()?;
        std::fs::create_dir_all(&work)
            .map_err(|error| format!("making `{}`: {error}", work.display()))?;
        Ok(Self {
            wasi_sdk: wasi_sdk(Target::Threads, &work),
            plain_wasi_sdk: wasi_sdk(Target::Plain, &work),
            rust_on_wasi_sdk: rust_on_wasi_sdk(),
            work,
            coopt: coopt()?,
            wasmtime: wasmtime(&root),
            node: node(),
            cc: plain("cc"),
            cxx_library: cxx_library(&root),
            cxx: plain("c++"),
            cargo: plain("cargo"),
            zig: zig(&root),
            disk: disk(),
            root,
        })
    }

    /// A call of `coopt`.
    #[must_use]
    pub fn coopt(&self) -> Command {
        let mut command = Command::new(&self.coopt);
        // A developer's settings must not change what is tested.
        command.env_remove("WASI_SDK_PATH").env("NO_COLOR", "1");
        // The tests must not fill a developer's cache.
        command.env("XDG_CACHE_HOME", self.work.join("cache"));
        command
    }
}

/// A call of `tool`.
///
/// # Errors
/// Why the tool is missing.
pub fn command(tool: &Tool) -> Result<Command, String> {
    let (program, args) = tool.as_ref()?.split_first().ok_or("it has no name")?;
    let mut command = Command::new(program);
    command.args(args);
    Ok(command)
}

/// The path in `COOPT`, or the `coopt` in the target folder of this runner.
fn coopt() -> Result<PathBuf, String> {
    if let Some(wish) = std::env::var_os("COOPT") {
        return Ok(wish.into());
    }
    let runner = std::env::current_exe().map_err(|error| format!("finding the runner: {error}"))?;
    let profile = runner.ancestors().nth(2);
    let profile = profile.ok_or("the runner lies in `target/<profile>/deps`")?;
    let coopt = profile.join(format!("coopt{}", std::env::consts::EXE_SUFFIX));
    if coopt.is_file() {
        return Ok(coopt);
    }
    Err(format!(
        "these tests run `coopt`; there is none at `{}`; `cargo build --package coopt` makes it \
         (`cargo xtask test` does all that is needed), or set `COOPT`",
        coopt.display()
    ))
}

fn plain(name: &str) -> Tool {
    let tool = vec![name.to_owned()];
    ask(&tool, &["--version"])?;
    Ok(tool)
}

/// The `wasmtime` that `cargo xtask setup` installs, or the machine's own.
fn wasmtime(root: &Path) -> Tool {
    let installed = root.join("target/coopt/wasmtime/bin/wasmtime");
    let tool = match installed.is_file() {
        true => vec![installed.display().to_string()],
        false => plain("wasmtime")?,
    };
    if ask(&tool, &["run", "-W", "help"])?.contains("component-model-threading") {
        Ok(tool)
    } else {
        Err("this `wasmtime` has no `-W component-model-threading`".to_owned())
    }
}

/// Mounts a disk for one command alone, which takes no rights where namespaces are open
/// to all.
fn disk() -> Tool {
    let words = ["unshare", "--user", "--map-root-user", "--mount"];
    let tool = words.map(str::to_owned).to_vec();
    ask(&tool, &["mount", "-t", "tmpfs", "tmpfs", "/tmp"])?;
    Ok(tool)
}

fn node() -> Tool {
    let tool = vec!["node".to_owned()];
    let version = ask(&tool, &["--version"])?;
    let major = version.trim_start_matches('v').split('.').next();
    match major.and_then(|major| major.parse::<u32>().ok()) {
        Some(major) if major >= NODE_MIN => Ok(tool),
        _ => Err(format!(
            "Node {NODE_MIN} is needed; found {}",
            version.trim()
        )),
    }
}

/// Whether set-up has made our C++ library, for which it needs a clang that has exceptions.
fn cxx_library(root: &Path) -> Result<(), String> {
    let sysroot = std::env::var_os("COOPT_SYSROOT").map(PathBuf::from);
    let sysroot = sysroot.unwrap_or_else(|| root.join("target/coopt/sysroot"));
    let library = sysroot
        .join("lib")
        .join(coopt_cc::TARGET)
        .join("libunwind.a");
    match library.is_file() {
        true => Ok(()),
        false => Err(format!(
            "there is no `{}`; `cargo xtask setup` makes it with clang 20 or later",
            library.display()
        )),
    }
}

/// The path in `COOPT_ZIG`, or the `zig` that `cargo xtask setup` installs.
fn zig(root: &Path) -> Tool {
    if let Ok(wish) = std::env::var("COOPT_ZIG") {
        return Ok(vec![wish]);
    }
    let python = root.join("target/coopt/zig/bin/python");
    if !python.is_file() {
        return Err("zig is not there; `cargo xtask setup` installs it".to_owned());
    }
    let words = [&python.display().to_string(), "-m", "ziglang"];
    Ok(words.map(str::to_owned).to_vec())
}

fn wasi_sdk(target: Target, work: &Path) -> Result<PathBuf, String> {
    let folder = work.join(target.triple());
    wasi_sdk::sysroot(target, &folder).map_err(|error| format!("{error:#}"))
}

/// Whether Rust programs are linked with wasi-sdk's C library: rustup's standard
/// library comes with it (see [`xtask::programs::rust`]).
fn rust_on_wasi_sdk() -> Result<(), String> {
    if rust::has_prebuilt_std(Target::Threads) {
        Ok(())
    } else {
        Err("Rust's std is built from source here, on coopt's own C library".to_owned())
    }
}

fn ask(tool: &[String], args: &[&str]) -> Result<String, String> {
    let (program, fixed) = tool.split_first().ok_or("it has no name")?;
    process::succeed(Command::new(program).args(fixed).args(args), QUESTION_LIMIT)
}
