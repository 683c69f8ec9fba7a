//! A pass: one kind of change to the code of a program.

use wasmparser::Operator;

use crate::generated::{Emitter, Helper};
use crate::plan::{AddedGlobal, Builtin};
use crate::program::Program;
use crate::rewrite::output::Output;

/// What becomes of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It stays, unless a later pass replaces it.
    Keep,
    /// What the pass has written takes its place.
    Replaced,
}

/// One kind of change to the code of a program. It says first what the result must have, and is
/// then offered one body after the other, in the order of their functions.
pub trait Pass {
    /// The globals that it adds.
    fn globals(&self) -> &'static [AddedGlobal] {
        &[]
    }

    /// The built-ins that it or its helpers call, besides those that are always there.
    fn builtins(&self) -> &'static [Builtin] {
        &[]
    }

    /// The generated functions that it calls.
    fn helpers(&self, program: &Program<'_>) -> Vec<&'static Helper> {
        let _ = program;
        Vec::new()
    }

    /// Whether it leaves library code alone.
    fn spares_library(&self) -> bool {
        false
    }

    /// A body begins. What is written stands before its first instruction.
    fn enter(&mut self, output: &mut Output<'_>, emitter: &Emitter<'_, '_>) {
        let _ = (output, emitter);
    }

    /// The body's next instruction.
    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer;
}
