//! Test to component, by `coopt cc`. A test is built again only when its inputs
//! changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use xtask::setup::posix::DIGEST;
use xtask::stamp::{self, Stamp};

use super::callbacks;
use super::suite::{Kind, Test};
use crate::machine::Machine;
use crate::process::{self, End};

/// No warnings: nobody mends the style of the suite. `pthread_once` routines that
/// return a pointer are made to return nothing (see [`callbacks`]) and still say
/// `return NULL`. wasi-libc's `clockid_t` is a pointer, for which some tests have
/// a number.
const FLAGS: [&str; 6] = [
    "-std=gnu11",
    "-O1",
    "-w",
    "-Wno-error=return-mismatch",
    "-Wno-error=int-conversion",
    "-D_GNU_SOURCE",
];

/// A test that calls a function which always fails does not build, and its name says more than a
/// failure would.
const WITHOUT_ABSENT: &str = "--coopt-absent=error";

/// Folders of the suite with headers, beside the test's own.
const INCLUDES: [&str; 2] = ["include", "functional/threads/include"];

/// Has `stop.c` stop a stress test after three seconds.
const STRESS: &str = "-DSTOP_AFTER_SECONDS=3";

/// Compiling one test takes a fraction of a second.
const LIMIT: Duration = Duration::from_secs(60);

/// What became of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Built {
    /// A component.
    Component(PathBuf),
    /// Nothing to run: the test is declarations, and they compile.
    Declarations,
    /// The test does not compile or link: the first error.
    Refused(String),
}

/// Builds tests.
pub struct Builder {
    machine: Machine,
    suite: PathBuf,
    /// The digest of all inputs that are the same for every test.
    inputs: String,
}

impl Builder {
    /// A builder with the tools of `machine`, for the suite unpacked in `suite`.
    ///
    /// # Errors
    /// A text, when an input of every test cannot be read.
    pub fn new(machine: Machine, suite: PathBuf) -> Result<Self, String> {
        let inputs = inputs(&machine).map_err(|error| format!("{error:#}"))?;
        Ok(Self {
            machine,
            suite,
            inputs,
        })
    }

    /// The machine that tests are built on.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Builds `test`, or finds the current product of an earlier build.
    ///
    /// # Errors
    /// A text, when a file cannot be written or the compiler does not start.
    pub fn build(&self, test: &Test) -> Result<Built, String> {
        let arguments = self.arguments(test)?;
        let stamp = Stamp::default()
            .text(&self.inputs)
            .text(&test.source)
            .text(&arguments.join("\n"))
            .finish();
        let (stamp_file, refusal) = (self.place(test, "stamp"), self.place(test, "refused"));
        if !stamp::is_current(&stamp_file, &stamp) {
            let said = self.compile(&arguments)?;
            write(&refusal, &said)?;
            stamp::write(&stamp_file, &stamp).map_err(|error| format!("{error:#}"))?;
        }
        let said = fs::read_to_string(&refusal)
            .map_err(|error| format!("reading `{}`: {error}", refusal.display()))?;
        Ok(match (said.is_empty(), test.kind()) {
            (false, _) => Built::Refused(said),
            (true, Kind::Declarations) => Built::Declarations,
            (true, _) => Built::Component(self.place(test, "component.wasm")),
        })
    }

    /// Runs `coopt cc`. Returns the first error, or an empty text.
    fn compile(&self, arguments: &[String]) -> Result<String, String> {
        let mut coopt = self.machine.coopt();
        let outcome = process::run(coopt.arg("cc").args(arguments), LIMIT)?;
        Ok(match outcome.end {
            End::Exit(0) => String::new(),
            End::Exit(_) => first_error(&outcome.stderr).to_owned(),
            End::Hang => "the compiler does not end".to_owned(),
        })
    }

    fn arguments(&self, test: &Test) -> Result<Vec<String>, String> {
        let mut arguments = FLAGS.map(str::to_owned).to_vec();
        arguments.push(WITHOUT_ABSENT.to_owned());
        // Our folder first, because our headers include those of the C library.
        let support = support(&self.machine);
        arguments.push(format!("-I{}", support.join("include").display()));
        for include in INCLUDES {
            arguments.push(format!("-I{}", self.suite.join(include).display()));
        }
        // A changed copy still includes files beside the original.
        let folder = test.file.parent().unwrap_or(&self.suite);
        arguments.push(format!("-iquote{}", folder.display()));
        arguments.push(self.source(test)?.display().to_string());
        if test.kind() == Kind::Declarations {
            arguments.push("-fsyntax-only".to_owned());
            return Ok(arguments);
        }
        if test.kind() == Kind::UntilStopped {
            arguments.push(STRESS.to_owned());
        }
        arguments.push(support.join("stop.c").display().to_string());
        arguments.push("-o".to_owned());
        arguments.push(self.place(test, "component.wasm").display().to_string());
        Ok(arguments)
    }

    /// The file to compile: the suite's, or a copy with changed declarations.
    fn source(&self, test: &Test) -> Result<PathBuf, String> {
        let Some(adapted) = callbacks::adapt(&test.source) else {
            return Ok(test.file.clone());
        };
        let copy = self.place(test, "c");
        write(&copy, &adapted)?;
        Ok(copy)
    }

    fn place(&self, test: &Test, ending: &str) -> PathBuf {
        let name = test.name.replace('/', "-");
        self.machine.work.join(format!("{name}.{ending}"))
    }
}

/// The digest of the inputs of every test: the suite, the C library, coopt with
/// its runtime, and what this harness adds.
fn inputs(machine: &Machine) -> Result<String, String> {
    let sysroot = machine.root.join("target/coopt/sysroot/share/coopt/stamp");
    let stamp = Stamp::default().text(DIGEST).tree(&sysroot);
    stamp
        .and_then(|stamp| stamp.tree(&machine.coopt))
        .and_then(|stamp| stamp.tree(&support(machine)))
        .map(Stamp::finish)
        .map_err(|error| format!("{error:#}"))
}

/// What this harness adds to the suite.
fn support(machine: &Machine) -> PathBuf {
    machine.root.join("tests/posix")
}

/// The first error in the compiler's output, without its place in the source.
fn first_error(said: &str) -> &str {
    const MARKS: [&str; 2] = ["undefined symbol: ", "error: "];
    let marked = |line: &&str| MARKS.iter().any(|mark| line.contains(mark));
    let Some(line) = said.lines().find(marked) else {
        return "the compiler fails and names no error";
    };
    let at = MARKS.iter().find_map(|mark| line.find(mark));
    &line[at.unwrap_or(0)..]
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|error| format!("writing `{}`: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_is_the_reason() {
        let link = "wasm-ld: error: /tmp/a.o: undefined symbol: fork\nclang: error: linker\n";
        assert_eq!(first_error(link), "undefined symbol: fork");
        let compile = "a.c:1:2: warning: x\na.c:3:4: error: no `alarm`\na.c:5:6: error: y\n";
        assert_eq!(first_error(compile), "error: no `alarm`");
        assert!(!first_error("").is_empty());
    }
}
