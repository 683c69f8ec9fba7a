//! Calls through function pointers whose functions have another type than the caller takes them for.
//!
//! In C that is undefined, common, and harmless on most machines: a thread's function without a
//! parameter, or without a result. WebAssembly traps, and does not say which function it was. So a
//! call checks the function's type itself, which costs what the check of WebAssembly's own cost. If
//! the type is another one, the record that the runtime keeps says so, and the program traps.
//!
//! Library code calls what a program has given it: the function of a thread, the comparison of a
//! sort. It calls a function of another usual shape as other machines do: it leaves out what the
//! function does not take, and gives 0 for what is missing. A shape is usual that has at most
//! [`PARAMS_MAX`] numbers of 32 bits, and one or none as a result.

use coopt_abi::calls::{RuntimeFunction, runtime};
use wasm_encoder::{BlockType, HeapType, InstructionSink, RefType, ValType};
use wasmparser::ValType::I32;
use wasmparser::{FuncType, Operator};

use crate::generated::{Code, Emitter, Helper};
use crate::module::Types;
use crate::program::Program;
use crate::rewrite::{Answer, Output, Pass, Source};

/// The table of functions that have a pointer.
const TABLE: u32 = 0;

/// How many parameters a usual shape has.
const PARAMS_MAX: usize = 4;

/// `(pointer, type)`: called when the function at `pointer` does not have the program's type of that
/// index. Does not return.
static MISMATCH: Helper = Helper {
    name: "coopt.function_type_mismatch",
    params: &[I32; 2],
    results: &[],
    write: |emitter, code| {
        let mut sink = code.sink();
        sink.local_get(0).local_get(1);
        sink.call(emitter.runtime(runtime::FAULT_FUNCTION_TYPE));
        sink.unreachable().end();
        Ok(())
    },
};

/// A usual shape of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    params: usize,
    results: usize,
}

impl Shape {
    fn of(ty: &FuncType) -> Option<Self> {
        let (params, results) = (ty.params(), ty.results());
        let is_usual = params.len() <= PARAMS_MAX
            && results.len() <= 1
            && params.iter().chain(results).all(|ty| *ty == I32);
        is_usual.then_some(Self {
            params: params.len(),
            results: results.len(),
        })
    }

    /// The usual shapes of a program's functions, each with its type.
    fn all_of(types: &Types) -> impl Iterator<Item = (Self, u32)> {
        let mut known = Vec::new();
        let shapes = types.plain_functions();
        let shapes = shapes.filter_map(|(index, ty)| Some((Self::of(ty)?, index)));
        shapes.filter(move |(shape, _)| {
            let is_new = !known.contains(shape);
            known.push(*shape);
            is_new
        })
    }

    /// The function by which library code calls a function of any usual shape as one of this shape.
    fn helper(self) -> &'static Helper {
        &AS_SHAPE[2 * self.params + self.results]
    }
}

macro_rules! as_shape {
    ($($name:literal: $params:literal $results:literal,)*) => {
        [$(Helper {
            name: $name,
            params: &[I32; $params + 1],
            results: &[I32; $results],
            write: |emitter, code| {
                call_as(Shape { params: $params, results: $results }, emitter, code);
                Ok(())
            },
        }),*]
    };
}

/// `(arguments, pointer) -> result`, by the numbers of parameters and results.
static AS_SHAPE: [Helper; 2 * (PARAMS_MAX + 1)] = as_shape! {
    "coopt.call_0_to_0": 0 0,
    "coopt.call_0_to_1": 0 1,
    "coopt.call_1_to_0": 1 0,
    "coopt.call_1_to_1": 1 1,
    "coopt.call_2_to_0": 2 0,
    "coopt.call_2_to_1": 2 1,
    "coopt.call_3_to_0": 3 0,
    "coopt.call_3_to_1": 3 1,
    "coopt.call_4_to_0": 4 0,
    "coopt.call_4_to_1": 4 1,
};

/// Calls the function at a pointer, which does not have the shape `wanted`, as if it had.
fn call_as(wanted: Shape, emitter: &Emitter<'_, '_>, code: &mut Code) {
    let pointer = wanted.params as u32;
    let function = code.local(ValType::Ref(RefType::FUNCREF));
    let mut sink = code.sink();
    sink.local_get(pointer).table_get(TABLE).local_set(function);
    let mut wanted_type = 0;
    for (shape, type_index) in Shape::all_of(&emitter.program.module.types) {
        if shape == wanted {
            wanted_type = type_index;
            continue;
        }
        sink.local_get(function)
            .ref_test_non_null(HeapType::Concrete(type_index));
        sink.if_(BlockType::Empty);
        for param in 0..shape.params {
            match param < wanted.params {
                true => sink.local_get(param as u32),
                false => sink.i32_const(0),
            };
        }
        sink.local_get(function)
            .ref_cast_non_null(HeapType::Concrete(type_index));
        sink.call_ref(type_index);
        match (shape.results, wanted.results) {
            (1, 0) => drop(sink.drop()),
            (0, 1) => drop(sink.i32_const(0)),
            _ => {}
        }
        sink.return_().end();
    }
    sink.local_get(pointer).i32_const(wanted_type.cast_signed());
    sink.call(emitter.helper(&MISMATCH)).unreachable().end();
}

/// The pass.
#[derive(Debug)]
pub struct Pointers {
    /// Whether the body is library code.
    is_library: bool,
}

impl Pointers {
    /// For a program that calls by pointers. Compilers put all functions that have one into the first
    /// table, and no other is looked at.
    pub fn new(program: &Program<'_>) -> Option<Self> {
        let mut tables = program.module.tables.clone()?.into_iter();
        let first = tables.next()?.ok()?.ty;
        let is_usual = first.element_type == wasmparser::RefType::FUNCREF && !first.table64;
        (is_usual && program.module.calls_by_pointers).then_some(Self { is_library: false })
    }
}

impl Pass for Pointers {
    fn runtime(&self, _: &Program<'_>) -> Vec<RuntimeFunction> {
        vec![runtime::FAULT_FUNCTION_TYPE]
    }

    fn helpers(&self, program: &Program<'_>) -> Vec<&'static Helper> {
        let shapes = library_calls(program);
        let as_shape = shapes.into_iter().map(Shape::helper);
        [&MISMATCH].into_iter().chain(as_shape).collect()
    }

    fn enter(&mut self, source: Source<'_, '_>, _: &mut Output<'_>, _: &Emitter<'_, '_>) {
        self.is_library = source.is_library;
    }

    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer {
        let Operator::CallIndirect {
            type_index,
            table_index: TABLE,
        } = *op
        else {
            return Answer::Keep;
        };
        let types = &emitter.program.module.types;
        let shape = types.function(type_index).and_then(Shape::of);
        match shape.filter(|_| self.is_library) {
            Some(shape) => call_or_adapt(shape, type_index, output, emitter),
            None => call_or_trap(type_index, output, emitter),
        }
        Answer::Replaced
    }
}

/// The shapes by which library code calls.
fn library_calls(program: &Program<'_>) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let library = program.module.library.iter().flatten();
    let bodies = library.filter_map(|defined| program.module.bodies.get(*defined as usize));
    for body in bodies {
        let ops = body.get_operators_reader().into_iter().flatten();
        for op in ops.map_while(Result::ok) {
            if let Operator::CallIndirect { type_index, .. } = op {
                let ty = program.module.types.function(type_index);
                let shape = ty
                    .and_then(Shape::of)
                    .filter(|shape| !shapes.contains(shape));
                shapes.extend(shape);
            }
        }
    }
    shapes
}

/// A reference to a function of a type.
const fn reference(type_index: u32) -> RefType {
    RefType {
        nullable: false,
        heap_type: HeapType::Concrete(type_index),
    }
}

/// `[arguments, pointer] -> [results]`
fn call_or_trap(type_index: u32, output: &mut Output<'_>, emitter: &Emitter<'_, '_>) {
    let code = output.code();
    let pointer = code.local(ValType::I32);
    let wanted = reference(type_index);
    let mut sink = code.sink();
    sink.local_set(pointer);
    sink.block(BlockType::Result(ValType::Ref(wanted)));
    sink.local_get(pointer).table_get(TABLE);
    sink.br_on_cast(0, RefType::FUNCREF, wanted).drop();
    sink.local_get(pointer).i32_const(type_index.cast_signed());
    sink.call(emitter.helper(&MISMATCH)).unreachable().end();
    sink.call_ref(type_index);
}

/// `[arguments, pointer] -> [result]`, in library code.
fn call_or_adapt(
    shape: Shape,
    type_index: u32,
    output: &mut Output<'_>,
    emitter: &Emitter<'_, '_>,
) {
    let operands = output.take_operands(std::iter::repeat_n(ValType::I32, shape.params + 1));
    let (pointer, arguments) = (operands[shape.params], &operands[..shape.params]);
    let get = |sink: &mut InstructionSink<'_>| {
        for argument in arguments {
            sink.local_get(*argument);
        }
        sink.local_get(pointer);
    };
    let mut sink = output.code().sink();
    sink.block(match shape.results {
        0 => BlockType::Empty,
        _ => BlockType::Result(ValType::I32),
    });
    sink.block(BlockType::Result(ValType::Ref(RefType::FUNCREF)));
    get(&mut sink);
    sink.table_get(TABLE);
    sink.br_on_cast_fail(0, RefType::FUNCREF, reference(type_index));
    sink.call_ref(type_index).br(1).end().drop();
    get(&mut sink);
    sink.call(emitter.helper(shape.helper())).end();
}
