//! The linker tells which functions are library code: objects with a section `coopt.library`, as
//! the sysroot's have, linked by wasm-ld, stripped or not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use coopt_build::{Inspection, inspect};
use coopt_cc::Clang;

/// A library of three functions that names them. One is local to its object, and nobody calls
/// another.
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
            module.library_functions,
            Some(library_functions),
            "{options:?}"
        );
    }
}
