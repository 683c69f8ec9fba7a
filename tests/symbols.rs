//! The symbols that the thread layer gives to C, against the committed list.
//!
//! A symbol that comes or goes changes what programs link with, so it must be
//! seen: `COOPT_BLESS=1` writes the list anew, and the diff tells. What is on
//! the list must also be in a program that runs with threads off: there is one
//! library for both.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use coopt_cc::Clang;
use coopt_tests::collection::read_file;
use coopt_tests::process;

const LIBRARY: &str = "target/coopt/libcoopt_pthread.a";
/// In the name of each of its members that is not the compiler's.
const OWN_MEMBER: &str = "coopt_pthread";
const LIST: &str = "tests/symbols.txt";
/// The program that refers to all that a header declares.
const PROGRAM: &str = "tests/guest/threads_off_has_everything.c";

/// Listing the symbols of one archive is quick.
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn the_thread_layer_defines_what_the_list_says() -> Result<(), String> {
    let found = defined(&root()?.join(LIBRARY))?;
    if std::env::var_os("COOPT_BLESS").is_some_and(|value| value == "1") {
        return write(&found);
    }
    let listed = listed()?;
    let lines = |symbols: &BTreeSet<String>, others: &BTreeSet<String>| {
        let only: Vec<_> = symbols.difference(others).map(String::as_str).collect();
        only.join(", ")
    };
    if found != listed {
        return Err(format!(
            "`{LIBRARY}` and `{LIST}` must name the same symbols; only the library has [{}], only \
             the list has [{}]; run `cargo xtask setup`, and COOPT_BLESS=1 writes the list anew",
            lines(&found, &listed),
            lines(&listed, &found),
        ));
    }
    Ok(())
}

#[test]
fn a_program_with_threads_off_refers_to_all_that_headers_declare() -> Result<(), String> {
    let source = read_file(&root()?.join(PROGRAM))?;
    let words: BTreeSet<&str> = source
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect();
    let listed = listed()?;
    let missing: Vec<&str> = listed
        .iter()
        .map(String::as_str)
        .filter(|symbol| !is_internal(symbol) && !words.contains(symbol))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("`{PROGRAM}` must refer to {}", missing.join(", ")))
    }
}

/// Whether a symbol is for libc alone, so that no header declares it.
fn is_internal(symbol: &str) -> bool {
    matches!(
        symbol,
        "__lock" | "__unlock" | "__coopt_sleep_until" | "coopt_thread_start"
    )
}

fn root() -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.map(Path::to_owned)
        .ok_or_else(|| "the tests lie in a folder of the repository".to_owned())
}

fn listed() -> Result<BTreeSet<String>, String> {
    let text = read_file(&root()?.join(LIST))?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn write(symbols: &BTreeSet<String>) -> Result<(), String> {
    let file = root()?.join(LIST);
    let mut text = String::new();
    for symbol in symbols {
        text.push_str(symbol);
        text.push('\n');
    }
    fs::write(&file, text).map_err(|error| format!("writing `{}`: {error}", file.display()))
}

/// The symbols that `library` defines for others to use.
fn defined(library: &Path) -> Result<BTreeSet<String>, String> {
    let clang = Clang::find().map_err(|error| error.to_string())?;
    let nm = clang.tool("llvm-nm").map_err(|error| error.to_string())?;
    let mut command = Command::new(nm);
    command
        .args(["--defined-only", "--extern-only", "--format=just-symbols"])
        .arg(library);
    let symbols = own_symbols(&process::succeed(&mut command, LIMIT)?);
    if symbols.is_empty() {
        return Err(format!("`{}` defines nothing", library.display()));
    }
    Ok(symbols)
}

/// What the thread layer's own members of the archive define, without Rust's
/// own names. The others are the compiler's builtins.
fn own_symbols(listing: &str) -> BTreeSet<String> {
    let mut symbols = BTreeSet::new();
    let mut is_own = false;
    for line in listing.lines().filter(|line| !line.is_empty()) {
        if let Some(member) = line.strip_suffix(':') {
            is_own = member.contains(OWN_MEMBER);
        } else if is_own && !line.starts_with("_ZN") && !line.starts_with("_R") {
            symbols.insert(line.to_owned());
        }
    }
    symbols
}

#[test]
fn only_own_symbols_count() {
    let listing = "coopt_pthread-a.o:\npthread_self\n_RNvCs_4core\n_ZN4core3fmtE\n\n\
                   compiler_builtins-1.o:\nmemcpy\n\n1-absvdi2.o:\n__absvdi2\n\n\
                   coopt_pthread-b.o:\nsem_wait\n";
    let expected = ["pthread_self", "sem_wait"].map(str::to_owned);
    assert_eq!(own_symbols(listing), BTreeSet::from(expected));
}
