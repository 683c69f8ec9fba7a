//! The linker tells which functions are library code: objects with a section `coopt.library`, as
//! the sysroot's have, linked by wasm-ld, stripped or not.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use coopt_abi::library::SECTION;
use coopt_build::{Inspection, Options, componentize, inspect};
use coopt_cc::Clang;
use wasmparser::{Parser, Payload};

/// A library that names its three functions. `local` is local to its object, and nobody calls
/// `unused`.
const LIBRARY: &str = "
    .functype called (i32) -> (i32)
    .functype local (i32) -> (i32)
    .functype unused () -> ()
    .section .text.called,\"\",@
    .globl called
called:
    .functype called (i32) -> (i32)
    local.get 0
    call local
    end_function
    .section .text.local,\"\",@
local:
    .functype local (i32) -> (i32)
    local.get 0
    i32.const 7
    i32.mul
    end_function
    .section .text.unused,\"\",@
    .globl unused
unused:
    .functype unused () -> ()
    end_function
    .section .custom_section.coopt.library,\"\",@
    .int32 called
    .int32 local
    .int32 unused
";

const PROGRAM: &str = "
    int called(int);
    volatile int result;
    void _start(void) { result = called(result); }
";

fn run(command: &mut Command) {
    let output = command.output().expect("the program is there");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
}

fn compile(clang: &Clang, name: &str, source: &str) -> PathBuf {
    let source_file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let object = source_file.with_extension("o");
    fs::write(&source_file, source).expect("the folder can be written to");
    let mut command = Command::new(clang.program());
    command.args(["--target=wasm32-wasip1", "-O1", "-ffreestanding", "-c"]);
    run(command.arg(&source_file).arg("-o").arg(&object));
    object
}

#[test]
fn the_linked_module_says_which_functions_are_library_code() {
    let clang = Clang::find().expect("clang is there");
    let library = compile(&clang, "library.s", LIBRARY);
    let program = compile(&clang, "program.c", PROGRAM);
    let linked = program.with_extension("wasm");
    for (options, library_functions) in [
        (&["--gc-sections"][..], 2),
        (&["--gc-sections", "--strip-all"], 2),
        (&["--no-gc-sections"], 3),
    ] {
        let mut linker = Command::new(clang.tool("wasm-ld").expect("wasm-ld is there"));
        linker.args(options).args([&program, &library]);
        run(linker.arg("-o").arg(&linked));
        let wasm = fs::read(&linked).expect("the linker has written it");
        let Ok(Inspection::CoreModule(module)) = inspect(&wasm) else {
            panic!("it is a module")
        };
        assert_eq!(
            module.library_functions.as_ref().map(BTreeSet::len),
            Some(library_functions),
            "{options:?}"
        );
    }
}

/// A program of the C library: it prints, allocates and locks, in `main` and in a function of its
/// own.
const HOSTED: &str = "
    #include <pthread.h>
    #include <stdio.h>
    #include <stdlib.h>
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    __attribute__((noinline)) int work(int count) {
        int *numbers = malloc(count * sizeof *numbers);
        pthread_mutex_lock(&mutex);
        for (int i = 0; i < count; i++) numbers[i] = printf(\"%d\\n\", i);
        pthread_mutex_unlock(&mutex);
        int last = numbers[count - 1];
        free(numbers);
        return last;
    }
    int main(int argc, char **argv) { return work(argc); }
";

/// Functions that are library code, and functions that are not. All are exported, so that they
/// have names where the linker strips all others. `main` has another name when it takes arguments.
const LIBRARY_FUNCTIONS: [&str; 4] = ["printf", "malloc", "pthread_mutex_lock", "_start"];
const OWN_FUNCTIONS: [&str; 2] = ["__main_argc_argv", "work"];

/// The module that `coopt cc` would make a component of.
fn link_with_sysroot(options: &[&str]) -> Vec<u8> {
    let sysroot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/coopt/sysroot");
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hosted.c");
    fs::write(&source, HOSTED).expect("the folder can be written to");
    let mut words = vec![OsString::from("--sysroot"), sysroot.into()];
    words.extend(options.iter().map(OsString::from));
    let exported = LIBRARY_FUNCTIONS.iter().chain(&OWN_FUNCTIONS);
    words.extend(exported.map(|name| format!("-Wl,--export={name}").into()));
    words.extend([source.clone().into(), "-o".into()]);
    words.push(source.with_extension("component.wasm").into());
    let linked = RefCell::new(Vec::new());
    let ended = coopt_cc::run(&words, coopt_cc::Language::C, &|module, _| {
        linked.replace(module.to_vec());
        Ok(Vec::new())
    });
    let ended = ended.expect("set-up has made the C library");
    assert_eq!(ended.code, 0, "{options:?}");
    linked.into_inner()
}

/// The functions that a module exports, by name.
fn exports(module: &[u8]) -> HashMap<&str, u32> {
    let payloads = Parser::new(0).parse_all(module);
    let sections = payloads.filter_map(|payload| match payload {
        Ok(Payload::ExportSection(exports)) => Some(exports),
        _ => None,
    });
    let exports = sections.flatten().map(|export| {
        let export = export.expect("the module is valid");
        (export.name, export.index)
    });
    exports.collect()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn functions_of_the_sysroot_are_library_code_and_others_are_not() {
    for options in [&["-O0"][..], &["-O2"], &["-O2", "-Wl,--strip-all"]] {
        let linked = link_with_sysroot(options);
        let Ok(Inspection::CoreModule(module)) = inspect(&linked) else {
            panic!("it is a module")
        };
        let library = module.library_functions.expect("the module says it");
        let exports = exports(&linked);
        for name in LIBRARY_FUNCTIONS {
            assert!(library.contains(&exports[name]), "{name} {options:?}");
        }
        for name in OWN_FUNCTIONS {
            assert!(!library.contains(&exports[name]), "{name} {options:?}");
        }
        let component = componentize(&linked, &Options::default()).expect("it becomes one");
        assert!(contains(&linked, SECTION) && !contains(&component, SECTION));
    }
}
