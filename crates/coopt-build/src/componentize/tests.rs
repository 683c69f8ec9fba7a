//! Tests of what no pass and no supported program uses yet, by passes of this file.

use coopt_abi::calls::Type;
use wasm_encoder::MemArg;
use wasmparser::{Operator, Validator, WasmFeatures};

use super::link;
use crate::generated::Emitter;
use crate::module::Module;
use crate::options::{Options, Preempt};
use crate::passes;
use crate::plan::AddedGlobal;
use crate::plan::needs::BelongsTo;
use crate::program::Program;
use crate::rewrite::{Answer, Output, Pass, Source};

/// Links the program with `first` before all other passes. Returns the text of the result.
fn linked(program: &Program<'_>, first: Box<dyn Pass>, more: WasmFeatures) -> String {
    let options = Options {
        preempt: Preempt::Off,
        stack_check: false,
        call_check: false,
        ..Options::default()
    };
    let mut passes = passes::enabled(program, &options);
    passes.insert(0, first);
    let module = link(program, &options, passes).expect("it is a program");
    let mut validator = Validator::new_with_features(WasmFeatures::WASM3.union(more));
    validator
        .validate_all(&module)
        .expect("the result is valid");
    wasmprinter::print_bytes(&module).expect("the result can be printed")
}

fn link_text(text: &str, first: impl Pass + 'static) -> String {
    let wasm = wat::parse_str(text).expect("the text is right");
    let program = Program::parse(&wasm).expect("it is a program");
    linked(&program, Box::new(first), WasmFeatures::empty())
}

/// The instructions of the function `name`, one a line.
fn body<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let start = text.find(&format!("(func ${name} ")).expect("it is there");
    let lines = text[start..].lines().skip(1).map(str::trim);
    lines.take_while(|line| *line != ")").collect()
}

/// Counts down at each loop, and counts the functions that are entered.
struct CountDown {
    spares_library: bool,
}

const LEFT: AddedGlobal = AddedGlobal {
    name: "left",
    ty: Type::I32,
    init: 1_000,
    belongs_to: BelongsTo::Thread,
};
const ENTERED: AddedGlobal = AddedGlobal {
    name: "entered",
    ty: Type::I64,
    init: -1,
    belongs_to: BelongsTo::Component,
};

impl CountDown {
    fn global(emitter: &Emitter<'_, '_>, global: AddedGlobal) -> u32 {
        emitter.plan.added_global(global.name)
    }
}

impl Pass for CountDown {
    fn globals(&self) -> &'static [AddedGlobal] {
        &[LEFT, ENTERED]
    }

    fn spares_library(&self) -> bool {
        self.spares_library
    }

    fn enter(&mut self, _: Source<'_, '_>, output: &mut Output<'_>, emitter: &Emitter<'_, '_>) {
        let entered = Self::global(emitter, ENTERED);
        let mut sink = output.code().sink();
        sink.global_get(entered).i64_const(1).i64_add();
        sink.global_set(entered);
    }

    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer {
        if !matches!(op, Operator::Loop { .. }) {
            return Answer::Keep;
        }
        let left = Self::global(emitter, LEFT);
        let mut sink = output.code().sink();
        sink.global_get(left)
            .i32_const(1)
            .i32_sub()
            .global_set(left);
        Answer::Keep
    }
}

const LOOPS: &str = r#"(module
    (import "wasi" "thread-spawn" (func (param i32) (result i32)))
    (memory 1)
    (global (mut i32) (i32.const 5))
    (func $main (export "_start") (loop) (call $library))
    (func $library (loop))
    (func $thread (export "wasi_thread_start") (param i32 i32)))"#;

#[test]
fn a_global_that_a_pass_adds_belongs_to_the_thread_or_to_all() {
    let text = link_text(
        LOOPS,
        CountDown {
            spares_library: false,
        },
    );
    let globals: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("(global "))
        .collect();
    let [.., left, entered] = globals[..] else {
        panic!("{globals:?}")
    };
    assert!(left.ends_with("(mut i32) i32.const 1000)"), "{left}");
    assert!(entered.ends_with("(mut i64) i64.const -1)"), "{entered}");
    let (left, entered) = (globals.len() - 2, globals.len() - 1);

    let set = |global: usize| format!("global.set {global}");
    let perform = body(&text, "coopt.perform");
    assert!(perform.contains(&set(0).as_str()) && perform.contains(&set(left).as_str()));
    assert!(!perform.contains(&set(entered).as_str()));
    let start = body(&text, "coopt.thread_start").join("\n");
    assert!(
        start.contains(&format!("i32.const 1000\n{}", set(left))),
        "{start}"
    );
    assert!(!start.contains(&set(entered)));
}

#[test]
fn a_pass_that_spares_library_code_is_not_offered_any() {
    let mut wasm = wat::parse_str(LOOPS).expect("the text is right");
    let (library, offset) = {
        let module = Module::parse(&wasm).expect("it is valid");
        let start = module.bodies[0].range().start;
        // Before the first body there are the number of functions and the size of that body.
        (module.bodies[1].range().start - start + 2, start)
    };
    assert!(library < 100 && offset > 0);
    let name = b"coopt.library";
    wasm.extend_from_slice(&[0, 1 + 13 + 4, 13]);
    wasm.extend_from_slice(name);
    wasm.extend_from_slice(&u32::try_from(library).expect("it is small").to_le_bytes());
    let program = Program::parse(&wasm).expect("it is a program");

    for spares_library in [false, true] {
        let pass = Box::new(CountDown { spares_library });
        let text = linked(&program, pass, WasmFeatures::empty());
        let counts = |name| body(&text, name).contains(&"i32.sub");
        assert_eq!((counts("main"), counts("library")), (true, !spares_library));
        assert!(!text.contains("coopt.library"));
    }
}

/// Writes a second load before each atomic load, and asks for a local each time.
struct LoadsTwice;

impl Pass for LoadsTwice {
    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        _: &Emitter<'_, '_>,
    ) -> Answer {
        if let Operator::I32AtomicLoad { .. } = op {
            let address = output.take_operands([wasm_encoder::ValType::I32]);
            let mut sink = output.code().sink();
            let memarg = MemArg {
                offset: 0,
                align: 2,
                memory_index: 0,
            };
            sink.local_get(address[0]).i32_atomic_load(memarg).drop();
            sink.local_get(address[0]);
        }
        Answer::Keep
    }
}

#[test]
fn what_a_pass_writes_is_final_and_what_it_keeps_is_for_the_next() {
    let text = r#"(module
        (memory 1)
        (func $main (export "_start")
          (drop (i32.atomic.load (i32.const 8)))
          (drop (i32.atomic.load (i32.const 8)))))"#;
    let text = link_text(text, LoadsTwice);
    let main = body(&text, "main");
    let count = |instruction: &str| main.iter().filter(|line| **line == instruction).count();
    assert_eq!((count("i32.atomic.load"), count("i32.load")), (2, 2));
    // Each of the two passes has one local, which serves both loads.
    assert_eq!(main[0], "(local i32 i32)");
}

#[test]
fn types_that_are_not_of_functions_keep_their_places() {
    let text = r#"(module
        (rec (type $list (struct (field (ref null $list)))) (type $unused (func)))
        (type $plain (func))
        (type $continuation (cont $plain))
        (type $bytes (array i8))
        (memory 1)
        (elem declare func $other)
        (func $main (export "_start") (type $plain)
          (drop (cont.new $continuation (ref.func $other)))
          (drop (array.new_default $bytes (i32.const 3)))
          (drop (struct.new $list (ref.null $list))))
        (func $other (type $plain)))"#;
    let more = WasmFeatures::GC
        .union(WasmFeatures::FUNCTION_REFERENCES)
        .union(WasmFeatures::STACK_SWITCHING);
    let wasm = wat::parse_str(text).expect("the text is right");
    assert!(Program::parse(&wasm).is_err());
    let module = Module::parse_with(&wasm, more).expect("it is valid");
    let program = Program::new(module).expect("it is a program");
    let pass = Box::new(CountDown {
        spares_library: false,
    });
    let text = linked(&program, pass, more);
    assert_eq!(text.matches("(cont ").count(), 1);
    // The type of a function that stands alone serves the runtime, too.
    let plain = text
        .lines()
        .filter(|line| line.trim_start().starts_with("(type ") && line.ends_with("(func))"));
    assert_eq!(plain.count(), 2);
    let main = body(&text, "main");
    assert!(
        main.contains(&"cont.new 3") && main.contains(&"array.new_default 4"),
        "{main:?}"
    );
}
