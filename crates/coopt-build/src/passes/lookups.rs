//! Tells the runtime of each path that the program's C library finds no directory for
//! ([`crate::module::lookups`]), so that the host can say which folder the program was not given.

use coopt_abi::calls::{RuntimeFunction, runtime};
use wasm_encoder::{BlockType, ValType};
use wasmparser::Operator;

use crate::generated::Emitter;
use crate::module::lookups::NOT_FOUND;
use crate::program::Program;
use crate::rewrite::{Answer, Output, Pass};

/// The pass.
#[derive(Debug)]
pub struct Lookups;

impl Pass for Lookups {
    fn runtime(&self, program: &Program<'_>) -> Vec<RuntimeFunction> {
        let looks_up = !program.lookups.is_empty();
        looks_up
            .then_some(runtime::PATH_OUTSIDE)
            .into_iter()
            .collect()
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
        let mut lookups = emitter.program.lookups.iter();
        let Some(lookup) = lookups.find(|lookup| lookup.function == function_index) else {
            return Answer::Keep;
        };
        let operands = output.take_operands(std::iter::repeat_n(ValType::I32, lookup.params));
        let code = output.code();
        let found = code.local(ValType::I32);
        let mut sink = code.sink();
        for operand in &operands {
            sink.local_get(*operand);
        }
        sink.call(emitter.plan.program_function(function_index))
            .local_tee(found)
            .i32_const(NOT_FOUND)
            .i32_eq()
            .if_(BlockType::Empty)
            .local_get(operands[0])
            .call(emitter.runtime(runtime::PATH_OUTSIDE))
            .end()
            .local_get(found);
        Answer::Replaced
    }
}
