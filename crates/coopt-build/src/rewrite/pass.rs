//! A pass: one kind of change to the code of a program.

use coopt_abi::calls::RuntimeFunction;
use wasmparser::Operator;

use crate::generated::{Emitter, Helper};
use crate::plan::{AddedGlobal, Builtin, Starts};
use crate::program::Program;
use crate::rewrite::body::Source;
use crate::rewrite::output::Output;

/// What becomes of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The instruction stays, unless a later pass replaces it.
    Keep,
    /// What the pass has written takes the instruction's place.
    Replaced,
}

/// One kind of change to the code of a program. A pass first says what the result must have. Then
/// it is offered one body after the other, in the order of their functions.
pub trait Pass {
    /// The globals that the pass adds.
    fn globals(&self) -> &'static [AddedGlobal] {
        &[]
    }

    /// The functions of the runtime that only passes and their helpers call.
    fn runtime(&self, program: &Program<'_>) -> Vec<RuntimeFunction> {
        let _ = program;
        Vec::new()
    }

    /// The built-ins that the pass or its helpers call, besides those that are always there.
    fn builtins(&self) -> &'static [Builtin] {
        &[]
    }

    /// The generated functions that the pass calls.
    fn helpers(&self, program: &Program<'_>) -> Vec<&'static Helper> {
        let _ = program;
        Vec::new()
    }

    /// Those of the generated functions that are called before something starts.
    fn before_start(&self) -> Vec<(Starts, &'static Helper)> {
        Vec::new()
    }

    /// Whether the pass leaves library code alone (rule W6).
    fn spares_library(&self) -> bool {
        false
    }

    /// A body begins. What is written stands before its first instruction.
    fn enter(
        &mut self,
        source: Source<'_, '_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) {
        let _ = (source, output, emitter);
    }

    /// The body's next instruction.
    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer;
}
