//! The test programs of cargo that have a test of some name. They are found in
//! the sources, because to build all would take longer than to run a few.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::layout;

/// What cargo builds one test program of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The crate itself, with the tests in its sources.
    Unit,
    /// A file or folder in `tests`, by its name.
    Integration(String),
    /// A file or folder in `tests` whose own name was asked for: all its tests run.
    Whole(String),
}

/// A test program of a crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selected {
    pub package: String,
    pub target: Target,
}

/// A crate, and where its tests are.
#[derive(Clone, Debug)]
struct Crate {
    package: String,
    sources: PathBuf,
    tests: PathBuf,
}

/// The crates of the workspace.
fn crates() -> Result<Vec<Crate>> {
    let root = layout::root();
    let of = |folder: PathBuf| Crate {
        package: name(&folder),
        sources: folder.join("src"),
        tests: folder.join("tests"),
    };
    let mut crates: Vec<Crate> = entries(&root.join("crates"))?.into_iter().map(of).collect();
    crates.push(of(root.join("xtask")));
    crates.push(Crate {
        package: HARNESS.to_owned(),
        sources: root.join("tests/src"),
        tests: root.join("tests"),
    });
    Ok(crates)
}

/// The package of the tests that run programs.
pub const HARNESS: &str = "coopt-tests";

/// The runners of the harness, which select their tests by name themselves.
pub const RUNNERS: [&str; 2] = ["programs", "posix"];

/// The test programs that are called `filter`, or have `filter` in the name of a
/// test function or of a file of cases.
///
/// # Errors
/// When a file or folder cannot be read.
pub fn select(filter: &str) -> Result<BTreeSet<Selected>> {
    let mut selected = BTreeSet::new();
    for Crate {
        package,
        sources,
        tests,
    } in crates()?
    {
        let mut add = |target| {
            let package = package.clone();
            selected.insert(Selected { package, target });
        };
        for file in files_below(&sources)? {
            if has_test(&sources, &file, filter)? {
                add(Target::Unit);
            }
        }
        for entry in entries(&tests)? {
            let Some(program) = program_of(&tests, &entry) else {
                continue;
            };
            if program == filter {
                add(Target::Whole(program));
                continue;
            }
            if package == HARNESS && RUNNERS.contains(&program.as_str()) {
                continue;
            }
            for file in files_below(&entry)? {
                if has_test(&entry, &file, filter)? {
                    add(Target::Integration(program.clone()));
                }
            }
        }
    }
    Ok(selected)
}

/// The names of all test programs in `tests` of a crate but [`RUNNERS`].
///
/// # Errors
/// When a folder cannot be read.
pub fn programs() -> Result<BTreeSet<String>> {
    let mut programs = BTreeSet::new();
    for Crate { tests, .. } in crates()? {
        let entries = entries(&tests)?;
        programs.extend(entries.iter().filter_map(|entry| program_of(&tests, entry)));
    }
    programs.retain(|program| !RUNNERS.contains(&program.as_str()));
    Ok(programs)
}

/// The test program that `entry` in `tests` belongs to. A folder `x` belongs to
/// the program `x` if there is an `x.rs` beside it or a `main.rs` in it. `None`
/// for what several programs share, which has no tests.
fn program_of(tests: &Path, entry: &Path) -> Option<String> {
    let stem = entry.file_stem()?.to_string_lossy().into_owned();
    let is_program = tests.join(&stem).join("main.rs").is_file()
        || tests.join(&stem).with_extension("rs").is_file();
    is_program.then_some(stem)
}

/// Whether `file`, which is `root` or lies below it, has `filter` in the name of
/// a test. The name is a test function's, with the modules around the function,
/// or in a file of another language than Rust the file's.
fn has_test(root: &Path, file: &Path, filter: &str) -> Result<bool> {
    let place = file.strip_prefix(root).unwrap_or(file).with_extension("");
    if file.extension().is_none_or(|extension| extension != "rs") {
        return Ok(place.to_string_lossy().contains(filter));
    }
    let text = fs::read_to_string(file).with_context(|| format!("reading `{}`", file.display()))?;
    let modules: String = place
        .iter()
        .map(|part| part.to_string_lossy())
        .filter(|part| !["lib", "main", "mod"].contains(&part.as_ref()))
        .map(|part| format!("{part}::"))
        .collect();
    Ok(functions(&text).any(|function| {
        format!("{modules}{function}").contains(filter)
            || format!("{modules}tests::{function}").contains(filter)
    }))
}

/// The functions with the attribute `#[test]`, and all functions of a file that
/// uses `proptest!`, which adds the attribute.
fn functions(text: &str) -> impl Iterator<Item = &str> {
    let is_generated = text.contains("proptest!");
    let mut is_test = false;
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if line == "#[test]" {
            is_test = true;
        }
        let name = line.strip_prefix("fn ")?.split(['(', '<']).next()?;
        let is_wanted = std::mem::take(&mut is_test) || is_generated;
        is_wanted.then_some(name)
    })
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in entries(path)? {
        files.extend(files_below(&entry)?);
    }
    Ok(files)
}

/// The entries of a folder; none if there is no such folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .with_context(|| format!("listing `{}`", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(filter: &str) -> Vec<(String, Target)> {
        let found = select(filter).expect("crates");
        let pair = |of: Selected| (of.package, of.target);
        found.into_iter().map(pair).collect()
    }

    #[test]
    fn functions_with_the_attribute_are_tests() {
        let text = "fn one() {}\n#[test]\n#[should_panic]\nfn two<T>() {}\nfn three() {}\n";
        assert_eq!(functions(text).collect::<Vec<_>>(), ["two"]);
        let text = "proptest! {\n    fn four(x in 0..1) {}\n}\n";
        assert_eq!(functions(text).collect::<Vec<_>>(), ["four"]);
    }

    #[test]
    fn programs_are_found_by_their_cases_and_their_functions() {
        let lower = (
            "coopt-build".to_owned(),
            Target::Integration("lower".to_owned()),
        );
        assert_eq!(selected("atomic_cmpxchg"), [lower]);
        let arrows = (HARNESS.to_owned(), Target::Whole("arrows".to_owned()));
        assert!(selected("arrows").contains(&arrows));
        assert!(selected("no_test_has_such_a_name").is_empty());
        assert!(selected("").len() > 10);
    }
}
