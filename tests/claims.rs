//! Checks of CONFORMANCE.md: each interface of the headers has a row, and the
//! evidence that a row names exists.

use coopt_tests::file::read_file;
use coopt_tests::repository::root;
use std::collections::BTreeSet;
use std::fs;

const DOCUMENT: &str = "CONFORMANCE.md";
const SYMBOLS: &str = "tests/symbols.txt";
const PROGRAMS: [&str; 2] = ["tests/c", "tests/cxx"];
/// How the title of a section about a header begins.
const HEADER_SECTION: &str = "## `<";
/// The title of the section about C++, whose tables have one column less.
const CXX_SECTION: &str = "## C++";

#[test]
fn every_interface_has_a_row() -> Result<(), String> {
    let claimed: BTreeSet<String> = rows()?
        .iter()
        .flat_map(|row| expand(&code(&row.interface)))
        .collect();
    let symbols = read(SYMBOLS)?;
    let missing: Vec<&str> = symbols
        .lines()
        .filter(|symbol| is_interface(symbol) && !claimed.contains(*symbol))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("{DOCUMENT} has no row for {}", missing.join(", ")))
    }
}

#[test]
fn the_evidence_exists() -> Result<(), String> {
    let programs = programs()?;
    let mut named = 0;
    for row in rows()? {
        for pattern in code(&row.evidence) {
            named += 1;
            if !programs.iter().any(|program| matches(pattern, program)) {
                return Err(format!(
                    "{DOCUMENT} names `{pattern}` for {}, and {PROGRAMS:?} have no such program",
                    row.interface
                ));
            }
        }
    }
    if named == 0 {
        return Err(format!("{DOCUMENT} names no evidence"));
    }
    Ok(())
}

/// Whether programs call a symbol by its name. All other symbols are for macros,
/// libc and other runtimes.
fn is_interface(symbol: &str) -> bool {
    !symbol.starts_with('_') && !symbol.starts_with("coopt_")
}

/// A line of a header's table.
struct Row {
    interface: String,
    evidence: String,
}

fn rows() -> Result<Vec<Row>, String> {
    let (mut is_header, mut is_cxx) = (false, false);
    let mut rows = Vec::new();
    for line in read(DOCUMENT)?.lines() {
        if line.starts_with("## ") {
            is_header = line.starts_with(HEADER_SECTION);
            is_cxx = line == CXX_SECTION;
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (interface, evidence) = match cells[..] {
            ["", interface, _status, _notes, evidence, ""] if is_header => (interface, evidence),
            ["", what, _how, evidence, ""] if is_cxx => (what, evidence),
            _ => continue,
        };
        rows.push(Row {
            interface: interface.to_owned(),
            evidence: evidence.to_owned(),
        });
    }
    Ok(rows)
}

/// What stands between backquotes.
fn code(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The names in a list such as `sem_init`, `_destroy`. A short name, which begins
/// with an underscore, stands for the end of the last whole name from one of its
/// underscores on. The list does not say which, so all such names are returned.
fn expand(names: &[&str]) -> BTreeSet<String> {
    let mut whole = "";
    let mut expanded = BTreeSet::new();
    for name in names {
        if name.starts_with('_') {
            let beginnings = whole.match_indices('_').map(|(end, _)| &whole[..end]);
            expanded.extend(beginnings.map(|beginning| format!("{beginning}{name}")));
        } else {
            whole = name;
            expanded.insert((*name).to_owned());
        }
    }
    expanded
}

/// Whether `name` is `pattern`, which may end in an asterisk for anything.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    }
}

/// The names of the programs.
fn programs() -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    for folder in PROGRAMS {
        let folder = root()?.join(folder);
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        names.extend(entries.filter_map(|entry| {
            let path = entry.ok()?.path();
            Some(path.file_stem()?.to_str()?.to_owned())
        }));
    }
    Ok(names)
}

fn read(file: &str) -> Result<String, String> {
    read_file(&root()?.join(file))
}

#[test]
fn short_names_become_whole() {
    let expected = ["a_b_init", "a_b_destroy", "a_destroy"].map(str::to_owned);
    assert_eq!(expand(&["a_b_init", "_destroy"]), BTreeSet::from(expected));
}

#[test]
fn an_asterisk_stands_for_anything() {
    assert!(matches("once_*", "once_cancelled") && matches("once", "once"));
    assert!(!matches("once", "once_cancelled") && !matches("once_*", "key_once_"));
}
