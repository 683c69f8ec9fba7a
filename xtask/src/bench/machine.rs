//! The facts that a run must be read with: the machine and the versions. They
//! contain no name of a host or a person, because runs are published.

use std::fs;
use std::process::Command;

use crate::{command, layout};

/// Facts, in the order they are written down.
pub type Facts = Vec<(&'static str, String)>;

/// The facts of this machine and this tree.
pub fn facts(native_compiler: &str, clang: &str) -> Facts {
    vec![
        ("date", asked("date", &["-u", "+%Y-%m-%d"])),
        ("commit", commit()),
        ("cpu", cpu_model()),
        ("cores", cores()),
        ("load when it began", load()),
        ("system", asked("uname", &["-smr"])),
        ("wasmtime", wasmtime_version()),
        ("native compiler", native_compiler.to_owned()),
        ("wasm compiler", clang.to_owned()),
    ]
}

/// The short id of the commit, marked when the tree differs from it.
fn commit() -> String {
    let id = asked("git", &["rev-parse", "--short=7", "HEAD"]);
    if asked("git", &["status", "--porcelain"]).is_empty() {
        id
    } else {
        format!("{id}+")
    }
}

fn cpu_model() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    model.map_or_else(unknown, |model| {
        model.trim_start_matches([' ', '\t', ':']).to_owned()
    })
}

fn cores() -> String {
    std::thread::available_parallelism().map_or_else(|_| unknown(), |cores| cores.to_string())
}

fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().map_or_else(unknown, str::to_owned)
}

/// Wasmtime's version in the lock file.
fn wasmtime_version() -> String {
    let lock = fs::read_to_string(layout::root().join("Cargo.lock")).unwrap_or_default();
    let mut lines = lock
        .lines()
        .skip_while(|line| *line != r#"name = "wasmtime""#)
        .skip(1);
    let version = lines
        .next()
        .and_then(|line| line.strip_prefix("version = "));
    version.map_or_else(unknown, |version| version.trim_matches('"').to_owned())
}

/// The first line a program prints.
pub fn asked(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(layout::root());
    let printed = command::capture(&mut command).unwrap_or_else(|_| unknown());
    printed.lines().next().unwrap_or_default().to_owned()
}

fn unknown() -> String {
    "unknown".to_owned()
}
