//! Which crate depends on which, and which may by ARCHITECTURE.md's table of
//! the pieces.
//!
//! The last cell of a crate's row ("may know") names the crates it may depend
//! on, up to the first semicolon. *every library above* stands for the crates
//! of the rows above.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::file::read_file;

/// How the table begins.
const HEAD: &str = "| folder | what it is | may know |";

const ALL_ABOVE: &str = "every library above";

/// A crate of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The name of the crate.
    pub name: String,
    /// The folder of the crate, relative to the repository.
    pub folder: PathBuf,
    /// Every crate that this crate depends on, also for tests and builds only.
    pub dependencies: BTreeSet<String>,
}

/// The crates of the repository's workspaces.
///
/// # Errors
/// A text, when a folder or a manifest cannot be read.
pub fn all(root: &Path) -> Result<Vec<Manifest>, String> {
    let mut folders = vec![PathBuf::from("tests"), PathBuf::from("xtask")];
    for workspace in ["crates", "wasm"] {
        let listed = std::fs::read_dir(root.join(workspace));
        let listed = listed.map_err(|error| format!("listing `{workspace}`: {error}"))?;
        for entry in listed {
            let entry = entry.map_err(|error| format!("listing `{workspace}`: {error}"))?;
            folders.push(Path::new(workspace).join(entry.file_name()));
        }
    }
    folders.retain(|folder| root.join(folder).join("Cargo.toml").is_file());
    folders.sort();
    folders
        .into_iter()
        .map(|folder| {
            let text = read_file(&root.join(&folder).join("Cargo.toml"))?;
            Ok(read(folder, &text))
        })
        .collect()
}

fn read(folder: PathBuf, text: &str) -> Manifest {
    let mut name = String::new();
    let mut dependencies = BTreeSet::new();
    let mut section = "";
    for line in text.lines() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
            // `[dependencies.name]` is a dependency by itself.
            if let Some((_, name)) = section.split_once("dependencies.") {
                dependencies.insert(name.to_owned());
            }
        }
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let key = key.trim();
        if section == "package" && key == "name" {
            name = value.trim().trim_matches('"').to_owned();
        } else if section.ends_with("dependencies") && !line.starts_with([' ', '#']) {
            let key = key.split('.').next().unwrap_or(key);
            dependencies.insert(key.to_owned());
        }
    }
    Manifest {
        name,
        folder,
        dependencies,
    }
}

/// The crates that each crate may depend on, by its folder.
///
/// # Errors
/// A text, when `document` has no such table.
pub fn allowed(
    document: &str,
    crates: &[Manifest],
) -> Result<BTreeMap<PathBuf, BTreeSet<String>>, String> {
    let mut lines = document.lines().skip_while(|line| *line != HEAD);
    lines
        .next()
        .ok_or_else(|| format!("ARCHITECTURE.md must have a table `{HEAD}` and has none"))?;
    let mut allowed = BTreeMap::new();
    let mut above = BTreeSet::new();
    for row in lines.skip(1).take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (Some(folders), Some(knows)) = (cells.first(), cells.last()) else {
            continue;
        };
        let knows = knows.split(';').next().unwrap_or(knows);
        let words = || knows.split(|c: char| c.is_whitespace() || ",`".contains(c));
        let mut may: BTreeSet<String> = crates
            .iter()
            .map(|of| &of.name)
            .filter(|name| words().any(|word| word == *name))
            .cloned()
            .collect();
        if knows.contains(ALL_ABOVE) {
            may.extend(above.iter().cloned());
        }
        for folder in folders.split('`').skip(1).step_by(2) {
            let folder = PathBuf::from(folder);
            let here = crates.iter().find(|of| of.folder == folder);
            above.extend(here.map(|of| of.name.clone()));
            allowed.insert(folder, may.clone());
        }
    }
    Ok(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_of_every_kind_are_read() {
        let text = "[package]\nname = \"a\"\n[dependencies]\nb = { path = \"../b\" }\n\
                    c = { features = [\n  \"d\",\n] }\ne.workspace = true\n\
                    [target.'cfg(unix)'.dev-dependencies]\nf = \"1\"\n[build-dependencies.g]\nversion = \"1\"\n";
        let manifest = read(PathBuf::from("x"), text);
        assert_eq!(manifest.name, "a");
        let expected = ["b", "c", "e", "f", "g"].map(str::to_owned);
        assert_eq!(manifest.dependencies, BTreeSet::from(expected));
    }

    #[test]
    fn the_table_says_who_may_know_whom() {
        let of = |name: &str| Manifest {
            name: name.to_owned(),
            folder: PathBuf::from(format!("crates/{name}")),
            dependencies: BTreeSet::new(),
        };
        let document = format!(
            "{HEAD}\n|---|---|---|\n| `crates/a` | x | nothing |\n\
             | `crates/b` | y | a; not c |\n| `crates/c` | z | every library above |\n"
        );
        let allowed = allowed(&document, &["a", "b", "c"].map(of)).expect("a table");
        let names = |folder: &str| {
            allowed[Path::new(folder)]
                .iter()
                .cloned()
                .collect::<Vec<_>>()
        };
        assert!(names("crates/a").is_empty());
        assert_eq!(names("crates/b"), ["a"]);
        assert_eq!(names("crates/c"), ["a", "b"]);
    }
}
