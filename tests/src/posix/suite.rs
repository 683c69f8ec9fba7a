//! The tests of the suite, and how each is meant to be run.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// A test of the suite.
#[derive(Clone, Debug)]
pub struct Test {
    /// `pthread_create/1-1`, or `stress/threads/sem_init/s-c1`.
    pub name: String,
    /// The interface that is tested, a row of the table: `pthread_create`.
    pub interface: String,
    /// The file of the test.
    pub file: PathBuf,
    /// The text of the file. Only comments contain bytes that are not UTF-8.
    pub source: String,
}

/// How a test is meant to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As a program.
    Program,
    /// Not at all: a test without `main` passes when it compiles, by the suite's
    /// own rules.
    Declarations,
    /// As a program that goes on until it gets `SIGUSR1`, and says then whether
    /// the test passed.
    UntilStopped,
}

/// Where the tests of single interfaces lie.
const INTERFACES: &str = "conformance/interfaces";

/// How the names of tested interfaces begin: threads, semaphores, scheduling, and
/// the calls that put a thread to sleep.
const FAMILIES: [&str; 5] = ["pthread_", "sem_", "sched_", "nanosleep", "clock_nanosleep"];

/// Tests of several interfaces together.
const FOLDERS: [&str; 4] = [
    "functional/semaphores",
    "functional/threads",
    "stress/semaphores",
    "stress/threads",
];

/// Sources that tests include and that are no tests themselves.
const PARTS: [&str; 4] = ["testfrmw", "threads_scenarii", "coverage", "helper"];

/// Arguments that tests need, as the suite's scripts give them.
const ARGUMENTS: [(&str, &str); 2] = [
    ("functional/semaphores/sem_lock", "10"),
    ("stress/semaphores/multi_con_pro", "100"),
];

/// Finds the tests in the suite unpacked in `suite`, by name.
///
/// # Errors
/// A text that says what is missing or cannot be read.
pub fn find(suite: &Path) -> Result<Vec<Test>, String> {
    if !suite.is_dir() {
        return Err(format!(
            "the Open POSIX Test Suite must be in `{}`; `cargo xtask setup` puts it there",
            suite.display()
        ));
    }
    let mut files = Vec::new();
    let interfaces = suite.join(INTERFACES);
    for folder in listing(&interfaces)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        if FAMILIES.iter().any(|family| name.starts_with(family)) {
            sources_below(&folder, &mut files)?;
        }
    }
    for folder in FOLDERS {
        sources_below(&suite.join(folder), &mut files)?;
    }
    let mut tests: Vec<Test> = files
        .into_iter()
        .filter(|file| !is_part(file))
        .map(|file| read(suite, file))
        .collect::<Result<_, _>>()?;
    tests.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!tests.is_empty(), "the suite has tests of threads");
    Ok(tests)
}

impl Test {
    /// How the test is meant to be run.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
        if !has_main(&self.source) {
            Kind::Declarations
        } else if self.name.starts_with("stress/") && stem.starts_with("stress") {
            Kind::UntilStopped
        } else {
            Kind::Program
        }
    }

    /// The argument that the test needs, if any.
    #[must_use]
    pub fn argument(&self) -> Option<&'static str> {
        let known = ARGUMENTS.iter().find(|(name, _)| *name == self.name);
        known.map(|(_, argument)| *argument)
    }
}

fn has_main(source: &str) -> bool {
    source.match_indices("main").any(|(at, word)| {
        let before = source[..at].chars().next_back();
        let after = source[at + word.len()..].trim_start();
        before.is_some_and(char::is_whitespace) && after.starts_with('(')
    })
}

fn is_part(file: &Path) -> bool {
    let stem = file.file_stem().unwrap_or_default();
    PARTS.iter().any(|part| stem == OsStr::new(part))
}

fn read(suite: &Path, file: PathBuf) -> Result<Test, String> {
    let bytes =
        fs::read(&file).map_err(|error| format!("reading `{}`: {error}", file.display()))?;
    let below = file.strip_prefix(suite).unwrap_or(&file).with_extension("");
    let below = below.to_string_lossy().replace('\\', "/");
    let name = match below.strip_prefix(&format!("{INTERFACES}/")) {
        Some(name) => name.to_owned(),
        None => below,
    };
    Ok(Test {
        interface: interface(&name),
        name,
        file,
        source: String::from_utf8_lossy(&bytes).into_owned(),
    })
}

/// The folder of the test `name`, without `speculative`, the suite's folder for
/// tests of what the standard leaves open.
fn interface(name: &str) -> String {
    let folder = name.rsplit_once('/').map_or(name, |(folder, _)| folder);
    folder.trim_end_matches("/speculative").to_owned()
}

fn sources_below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in listing(folder)? {
        if entry.is_dir() {
            sources_below(&entry, files)?;
        } else if entry.extension() == Some(OsStr::new("c")) {
            files.push(entry);
        }
    }
    Ok(())
}

fn listing(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let wrong = |error| format!("listing `{}`: {error}", folder.display());
    fs::read_dir(folder)
        .map_err(wrong)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(name: &str, source: &str) -> Test {
        Test {
            name: name.to_owned(),
            interface: interface(name),
            file: PathBuf::from(name).with_extension("c"),
            source: source.to_owned(),
        }
    }

    #[test]
    fn a_row_of_the_table_is_a_folder() {
        assert_eq!(interface("sem_init/3-1"), "sem_init");
        assert_eq!(interface("sem_init/speculative/3-1"), "sem_init");
        assert_eq!(interface("stress/threads/fork/s-c1"), "stress/threads/fork");
    }

    #[test]
    fn a_test_without_main_is_compiled_only() {
        assert_eq!(
            test("a/1-1", "int domain(void);").kind(),
            Kind::Declarations
        );
        assert_eq!(test("a/1-1", "int\nmain (void) {}").kind(), Kind::Program);
    }

    #[test]
    fn a_stress_test_may_run_until_stopped() {
        let kind = |name| test(name, "int main() {}").kind();
        assert_eq!(kind("stress/threads/sem_init/s-c1"), Kind::Program);
        assert_eq!(kind("stress/threads/x/stress2"), Kind::UntilStopped);
    }
}
