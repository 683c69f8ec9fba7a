//! The runner of the Open POSIX Test Suite.
//!
//! ```text
//! cargo xtask conformance          all of it, and writes the results down
//! cargo xtask test                 all of it, and compares with what is written
//! cargo xtask test pthread_cond    those with a name like it
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use coopt_tests::file::read_file;
use coopt_tests::machine::Machine;
use coopt_tests::posix::build::Builder;
use coopt_tests::posix::expected::{self, Expected};
use coopt_tests::posix::outcome::Outcome;
use coopt_tests::posix::report::Report;
use coopt_tests::posix::suite::{self, Test};
use coopt_tests::posix::trial;
use libtest_mimic::{Arguments, Trial};

/// Tests sleep more than they compute.
const TRIALS_PER_CORE: usize = 3;

/// The variable that, set to 1, has the table written, and the tests that pass
/// taken off the list. A person adds tests to the list, with a reason.
const BLESS: &str = "COOPT_BLESS";

/// How each test ended, by name.
type Findings = Arc<Mutex<BTreeMap<String, Outcome>>>;

fn main() -> ExitCode {
    match Run::prepare().and_then(|run| run.carry_out(Arguments::from_args())) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// A run of the suite.
struct Run {
    builder: Arc<Builder>,
    tests: Vec<Arc<Test>>,
    expected: Arc<Expected>,
    findings: Findings,
    root: PathBuf,
    is_blessing: bool,
}

impl Run {
    fn prepare() -> Result<Self, String> {
        let work = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("posix");
        let machine = Machine::look(work)?;
        let root = machine.root.clone();
        let suite = xtask::setup::posix::folder();
        let tests: Vec<_> = suite::find(&suite)?.into_iter().map(Arc::new).collect();
        let expected = Expected::read(&read_file(&list(&root))?)
            .map_err(|wrong| format!("`{}`, {wrong}", list(&root).display()))?;
        for listed in expected.tests() {
            if !tests.iter().any(|test| test.name == listed) {
                return Err(format!(
                    "`{}` lists `{listed}`, which is no test of the suite",
                    list(&root).display()
                ));
            }
        }
        Ok(Self {
            builder: Arc::new(Builder::new(machine, suite)?),
            tests,
            expected: Arc::new(expected),
            findings: Findings::default(),
            root,
            is_blessing: std::env::var_os(BLESS).is_some_and(|value| value == "1"),
        })
    }

    fn carry_out(self, mut arguments: Arguments) -> Result<ExitCode, String> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        arguments
            .test_threads
            .get_or_insert(cores * TRIALS_PER_CORE);
        let trials = self.tests.iter().map(|test| self.trial(test)).collect();
        let conclusion = libtest_mimic::run(&arguments, trials);

        let findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        if findings.len() < self.tests.len() {
            // Some tests were filtered out, and the table is of all tests.
            return Ok(conclusion.exit_code());
        }
        let found = self.tests.iter().filter_map(|test| {
            let outcome = findings.get(&test.name)?;
            Some((&**test, *outcome))
        });
        let report = Report::of(found, &self.expected);
        println!("{}\n", report.summary());
        if conclusion.has_failed() {
            // The table has no row for a failure without a listed reason.
            return Ok(conclusion.exit_code());
        }
        if self.is_blessing {
            self.shorten_list(&findings)?;
        }
        self.settle(&report).map(|is_current| match is_current {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    }

    fn trial(&self, test: &Arc<Test>) -> Trial {
        let (builder, expected) = (Arc::clone(&self.builder), Arc::clone(&self.expected));
        let (findings, its_test) = (Arc::clone(&self.findings), Arc::clone(test));
        let is_blessing = self.is_blessing;
        let run = move || {
            let entry = expected.of(&its_test.name);
            let found = trial::run(&builder, &its_test, entry)?;
            findings
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(its_test.name.clone(), found.outcome);
            if is_blessing && found.outcome == Outcome::Passes {
                return Ok(());
            }
            trial::judge(&found, entry).map_err(Into::into)
        };
        Trial::test(&test.name, run).with_kind("posix")
    }

    /// Takes the tests that pass off the list.
    fn shorten_list(&self, findings: &BTreeMap<String, Outcome>) -> Result<(), String> {
        let passed: BTreeSet<&str> = findings
            .iter()
            .filter(|(_, outcome)| **outcome == Outcome::Passes)
            .map(|(test, _)| test.as_str())
            .collect();
        let list = list(&self.root);
        let text = read_file(&list)?;
        write_if_new(&list, &text, &expected::without(&text, &passed))
    }

    /// Writes the table, or checks whether the table is current.
    fn settle(&self, report: &Report) -> Result<bool, String> {
        let document = self.root.join("CONFORMANCE.md");
        let old = read_file(&document)?;
        let new = report.write_into(&old)?;
        if self.is_blessing {
            write_if_new(&document, &old, &new)?;
        } else if old != new {
            eprintln!(
                "error: the table in CONFORMANCE.md must say what this run found and does not; \
                 `cargo xtask conformance` writes it anew"
            );
            return Ok(false);
        }
        Ok(true)
    }
}

/// The list of tests that are known not to pass.
fn list(root: &Path) -> PathBuf {
    root.join("tests/posix/expected.txt")
}

fn write_if_new(file: &Path, old: &str, new: &str) -> Result<(), String> {
    if old == new {
        return Ok(());
    }
    fs::write(file, new).map_err(|error| format!("writing `{}`: {error}", file.display()))
}
