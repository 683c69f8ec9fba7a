//! Puts the trampolines of waits in the place of their calls, where the table of calls allows that
//! ([`Call::in_place`]). A frame less is a return less that the processor mispredicts after the
//! stacks have been exchanged: a round trip by condition variables takes 808 ns, and 836 ns without
//! this pass.
//!
//! A trampoline saves each global of the thread, so its code can be many times as long as a call.
//! Three bounds keep an odd program from becoming much larger. A call beyond a bound stays a call.

use wasm_encoder::ValType;
use wasmparser::Operator;

use coopt_abi::calls::{Call, Type};

use crate::generated::Emitter;
use crate::module::count;
use crate::program::Program;
use crate::rewrite::{Answer, Output, Pass, Source};

/// The most calls that are replaced in one body.
const CALLS_MAX: u32 = 16;
/// The most locals that a body may have once a call is replaced.
const LOCALS_MAX: u32 = 256;
/// The code of a program may grow by this many bytes; larger code may double.
const GROWTH_BYTES_MIN: usize = 16 << 10;

/// The pass.
#[derive(Debug)]
pub struct InPlace {
    /// How many calls of the current body have been replaced.
    calls: u32,
    /// By how many bytes the program may still grow.
    growth_bytes_left: usize,
}

impl InPlace {
    /// For the bodies of `program`.
    pub fn new(program: &Program<'_>) -> Self {
        let bodies = program.module.bodies.iter();
        let code_bytes: usize = bodies.map(|body| body.range().len()).sum();
        Self {
            calls: 0,
            growth_bytes_left: code_bytes.max(GROWTH_BYTES_MIN),
        }
    }

    fn has_room(&self, call: &Call, output: &Output<'_>, emitter: &Emitter<'_, '_>) -> bool {
        let action = 1;
        let more = call.params.len() + action + emitter.thread_globals().len();
        self.calls < CALLS_MAX
            && self.growth_bytes_left > 0
            && output.local_count().saturating_add(count(more)) <= LOCALS_MAX
    }
}

impl Pass for InPlace {
    fn enter(&mut self, _: Source<'_, '_>, _: &mut Output<'_>, _: &Emitter<'_, '_>) {
        self.calls = 0;
    }

    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer {
        let Operator::Call { function_index } = *op else {
            return Answer::Keep;
        };
        let call = emitter.plan.trampoline(function_index);
        let Some(call) = call.filter(|call| call.in_place && self.has_room(call, output, emitter))
        else {
            return Answer::Keep;
        };
        let before = output.code().len();
        let operands = output.take_operands(call.params.iter().map(|param| match param.ty {
            Type::I32 => ValType::I32,
            Type::I64 => ValType::I64,
        }));
        emitter.carry_out(output.code(), call, &operands);
        let grown = output.code().len() - before;
        self.calls += 1;
        self.growth_bytes_left = self.growth_bytes_left.saturating_sub(grown);
        Answer::Replaced
    }
}
