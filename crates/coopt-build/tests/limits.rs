//! Programs near the limits of engines. If the result would exceed a limit, the
//! answer is [`Error::TooLarge`], never a result that no engine takes.

mod support;

use coopt_build::{Error, Options, componentize};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, Ieee32, ImportSection,
    MemArg, MemorySection, MemoryType, Module, RefType, TableSection, TableType, TagKind,
    TagSection, TagType, TypeSection, ValType,
};

/// A program; each test adds to one of its sections.
struct Program {
    types: TypeSection,
    imports: ImportSection,
    functions: FunctionSection,
    tables: TableSection,
    tags: TagSection,
    globals: GlobalSection,
    exports: ExportSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
}

impl Program {
    /// A program with a memory and a `_start` that does nothing.
    fn new() -> Self {
        let mut program = Self {
            types: TypeSection::new(),
            imports: ImportSection::new(),
            functions: FunctionSection::new(),
            tables: TableSection::new(),
            tags: TagSection::new(),
            globals: GlobalSection::new(),
            exports: ExportSection::new(),
            elements: ElementSection::new(),
            code: CodeSection::new(),
            data: DataSection::new(),
        };
        program.types.ty().function([], []);
        program.function(Function::new([]));
        program.exports.export("_start", ExportKind::Func, 0);
        program
    }

    /// Adds a function of no parameters that ends here.
    fn function(&mut self, mut body: Function) {
        body.instructions().end();
        self.functions.function(0);
        self.code.function(&body);
    }

    fn finish(self) -> Vec<u8> {
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut module = Module::new();
        module
            .section(&self.types)
            .section(&self.imports)
            .section(&self.functions)
            .section(&self.tables);
        module
            .section(&memories)
            .section(&self.tags)
            .section(&self.globals);
        module
            .section(&self.exports)
            .section(&self.elements)
            .section(&self.code);
        module.section(&self.data);
        module.finish()
    }

    fn accept(self) {
        match componentize(&self.finish(), &Options::default()) {
            Ok(component) => assert_eq!(support::validate(&component, support::HOST), Ok(())),
            Err(error) => panic!("{error}"),
        }
    }

    fn too_large(self, found: &str) {
        match componentize(&self.finish(), &Options::default()) {
            Err(error @ Error::TooLarge { .. }) => {
                assert!(error.to_string().contains(found), "{error}");
            }
            Err(error) => panic!("{error}"),
            Ok(_) => panic!("it was accepted"),
        }
    }
}

/// The program that `write` makes of an empty one.
fn program(write: impl FnOnce(&mut Program)) -> Program {
    let mut program = Program::new();
    write(&mut program);
    program
}

const WORD: MemArg = MemArg {
    offset: 0,
    align: 2,
    memory_index: 0,
};

#[test]
fn locals() {
    let atomic_store = |locals| {
        program(|program| {
            let mut body = Function::new([(locals, ValType::I32)]);
            body.instructions()
                .local_get(0)
                .local_get(1)
                .i32_atomic_store(WORD);
            program.function(body);
        })
    };
    let fence = program(|program| {
        let mut body = Function::new([(50_000, ValType::I32)]);
        body.instructions().atomic_fence();
        program.function(body);
    });
    fence.accept();
    // The plain store takes a local for the address and one for the value.
    atomic_store(49_998).accept();
    atomic_store(49_999).too_large("50001 locals (of 50000; at offset");
}

#[test]
fn body_bytes() {
    let atomic_loads = |count| {
        program(|program| {
            let mut body = Function::new([(1, ValType::I32)]);
            for _ in 0..count {
                body.instructions()
                    .local_get(0)
                    .i32_atomic_load(WORD)
                    .drop();
            }
            program.function(body);
        })
    };
    atomic_loads(100_000).accept();
    atomic_loads(1_000_000).too_large(" bytes (of 7654321; at offset");
}

#[test]
fn functions() {
    let functions = |count| {
        program(|program| {
            for _ in 0..count {
                program.function(Function::new([]));
            }
        })
    };
    functions(10_000).accept();
    functions(999_990).too_large(" functions (of 1000000)");
}

#[test]
fn globals() {
    let globals = |count, mutable| {
        program(|program| {
            let ty = GlobalType {
                val_type: ValType::F32,
                mutable,
                shared: false,
            };
            for _ in 0..count {
                program
                    .globals
                    .global(ty, &ConstExpr::f32_const(Ieee32::new(0)));
            }
        })
    };
    // Without threads nothing is saved.
    globals(100_000, true).accept();
    globals(100_000, false).accept();
    globals(1_000_000, false).too_large(" globals (of 1000000)");
}

/// A trampoline saves each mutable global in a local, beside its parameters and the action.
#[test]
fn saved_globals() {
    let globals = |count: usize| {
        let text = format!(
            r#"(module
                 (import "wasi" "thread-spawn" (func (param i32) (result i32)))
                 (import "coopt" "futex_wait"
                   (func (param i32 i32 i32 i32 i64) (result i32)))
                 (memory 1)
                 {}
                 (func (export "_start"))
                 (func (export "wasi_thread_start") (param i32 i32)))"#,
            "(global (mut f32) (f32.const 0))".repeat(count),
        );
        let wasm = wat::parse_str(text).expect("it is a module");
        componentize(&wasm, &Options::default())
    };
    assert!(globals(49_994).is_ok());
    for count in [49_995, 49_999, 50_000] {
        let error = globals(count).expect_err("it has too many locals");
        assert!(matches!(error, Error::TooLarge { .. }), "{error}");
        assert!(error.to_string().contains(" locals (of 50000)"), "{error}");
    }
}

/// Each thread starts with the initial values of the mutable globals, so the
/// thread start function repeats their initialisers (invariant I3).
#[test]
fn initialisers() {
    let initialiser = |operators: usize| {
        let mut bytes = Vec::new();
        let mut sink = wasm_encoder::InstructionSink::new(&mut bytes);
        sink.i32_const(0);
        for _ in 0..operators {
            sink.i32_const(1).i32_add();
        }
        ConstExpr::raw(bytes)
    };
    let globals = |operators| {
        program(|program| {
            program.types.ty().function([ValType::I32], [ValType::I32]);
            program.types.ty().function([ValType::I32; 2], []);
            let ty = EntityType::Function(1);
            program.imports.import("wasi", "thread-spawn", ty);
            // The import is function 0, so `_start` is function 1.
            program.exports = ExportSection::new();
            program.exports.export("_start", ExportKind::Func, 1);
            program
                .exports
                .export("wasi_thread_start", ExportKind::Func, 2);
            program.functions.function(2);
            let mut body = Function::new([]);
            body.instructions().end();
            program.code.function(&body);
            let ty = GlobalType {
                val_type: ValType::I32,
                mutable: true,
                shared: false,
            };
            for _ in 0..4 {
                program.globals.global(ty, &initialiser(operators));
            }
        })
    };
    globals(1_000).accept();
    globals(1_000_000).too_large("initialisers make `coopt.thread_start` ");
}

#[test]
fn tables() {
    let tables = |count| {
        program(|program| {
            for _ in 0..count {
                program.tables.table(TableType {
                    element_type: RefType::FUNCREF,
                    table64: false,
                    minimum: 0,
                    maximum: None,
                    shared: false,
                });
            }
        })
    };
    tables(90).accept();
    tables(100).too_large(" tables (of 100)");
}

#[test]
fn element_segments() {
    let elements = |count| {
        program(|program| {
            for _ in 0..count {
                program
                    .elements
                    .passive(Elements::Functions([].as_slice().into()));
            }
            // The result declares `_start`, in a segment of its own.
            let mut body = Function::new([]);
            body.instructions().ref_func(0).drop();
            program.function(body);
        })
    };
    elements(99_000).accept();
    elements(100_000).too_large(" element segments (of 100000)");
}

#[test]
fn data_segments() {
    let data = |count| {
        program(|program| {
            for _ in 0..count {
                program.data.passive([]);
            }
        })
    };
    data(99_000).accept();
    data(100_000).too_large(" data segments (of 100000)");
}

#[test]
fn types() {
    let types = |count: u32| {
        program(|program| {
            for index in 0..count {
                // The parameters are the bits of the index, so no two types are equal.
                let bit = |bit: u32| {
                    if index >> bit & 1 == 0 {
                        ValType::F32
                    } else {
                        ValType::F64
                    }
                };
                program.types.ty().function((0..20).map(bit), []);
            }
        })
    };
    types(20_000).accept();
    types(999_999).too_large(" types (of 1000000)");
}

#[test]
fn tags() {
    let tags = |count| {
        program(|program| {
            for _ in 0..count {
                program.tags.tag(TagType {
                    kind: TagKind::Exception,
                    func_type_idx: 0,
                });
            }
        })
    };
    tags(1_000).accept();
    tags(1_000_000).too_large(" tags (of 1000000)");
}

#[test]
fn exports() {
    let exports = program(|program| {
        for index in 0..1_000 {
            program
                .exports
                .export(&format!("function {index}"), ExportKind::Func, 0);
            program
                .exports
                .export(&format!("memory {index}"), ExportKind::Memory, 0);
        }
    });
    exports.accept();
}

/// The trampoline of a wait takes the place of its call, but only up to a number of
/// calls and of locals, so that no program becomes too large.
#[test]
fn waits_in_the_place_of_calls() {
    let waits = |locals: usize, count: usize| {
        let text = format!(
            r#"(module
                 (import "coopt" "futex_wait"
                   (func $wait (param i32 i32 i32 i32 i64) (result i32)))
                 (memory 1)
                 (func (export "_start") {} unreachable {}))"#,
            "(local i32)".repeat(locals),
            "call $wait drop ".repeat(count),
        );
        let wasm = wat::parse_str(text).expect("it is a module");
        let component = componentize(&wasm, &Options::default()).expect("it fits");
        component.len().cast_signed() - wasm.len().cast_signed()
    };
    let growth = waits(0, 100);
    // The other waits stay calls, whose index may take a byte or two more.
    assert!(waits(0, 10_000) - growth < 2 * 10_000);
    assert!(waits(0, 1) < growth && waits(50_000, 1) < growth);
}

/// Each such wait saves each mutable global, so all bodies together have a bound, too.
#[test]
fn waits_in_the_place_of_calls_that_save_many_globals() {
    let wait = "(drop (call $wait (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) \
                (i64.const 0)))";
    let text = format!(
        r#"(module
             (import "wasi" "thread-spawn" (func (param i32) (result i32)))
             (import "coopt" "futex_wait"
               (func $wait (param i32 i32 i32 i32 i64) (result i32)))
             (memory 1)
             {}
             (func (export "_start"))
             (func (export "wasi_thread_start") (param i32 i32))
             {})"#,
        "(global (mut i32) (i32.const 1))".repeat(118),
        format!("(func {})", wait.repeat(16)).repeat(1_000),
    );
    let wasm = wat::parse_str(text).expect("it is a module");
    let component = componentize(&wasm, &Options::default()).expect("it fits");
    let empty = wat::parse_str(r#"(module (func (export "_start")))"#).expect("it is a module");
    let runtime = componentize(&empty, &Options::default())
        .expect("it fits")
        .len();
    assert!(component.len() - runtime < 3 * wasm.len());
}

/// Without [`Options::waits_in_place`] all calls stay.
#[test]
fn waits_stay_calls_if_asked() {
    let text = r#"(module
        (import "coopt" "futex_wait" (func $wait (param i32 i32 i32 i32 i64) (result i32)))
        (memory 1)
        (func (export "_start") unreachable call $wait drop))"#;
    let wasm = wat::parse_str(text).expect("it is a module");
    let size = |waits_in_place| {
        let options = Options {
            waits_in_place,
            ..Options::default()
        };
        componentize(&wasm, &options).expect("it fits").len()
    };
    assert!(size(false) < size(true));
}
