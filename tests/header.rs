//! `include/coopt.h` against the table of calls and the numbers of coopt-abi, both ways.
//!
//! clang compiles a file that refers to each function of the header and asserts each number. What
//! the object imports is what a program would import.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use coopt_abi::calls::{CALLS, Call, MODULE, Type};
use coopt_abi::wait::{OWNER_IN_WORD, Outcome, WaitKind};
use coopt_abi::{calls, lock_word, thread};
use coopt_cc::{Clang, TARGET};
use coopt_tests::file::read_file;
use coopt_tests::process;
use coopt_tests::repository::root;
use wasmparser::{FuncType, Parser, Payload, TypeRef, ValType};

const HEADER: &str = "include/coopt.h";

/// Compiling one file is quick.
const LIMIT: Duration = Duration::from_secs(60);

/// Each number of the header, and what it is in coopt-abi.
const NUMBERS: [(&str, i64); 26] = [
    ("COOPT_NO_DEADLINE", calls::NO_DEADLINE),
    ("COOPT_THREAD_MAIN", thread::ThreadId::MAIN.get() as i64),
    ("COOPT_THREAD_ID_MAX", thread::ID_MAX as i64),
    ("COOPT_PRIORITY_MIN", 0),
    ("COOPT_PRIORITY_MAX", thread::Priority::MAX.get() as i64),
    ("COOPT_HANDOFF_MORE", lock_word::WAITERS as i64),
    ("COOPT_WAIT_WOKEN", Outcome::Woken as i64),
    ("COOPT_WAIT_NOT_EQUAL", Outcome::NotEqual as i64),
    ("COOPT_WAIT_TIMED_OUT", Outcome::TimedOut as i64),
    ("COOPT_WAIT_INTERRUPTED", Outcome::Interrupted as i64),
    ("COOPT_OWNER_IN_WORD", OWNER_IN_WORD as i64),
    ("COOPT_KIND_FUTEX", WaitKind::Futex as i64),
    ("COOPT_KIND_MUTEX", WaitKind::Mutex as i64),
    ("COOPT_KIND_COND", WaitKind::Cond as i64),
    ("COOPT_KIND_JOIN", WaitKind::Join as i64),
    ("COOPT_KIND_SEMAPHORE", WaitKind::Semaphore as i64),
    ("COOPT_KIND_RWLOCK_READ", WaitKind::RwLockRead as i64),
    ("COOPT_KIND_RWLOCK_WRITE", WaitKind::RwLockWrite as i64),
    ("COOPT_KIND_BARRIER", WaitKind::Barrier as i64),
    ("COOPT_KIND_ONCE", WaitKind::Once as i64),
    ("COOPT_KIND_SLEEP", WaitKind::Sleep as i64),
    ("COOPT_KIND_LIBC_LOCK", WaitKind::LibcLock as i64),
    ("COOPT_KIND_SPIN_LOCK", WaitKind::SpinLock as i64),
    ("COOPT_KIND_SIGNAL", WaitKind::Signal as i64),
    ("COOPT_KIND_INPUT", WaitKind::Input as i64),
    ("COOPT_KIND_HOST", WaitKind::Host as i64),
];

#[test]
fn the_header_has_the_calls_of_the_table() -> Result<(), String> {
    let expected: BTreeMap<String, FuncType> = CALLS
        .iter()
        .filter(|call| call.module == MODULE)
        .map(|call| (call.name.to_owned(), ty(call)))
        .collect();
    let object = compile("calls", &references(&read_file(&root()?.join(HEADER))?))?;
    let found = imports(&object)?;
    for (name, ty) in &expected {
        match found.get(name) {
            Some(found) if found == ty => {}
            Some(found) => {
                return Err(format!(
                    "`{HEADER}` gives `{name}` the type {found}, the table {ty}"
                ));
            }
            None => {
                return Err(format!(
                    "`{HEADER}` must declare `coopt_{name}`, a call of the table"
                ));
            }
        }
    }
    match found.keys().find(|name| !expected.contains_key(*name)) {
        Some(name) => Err(format!(
            "`{HEADER}` declares `coopt_{name}`, which no row of the table is"
        )),
        None => Ok(()),
    }
}

#[test]
fn the_header_has_the_numbers_of_the_abi() -> Result<(), String> {
    let header = read_file(&root()?.join(HEADER))?;
    let mut source = String::from("#include \"coopt.h\"\n");
    for (name, value) in NUMBERS {
        let assertion = format!("_Static_assert({name} == {value}, \"{name} is {value}\");");
        writeln!(source, "{assertion}").map_err(|error| error.to_string())?;
    }
    compile("numbers", &source)?;
    let own = ["COOPT_H", "COOPT_IMPORT_"];
    let mut defined =
        words(&header).filter(|word| word.starts_with("COOPT_") && !own.contains(word));
    let known = |word: &str| NUMBERS.iter().any(|(name, _)| *name == word);
    match defined.find(|word| !known(word)) {
        Some(word) => Err(format!(
            "`{HEADER}` has `{word}`, which this test compares with nothing"
        )),
        None => Ok(()),
    }
}

/// A number that is no kind reads as a bare futex, so the first number that does not come back
/// is the number of kinds.
#[test]
fn the_header_has_every_kind_of_wait() {
    let is_kind = |number: &u32| WaitKind::from_bits(*number) as u32 == *number;
    let kinds = (0..).take_while(is_kind).count();
    let listed = NUMBERS
        .iter()
        .filter(|(name, _)| name.starts_with("COOPT_KIND_"));
    assert_eq!(listed.count(), kinds);
}

/// The type that the table gives a call.
fn ty(call: &Call) -> FuncType {
    let number = |ty| match ty {
        Type::I32 => ValType::I32,
        Type::I64 => ValType::I64,
    };
    let params = call.params.iter().map(|param| number(param.ty));
    FuncType::new(params, call.result.map(number))
}

/// A C file that refers to each function that the header declares, and to each call of the table
/// by the name that it must have in the header.
fn references(header: &str) -> String {
    let mut functions = words_before_parentheses(header);
    functions.extend(
        CALLS
            .iter()
            .filter(|call| call.module == MODULE)
            .map(|call| format!("coopt_{}", call.name)),
    );
    functions.sort();
    functions.dedup();
    let mut source = String::from("#include \"coopt.h\"\nvoid (*const functions[])(void) = {\n");
    for function in functions {
        source.push_str("\t(void (*)(void))");
        source.push_str(&function);
        source.push_str(",\n");
    }
    source + "};\n"
}

/// The names that begin with `coopt_` and that a parenthesis follows.
fn words_before_parentheses(header: &str) -> Vec<String> {
    let before = header
        .split('(')
        .filter_map(|text| words(text).last().map(str::to_owned));
    before.filter(|name| name.starts_with("coopt_")).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty())
}

/// The object that clang makes of `source`.
fn compile(name: &str, source: &str) -> Result<Vec<u8>, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("header_{name}.c"));
    let object = file.with_extension("o");
    fs::write(&file, source).map_err(|error| format!("writing `{}`: {error}", file.display()))?;
    let clang = Clang::find().map_err(|error| error.to_string())?;
    let mut command = Command::new(clang.program());
    command
        .args([
            &format!("--target={TARGET}"),
            "-std=gnu17",
            "-ffreestanding",
        ])
        .args([
            "-Wall",
            "-Wextra",
            "-Werror",
            "-Wno-cast-function-type",
            "-c",
        ])
        .arg("-I")
        .arg(root()?.join("include"))
        .args([&file, Path::new("-o"), &object]);
    process::succeed(&mut command, LIMIT)?;
    fs::read(&object).map_err(|error| format!("reading `{}`: {error}", object.display()))
}

/// The functions that an object imports from the module of our calls.
fn imports(object: &[u8]) -> Result<BTreeMap<String, FuncType>, String> {
    let (mut types, mut found) = (Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(object) {
        match payload.map_err(|error| error.to_string())? {
            Payload::TypeSection(section) => {
                let section = section.into_iter_err_on_gc_types();
                types = section
                    .collect::<Result<_, _>>()
                    .map_err(|error| error.to_string())?;
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(|error| error.to_string())?;
                    if let (MODULE, TypeRef::Func(ty)) = (import.module, import.ty) {
                        let ty: &FuncType = types.get(ty as usize).ok_or("an import has a type")?;
                        found.insert(import.name.to_owned(), ty.clone());
                    }
                }
            }
            _ => {}
        }
    }
    Ok(found)
}
