//! What the headers of the C library declare, against what its archives define.
//!
//! A program that compiles must link: a function that cannot work is there and fails. The exceptions
//! are few, and each has a reason. The list is strict: an exception that is defined is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use coopt_cc::{Clang, TARGET, WITHOUT_ABSENT};
use coopt_tests::process;
use coopt_tests::repository::root;
use coopt_tests::symbols::listing;

/// Headers that are not programs', or that do not compile alone.
const OTHER_HEADERS: [(&str, &str); 4] = [
    (
        "setjmp.h",
        "needs wasm exceptions, which the program asks for",
    ),
    (
        "wasi/libc-find-relpath.h",
        "is part of another, which declares `size_t`",
    ),
    (
        "wasi/libc-nocwd.h",
        "is part of another, which declares `size_t`",
    ),
    ("coopt.h", "declares imports: `coopt-build` defines them"),
];

/// Functions that a header declares and no archive defines.
const UNDEFINED: [(&str, &str); 3] = [
    ("alloca", "the compiler has it"),
    ("sgetspent", "musl declares it and has it nowhere"),
    (
        "__wasilibc_openat_nomode",
        "wasi-libc declares it and has it nowhere",
    ),
];

/// A function of each file in `sysroot/src/absent`, which the linker does not find when it is asked
/// so.
const ABSENT: [&str; 9] = [
    "fork",
    "popen",
    "posix_openpt",
    "mkfifo",
    "shm_open",
    "mq_open",
    "clock_settime",
    "getifaddrs",
    "tcgetattr",
];

/// Compiling a header takes a fraction of a second.
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn what_a_header_declares_links() -> Result<(), String> {
    let defined = defined(&archives()?)?;
    let mut missing: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for header in headers()? {
        for function in declared(&header)? {
            let is_known = UNDEFINED.iter().any(|(name, _)| *name == function);
            if !is_known && !defined.contains(&function) {
                missing.entry(header.clone()).or_default().insert(function);
            }
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the C library must define what its headers declare, and lacks {missing:?}; add the \
         functions to `sysroot/src`, or name them here with a reason"
    ))
}

#[test]
fn the_exceptions_are_none() -> Result<(), String> {
    let defined = defined(&archives()?)?;
    let found: Vec<&str> = UNDEFINED
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| defined.contains(*name))
        .collect();
    let headers = headers()?;
    let all: Vec<&str> = OTHER_HEADERS.iter().map(|(name, _)| *name).collect();
    let gone: Vec<&&str> = all
        .iter()
        .filter(|name| headers.iter().any(|header| header == **name) || !is_installed(name))
        .collect();
    if found.is_empty() && gone.is_empty() {
        return Ok(());
    }
    Err(format!(
        "an exception must be one: {found:?} are defined, and {gone:?} are no other headers"
    ))
}

#[test]
fn what_cannot_work_is_defined_and_can_be_left_out() -> Result<(), String> {
    let folder = library()?;
    let with = defined(&[folder.join("libc.a")])?;
    let without = defined(&[folder.join(WITHOUT_ABSENT).join("libc.a")])?;
    for name in ABSENT {
        if !with.contains(name) || without.contains(name) {
            return Err(format!(
                "`{name}` must be in `libc.a`, and not in that of `{WITHOUT_ABSENT}`"
            ));
        }
    }
    let lost: Vec<_> = without.difference(&with).collect();
    if !lost.is_empty() {
        return Err(format!("only `{WITHOUT_ABSENT}` defines {lost:?}"));
    }
    Ok(())
}

fn sysroot() -> Result<PathBuf, String> {
    Ok(root()?.join("target/coopt/sysroot"))
}

fn library() -> Result<PathBuf, String> {
    Ok(sysroot()?.join("lib").join(TARGET))
}

fn is_installed(header: &str) -> bool {
    sysroot().is_ok_and(|sysroot| sysroot.join("include").join(header).is_file())
}

fn archives() -> Result<Vec<PathBuf>, String> {
    let folder = library()?;
    xtask::folder::files(&folder, "a").map_err(|error| format!("{error:#}"))
}

/// The headers that programs include: not those that only other headers do.
fn headers() -> Result<Vec<String>, String> {
    let include = sysroot()?.join("include");
    let mut headers = Vec::new();
    collect(&include, &include, &mut headers)?;
    headers.retain(|header| !OTHER_HEADERS.iter().any(|(name, _)| name == header));
    headers.sort();
    if headers.is_empty() {
        return Err(format!("`{}` holds no headers", include.display()));
    }
    Ok(headers)
}

fn collect(folder: &Path, include: &Path, headers: &mut Vec<String>) -> Result<(), String> {
    let problem = |error| format!("listing `{}`: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        let name = path.strip_prefix(include).unwrap_or(&path);
        let name = name.to_string_lossy().into_owned();
        let is_inner =
            name.starts_with("bits") || name.starts_with("__") || name.starts_with("c++");
        if is_inner {
            continue;
        }
        if path.is_dir() {
            collect(&path, include, headers)?;
        } else if name.ends_with(".h") {
            headers.push(name);
        }
    }
    Ok(())
}

/// The functions that `header` declares, also by the headers that it includes.
fn declared(header: &str) -> Result<BTreeSet<String>, String> {
    let clang = Clang::find().map_err(|error| error.to_string())?;
    let mut command = Command::new(clang.program());
    command
        .args([&format!("--target={TARGET}"), "-pthread", "-D_GNU_SOURCE"])
        .args(["-w", "-fsyntax-only", "-Xclang", "-ast-dump"])
        .args(["-fno-color-diagnostics", "-xc", "/dev/null"])
        .arg(format!("-include{header}"))
        .arg("--sysroot")
        .arg(sysroot()?);
    Ok(functions(&process::succeed(&mut command, LIMIT)?))
}

/// The functions of clang's listing that need a definition elsewhere. A line of the outermost
/// level begins with `|-` or `` `- ``.
fn functions(listing: &str) -> BTreeSet<String> {
    listing
        .lines()
        .filter_map(|line| line.strip_prefix("|-").or(line.strip_prefix("`-")))
        .filter(|line| line.starts_with("FunctionDecl "))
        .filter_map(|line| line.split_once(" '"))
        .filter(|(_, of)| !of.ends_with(" inline") && !of.contains(" static"))
        .filter(|(before, _)| !before.contains(" implicit "))
        .filter_map(|(before, _)| before.rsplit(' ').next())
        .map(str::to_owned)
        .collect()
}

/// The symbols that the archives define for others to use.
fn defined(archives: &[PathBuf]) -> Result<BTreeSet<String>, String> {
    let listing = listing(archives)?;
    let symbols = listing.lines().filter(|line| !line.ends_with(':'));
    Ok(symbols.map(str::to_owned).collect())
}

#[test]
fn functions_are_found_in_a_listing() {
    let listing = "\
TranslationUnitDecl 0x1 <<invalid sloc>> <invalid sloc>
|-TypedefDecl 0x2 <a.h:1:1, col:2> col:3 implicit x_t 'int'
|-FunctionDecl 0x3 <a.h:2:1, col:20> col:5 used fork 'pid_t (void)'
| `-ParmVarDecl 0x4 <col:9> col:12 'int'
|-FunctionDecl 0x5 <a.h:3:1> col:5 implicit memcpy 'void *(void *)' extern
|-FunctionDecl 0x6 <a.h:4:1> col:5 isdigit 'int (int)' static inline
`-FunctionDecl 0x7 <a.h:5:1> col:5 open 'int (const char *, int, ...)'
";
    let expected = ["fork", "open"].map(str::to_owned);
    assert_eq!(functions(listing), BTreeSet::from(expected));
}
