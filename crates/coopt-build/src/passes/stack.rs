//! Checks the stack pointer where it is lowered, so that a stack that overflows traps before
//! something else is overwritten.
//!
//! A global of each thread holds the limit of its stack, which is a margin above its lowest byte. A
//! small frame fits into the margin, so the pointer is compared as it is before it is lowered: a
//! compiler need not keep two values then. A large frame is compared with the room that is left.
//! Where nobody can tell the frame (`alloca`), what the pointer becomes is compared.
//!
//! The thread layer tells where a thread's stack lies (`coopt.stack_bounds`). For other C libraries
//! the runtime looks where musl has it. Nobody knows it in a thread of another kind, which has no
//! limit.

use coopt_abi::calls::{CALLS, Call, RuntimeFunction, Type, runtime};
use coopt_abi::thread::STACK_MARGIN;
use wasm_encoder::BlockType::Empty;
use wasm_encoder::ValType;
use wasmparser::Operator;
use wasmparser::ValType::I32;

use crate::generated::{Emitter, Helper};
use crate::plan::needs::BelongsTo;
use crate::plan::{AddedGlobal, Starts};
use crate::program::Program;
use crate::rewrite::{Answer, Output, Pass, Source};

/// How far below its stack pointer a function may write that calls nothing.
const RED_ZONE: u32 = 128;

/// The largest frame for which the pointer is checked as it is before.
const SMALL_FRAME: i32 = (STACK_MARGIN - RED_ZONE).cast_signed();

const MARGIN: i32 = STACK_MARGIN.cast_signed();

/// The limit of a stack that nobody knows: no number is less.
const NO_LIMIT: i32 = 0;

/// Where the stack pointer must be to be lowered by a small frame.
const LIMIT: AddedGlobal = AddedGlobal {
    name: "stack limit",
    ty: Type::I32,
    init: NO_LIMIT as i64,
    belongs_to: BelongsTo::Thread,
};

/// `()`: called when the stack pointer is below the limit. Does not return.
static OVERFLOW: Helper = Helper {
    name: "coopt.stack_overflow",
    params: &[],
    results: &[],
    write: |emitter, code| {
        let mut sink = code.sink();
        sink.call(emitter.runtime(runtime::FAULT_STACK));
        sink.unreachable().end();
        Ok(())
    },
};

/// `()`: sets the main thread's limit.
static MAIN: Helper = Helper {
    name: "coopt.stack_of_main",
    params: &[],
    results: &[],
    write: |emitter, code| {
        let mut sink = code.sink();
        if let Some(stack) = emitter.program.stack {
            let [low, size] = [stack.low, stack.high - stack.low].map(u32::cast_signed);
            sink.i32_const(low).i32_const(size);
            sink.call(emitter.helper(&BOUNDS));
        }
        sink.end();
        Ok(())
    },
};

/// `(start_arg)`: sets the limit of a thread that begins, if its stack can be found.
static THREAD: Helper = Helper {
    name: "coopt.stack_of_thread",
    params: &[I32],
    results: &[],
    write: |emitter, code| {
        let limit = emitter.plan.added_global(LIMIT.name);
        let low = code.local(ValType::I32);
        let mut sink = code.sink();
        sink.local_get(0);
        sink.call(emitter.runtime(runtime::STACK_FIND));
        sink.local_tee(low).if_(Empty);
        sink.local_get(low).i32_const(MARGIN).i32_add();
        sink.global_set(limit).end().end();
        Ok(())
    },
};

/// `coopt.stack_bounds`
static BOUNDS: Helper = Helper {
    name: "coopt.stack_bounds",
    params: &[I32, I32],
    results: &[],
    write: |emitter, code| {
        let limit = emitter.plan.added_global(LIMIT.name);
        let mut sink = code.sink();
        sink.local_get(0).i32_const(MARGIN).i32_add();
        sink.global_set(limit).local_get(0).local_get(1);
        sink.call(emitter.runtime(runtime::STACK_BOUNDS)).end();
        Ok(())
    },
};

/// The pass.
#[derive(Debug)]
pub struct StackCheck {
    /// Whether the runtime looks for the stacks of threads.
    finds: bool,
    /// The global that is the stack pointer.
    pointer: u32,
    /// The import that tells a stack's bounds.
    tells: Option<u32>,
    /// What the instructions before have left.
    left: Left,
}

/// What instructions have left on the operand stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// The stack pointer.
    Pointer,
    /// The pointer and a frame, or what the pointer becomes: it has been checked.
    Checked,
    /// A number that is not negative.
    Number,
    /// The sum of something and such a number: what the pointer becomes when a function returns.
    Sum,
    Other,
}

impl StackCheck {
    /// For a program whose stack pointer is known.
    pub fn new(program: &Program<'_>, has_threads: bool) -> Option<Self> {
        let behind = |call: &'static Call| call.behind().map(|export| export.function);
        let mut calls = CALLS.iter();
        let call = calls.find(|call| behind(call) == Some(runtime::STACK_BOUNDS))?;
        let mut imports = (0..).zip(&program.module.function_imports);
        let tells = imports
            .find(|(_, import)| (import.module, import.name) == (call.module, call.name))
            .map(|(index, _)| index);
        Some(Self {
            finds: has_threads && tells.is_none(),
            pointer: program.stack?.pointer,
            tells,
            left: Left::Other,
        })
    }

    /// What an instruction leaves.
    const fn leaves(&self, op: &Operator<'_>) -> Left {
        match (self.left, op) {
            (_, Operator::GlobalGet { global_index }) if *global_index == self.pointer => {
                Left::Pointer
            }
            (Left::Pointer, Operator::I32Const { value: 0.. }) => Left::Checked,
            (Left::Checked, Operator::I32Sub | Operator::LocalTee { .. }) => Left::Checked,
            (_, Operator::I32Const { value: 0.. }) => Left::Number,
            (Left::Number, Operator::I32Add) => Left::Sum,
            _ => Left::Other,
        }
    }
}

/// `[pointer] -> [pointer]`: checks the stack pointer, which a frame of so many bytes is to lower, or
/// which has been lowered.
fn check(frame: i32, output: &mut Output<'_>, emitter: &Emitter<'_, '_>) {
    let limit = emitter.plan.added_global(LIMIT.name);
    let code = output.code();
    let pointer = code.local(ValType::I32);
    let mut sink = code.sink();
    sink.local_tee(pointer).global_get(limit);
    if frame <= SMALL_FRAME {
        sink.i32_lt_u();
    } else {
        // The room that is left: the pointer is never below the margin.
        sink.i32_sub().i32_const(MARGIN).i32_add();
        sink.i32_const(frame).i32_lt_u();
    }
    let mut sink = code.rare_if();
    sink.call(emitter.helper(&OVERFLOW)).unreachable().end();
    sink.local_get(pointer);
}

impl Pass for StackCheck {
    fn globals(&self) -> &'static [AddedGlobal] {
        &[LIMIT]
    }

    fn runtime(&self, _: &Program<'_>) -> Vec<RuntimeFunction> {
        let mut needed = vec![runtime::FAULT_STACK, runtime::STACK_BOUNDS];
        needed.extend(self.finds.then_some(runtime::STACK_FIND));
        needed
    }

    fn helpers(&self, _: &Program<'_>) -> Vec<&'static Helper> {
        let mut helpers = vec![&OVERFLOW, &BOUNDS, &MAIN];
        helpers.extend(self.finds.then_some(&THREAD));
        helpers
    }

    fn before_start(&self) -> Vec<(Starts, &'static Helper)> {
        let mut helpers = vec![(Starts::Program, &MAIN)];
        helpers.extend(self.finds.then_some((Starts::Thread, &THREAD)));
        helpers
    }

    fn enter(&mut self, _: Source<'_, '_>, _: &mut Output<'_>, _: &Emitter<'_, '_>) {
        self.left = Left::Other;
    }

    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer {
        let before = self.left;
        self.left = self.leaves(op);
        match *op {
            Operator::I32Const { value } if self.left == Left::Checked => {
                check(value, output, emitter);
            }
            Operator::GlobalSet { global_index }
                if global_index == self.pointer && !matches!(before, Left::Checked | Left::Sum) =>
            {
                check(0, output, emitter);
            }
            Operator::Call { function_index } if self.tells == Some(function_index) => {
                output.code().sink().call(emitter.helper(&BOUNDS));
                return Answer::Replaced;
            }
            _ => {}
        }
        Answer::Keep
    }
}
