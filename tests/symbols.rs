//! The symbols that the thread layer gives to C, against the committed list.
//!
//! A new or missing symbol changes what programs can link with, so the diff of
//! the list must show the change; `COOPT_BLESS=1` writes the list anew. A program
//! that runs with threads off refers to every symbol of the list, because it is
//! linked with the same library. Every function that the headers declare is on
//! the list, so that a program that compiles also links.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use coopt_cc::{Clang, TARGET};
use coopt_tests::file::read_file;
use coopt_tests::process;
use coopt_tests::repository::root;
use coopt_tests::symbols::listing;

const LIBRARY: &str = "target/coopt/libcoopt_pthread.a";
/// A part of the names of the archive's members that are not compiler builtins.
const OWN_MEMBER: &str = "coopt_pthread";
const LIST: &str = "tests/symbols.txt";
/// The program that refers to every symbol that a header declares.
const PROGRAM: &str = "tests/c/threads_off_has_everything.c";
/// The program with a loop for every call.
const POLLS: &str = "tests/c/polling_every_call.c";

/// The headers whose functions the thread layer defines, and how the names of
/// these functions begin.
const HEADERS: [&str; 5] = [
    "pthread.h",
    "sched.h",
    "semaphore.h",
    "signal.h",
    "threads.h",
];
const BEGINNINGS: [&str; 14] = [
    "pthread_",
    "_pthread_",
    "sched_",
    "__sched_",
    "sem_",
    "thrd_",
    "mtx_",
    "cnd_",
    "tss_",
    "call_once",
    "sig",
    "bsd_signal",
    "kill",
    "raise",
];
/// Functions with such names that the C library's own files define.
const DEFINED_BY_LIBC: [&str; 8] = [
    "killpg",
    "sighold",
    "sigignore",
    "siginterrupt",
    "sigpause",
    "sigrelse",
    "sigset",
    "thrd_sleep",
];

/// Listing what headers declare is quick.
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

#[test]
fn every_call_polls_or_says_nothing_of_others() -> Result<(), String> {
    let source = read_file(&root()?.join(POLLS))?;
    let rows = source
        .split("ROW(")
        .skip(1)
        .filter_map(|rest| rest.split_once(','));
    let quiet = source.lines().filter_map(|line| line.split_once("QUIET: "));
    let known: BTreeSet<&str> = rows
        .map(|(name, _)| name)
        .chain(quiet.flat_map(|(_, names)| names.split_whitespace()))
        .collect();
    let listed = listed()?;
    let missing: Vec<&str> = listed
        .iter()
        .map(String::as_str)
        .filter(|symbol| !is_internal(symbol) && !known.contains(symbol))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "`{POLLS}` must have a row for each of these, or say that it tells nothing of others: {}",
            missing.join(", ")
        ))
    }
}

#[test]
fn what_the_headers_declare_is_defined() -> Result<(), String> {
    let declared = declared()?;
    let known: BTreeSet<String> = listed()?
        .into_iter()
        .chain(DEFINED_BY_LIBC.map(str::to_owned))
        .collect();
    let missing: Vec<&str> = declared.difference(&known).map(String::as_str).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("the headers declare {}", missing.join(", ")))
    }
}

/// The functions that [`HEADERS`] declare with names that begin like
/// [`BEGINNINGS`].
fn declared() -> Result<BTreeSet<String>, String> {
    let root = root()?;
    let headers = HEADERS.map(|name| format!("-include{name}"));
    let clang = Clang::find().map_err(|error| error.to_string())?;
    let mut command = Command::new(clang.program());
    command
        .args([&format!("--target={TARGET}"), "-pthread", "-D_GNU_SOURCE"])
        .args(["-E", "-P", "-xc", "/dev/null", "--sysroot"])
        .arg(root.join("target/coopt/sysroot"))
        .args(headers);
    let functions = functions(&process::succeed(&mut command, LIMIT)?);
    if functions.is_empty() {
        return Err("the headers must declare functions and none was found".to_owned());
    }
    Ok(functions)
}

/// The names that begin like [`BEGINNINGS`] and that a parenthesis follows.
fn functions(source: &str) -> BTreeSet<String> {
    let ends_name = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    source
        .split('(')
        .filter_map(|before| before.trim_end().rsplit(ends_name).next())
        .filter(|name| BEGINNINGS.iter().any(|start| name.starts_with(start)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn only_functions_of_ours_count() {
    let source = "int sem_post(sem_t *);\nvoid *malloc(size_t);\npthread_t pthread_self (void);\n\
                  int call_once(once_flag *, void (*)(void)); extern sem_t sem_x;";
    let expected = ["call_once", "pthread_self", "sem_post"].map(str::to_owned);
    assert_eq!(functions(source), BTreeSet::from(expected));
}

/// Whether a symbol is for libc alone, so that no header declares it.
fn is_internal(symbol: &str) -> bool {
    matches!(symbol, "__lock" | "__unlock" | "coopt_thread_start") || symbol.starts_with("__coopt_")
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
    let symbols = own_symbols(&listing(&[library])?);
    if symbols.is_empty() {
        return Err(format!("`{}` defines nothing", library.display()));
    }
    Ok(symbols)
}

/// The symbols of the thread layer's own members of the archive, without Rust's
/// mangled names. All other members are compiler builtins.
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
