//! Finding all programs.

use std::path::Path;

use xtask::folder::files;

use crate::atomics;
use crate::expectation::Expectation;
use crate::file::read_file;
use crate::program::{Language, Program};

/// Where programs lie: a folder of the repository, the extension, the language.
const FOLDERS: [(&str, &str, Language); 8] = [
    ("examples/c", "c", Language::C),
    ("examples/rust/src/bin", "rs", Language::Rust),
    ("examples/zig", "zig", Language::Zig),
    ("tests/c", "c", Language::C),
    ("tests/cxx", "cpp", Language::Cxx),
    ("tests/bare", "c", Language::BareC),
    ("tests/rust/src/bin", "rs", Language::Rust),
    ("tests/wat", "wat", Language::Wat),
];

/// A line of a `.wat` file that stands for a file in `tests/wat/include`.
const INCLUDE: &str = ";; INCLUDE: ";

/// Finds every program below `root`.
///
/// # Errors
/// A text that names a file which cannot be read or whose expectation is
/// malformed.
pub fn find(root: &Path) -> Result<Vec<Program>, String> {
    let mut programs = Vec::new();
    for (folder, ending, language) in FOLDERS {
        for file in files(&root.join(folder), ending).map_err(|error| format!("{error:#}"))? {
            programs.push(read(root, folder, &file, language)?);
        }
    }
    let include = print_functions(root)?;
    programs.extend(atomics::programs(root, &include)?);
    assert!(!programs.is_empty(), "the repository has programs");
    Ok(programs)
}

fn read(root: &Path, folder: &str, file: &Path, language: Language) -> Result<Program, String> {
    let source = read_file(file)?;
    let expectation =
        Expectation::read(&source).map_err(|wrong| format!("`{}`, {wrong}", file.display()))?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let folder = folder
        .trim_start_matches("tests/")
        .trim_end_matches("/src/bin");
    let source = match language {
        Language::Wat => include(root, &source)?,
        _ => source,
    };
    Ok(Program {
        name: format!("{folder}/{stem}"),
        file: file.to_owned(),
        source,
        language,
        expectation,
    })
}

/// `source` with its includes in place.
fn include(root: &Path, source: &str) -> Result<String, String> {
    let mut whole = String::new();
    for line in source.lines() {
        match line.trim().strip_prefix(INCLUDE) {
            Some(name) => whole.push_str(&read_file(&root.join("tests/wat/include").join(name))?),
            None => {
                whole.push_str(line);
                whole.push('\n');
            }
        }
    }
    Ok(whole)
}

fn print_functions(root: &Path) -> Result<String, String> {
    read_file(&root.join("tests/wat/include/print.wat"))
}
