//! Modules and crates use each other in one direction only.
//!
//! ```text
//! cargo xtask test arrows    what is wrong, and which files form a circle
//! ```
//!
//! Within a crate no more than two files use each other. Where `lib.rs` has a
//! table of floors, no arrow points to an upper floor (see
//! [`coopt_tests::arrows::floors`]). Between crates the table in
//! ARCHITECTURE.md says which crate may depend on which.

use std::path::PathBuf;

use coopt_tests::arrows::floors::Floors;
use coopt_tests::arrows::manifest::{self, Manifest};
use coopt_tests::arrows::{Package, circles};
use coopt_tests::file::read_file;
use coopt_tests::repository::{fail_with, root};

/// How names of crates begin, and the only crate that may depend on them.
const SOLE_USERS: [(&str, &str); 1] = [("wasmtime", "coopt-host")];

/// The first files a crate may have.
const FIRST_FILES: [&str; 2] = ["src/lib.rs", "src/main.rs"];

#[test]
fn files_do_not_use_each_other_in_circles() -> Result<(), String> {
    let mut problems = Vec::new();
    for of in crates()? {
        problems.extend(circles_of(&of)?);
    }
    fail_with(&problems)
}

#[test]
fn no_arrow_points_to_an_upper_floor() -> Result<(), String> {
    let mut problems = Vec::new();
    for of in crates()? {
        for file in first_files(&of)? {
            let within = |problem| format!("{}: {problem}", of.name);
            let Some(floors) = Floors::read(&read_file(&file)?).map_err(within)? else {
                continue;
            };
            let package = Package::read(&file)?;
            let found = floors.problems(&package, &package.arrows());
            problems.extend(found.into_iter().map(within));
        }
    }
    fail_with(&problems)
}

#[test]
fn crates_depend_on_what_they_may() -> Result<(), String> {
    let crates = crates()?;
    let document = read_file(&root()?.join("ARCHITECTURE.md"))?;
    let allowed = manifest::allowed(&document, &crates)?;
    let mut problems = Vec::new();
    for of in &crates {
        let Some(may) = allowed.get(&of.folder) else {
            let folder = of.folder.display();
            problems.push(format!("ARCHITECTURE.md has no row for `{folder}`"));
            continue;
        };
        for other in crates.iter().map(|other| &other.name) {
            if of.dependencies.contains(other) && !may.contains(other) {
                problems.push(format!(
                    "{} depends on {other}, and ARCHITECTURE.md does not say that it may",
                    of.name
                ));
            }
        }
    }
    for folder in allowed.keys() {
        let is_there = root()?.join(folder).exists();
        if !is_there {
            let folder = folder.display();
            problems.push(format!(
                "ARCHITECTURE.md names `{folder}`, which is not there"
            ));
        }
    }
    problems.extend(crates.iter().flat_map(forbidden));
    fail_with(&problems)
}

/// The dependencies of `of` that [`SOLE_USERS`] gives to another crate alone.
fn forbidden(of: &Manifest) -> Vec<String> {
    let mut problems = Vec::new();
    for (start, user) in SOLE_USERS {
        let found = of.dependencies.iter().find(|name| name.starts_with(start));
        if let (Some(found), true) = (found, of.name != user) {
            problems.push(format!("only {user} may name {found}; {} does", of.name));
        }
    }
    problems
}

fn circles_of(of: &Manifest) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for file in first_files(of)? {
        let package = Package::read(&file)?;
        let arrows = package.arrows();
        for circle in circles::find(package.files.len(), &arrows) {
            let circle = circles::shown(&circle, &package, &arrows);
            found.push(format!("{}: {circle}", of.name));
        }
    }
    Ok(found)
}

fn first_files(of: &Manifest) -> Result<Vec<PathBuf>, String> {
    let folder = root()?.join(&of.folder);
    let files = FIRST_FILES.iter().map(|file| folder.join(file));
    Ok(files.filter(|file| file.is_file()).collect())
}

fn crates() -> Result<Vec<Manifest>, String> {
    let crates = manifest::all(&root()?)?;
    assert!(crates.len() > 5, "the repository has crates: {crates:?}");
    Ok(crates)
}
