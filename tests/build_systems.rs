//! Build systems make the example of `examples/words` with the files that `coopt toolchain` prints.
//!
//! The example's own build files check things by compiling, linking and running, and fail
//! if a check fails.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use coopt_tests::machine::Machine;
use coopt_tests::process;
use libtest_mimic::{Arguments, Trial};
use xtask::folder::{copy_tree, recreate};
use xtask::setup::build_systems;

/// The limit of a step. A step takes seconds on an idle machine.
const LIMIT: Duration = Duration::from_secs(120);

/// What the example prints for [`WORDS`].
const COUNTED: &str = "3 threads, 6 words\n";
const WORDS: [&str; 3] = ["one", "two words", "and three more"];

/// A build system, and how it builds.
struct System {
    name: &'static str,
    /// The programs that must be on the machine.
    tools: &'static [&'static str],
    build: fn(&Site) -> Result<(), String>,
}

static SYSTEMS: [System; 3] = [
    System {
        name: "cmake",
        tools: &["cmake", "ctest", "ninja"],
        build: cmake,
    },
    System {
        name: "meson",
        tools: &["meson", "ninja"],
        build: meson,
    },
    System {
        name: "autoconf",
        tools: &["autoconf", "make"],
        build: autoconf,
    },
];

fn main() -> ExitCode {
    let work = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("build_systems");
    let machine = match Machine::look(work) {
        Ok(machine) => machine,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::FAILURE;
        }
    };
    let trials = SYSTEMS.iter().map(|system| {
        let site = Site::new(&machine, system.name);
        let missing = system.tools.iter().find(|tool| !site.has(tool));
        if let Some(tool) = missing {
            eprintln!("note: {} ignored: `{tool}` is not there", system.name);
        }
        let is_ignored = missing.is_some();
        let test = move || site.test(system).map_err(Into::into);
        Trial::test(system.name, test).with_ignored_flag(is_ignored)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn cmake(site: &Site) -> Result<(), String> {
    site.call(
        "cmake",
        &["--toolchain", "toolchain", "-G", "Ninja", "-B", "build"],
    )?;
    site.call("cmake", &["--build", "build"])?;
    site.call("ctest", &["--test-dir", "build"])
}

fn meson(site: &Site) -> Result<(), String> {
    site.call("meson", &["setup", "--cross-file", "toolchain", "build"])?;
    site.call("meson", &["compile", "-C", "build"])?;
    site.call("meson", &["test", "-C", "build"])
}

fn autoconf(site: &Site) -> Result<(), String> {
    site.call("autoconf", &[])?;
    let build = site.source.join("build");
    fs::create_dir(&build).map_err(|error| format!("making `{}`: {error}", build.display()))?;
    let mut configure = site.command("../configure");
    configure
        .arg("--host=wasm32-wasi")
        .current_dir(&build)
        .env("CONFIG_SITE", site.source.join("toolchain"));
    succeed(&mut configure)?;
    site.call("make", &["-C", "build"])
}

/// Where the example is built.
struct Site {
    machine: Machine,
    /// A copy of the example.
    source: PathBuf,
    /// What comes before the machine's own tools.
    path: OsString,
}

impl Site {
    fn new(machine: &Machine, name: &str) -> Self {
        let own = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(build_systems::programs()).chain(std::env::split_paths(&own));
        Self {
            machine: machine.clone(),
            source: machine.work.join(name),
            path: std::env::join_paths(folders).unwrap_or_else(|_| own.clone()),
        }
    }

    fn has(&self, tool: &str) -> bool {
        succeed(Command::new(tool).arg("--version").env("PATH", &self.path)).is_ok()
    }

    fn test(&self, system: &System) -> Result<(), String> {
        recreate(&self.source).map_err(|error| format!("{error:#}"))?;
        copy_tree(&self.machine.root.join("examples/words"), &self.source)
            .map_err(|error| format!("{error:#}"))?;
        let file = succeed(self.machine.coopt().args(["toolchain", system.name]))?;
        fs::write(self.source.join("toolchain"), file)
            .map_err(|error| format!("writing the toolchain: {error}"))?;
        (system.build)(self)?;

        let program = self.source.join("build/parallel_words");
        let counted = succeed(self.machine.coopt().arg("run").arg(&program).args(WORDS))?;
        match counted == COUNTED {
            true => Ok(()),
            false => Err(format!("`{}` printed: {counted}", program.display())),
        }
    }

    /// A call of a program in the copy of the example.
    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.source).env("PATH", &self.path);
        // What `coopt` reads, which the program calls.
        for (name, value) in self.machine.coopt().get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    fn call(&self, program: &str, args: &[&str]) -> Result<(), String> {
        succeed(self.command(program).args(args)).map(|_| ())
    }
}

/// Runs a step, and returns what it printed.
fn succeed(command: &mut Command) -> Result<String, String> {
    process::succeed(command, LIMIT)
}
