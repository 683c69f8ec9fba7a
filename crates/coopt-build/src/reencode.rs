//! The two re-encoders: they move indices into the spaces of the result.

use std::convert::Infallible;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{Encode, Function, InstructionSink, MemArg};
use wasmparser::{FunctionBody, Operator};

use crate::error::Error;
use crate::module::count;
use crate::plan::Plan;
use crate::plan::runtime_imports::{Access, Inline, RuntimeImport};
use crate::program::Program;

type Result<T> = std::result::Result<T, reencode::Error<Infallible>>;

/// An error of a re-encoder, for a module that has been validated.
pub fn error(error: reencode::Error<Infallible>) -> Error {
    match error {
        reencode::Error::ParseError(error) => Error::invalid(&error),
        other => Error::internal(other),
    }
}

/// Re-encodes the program: only its function indices change.
pub struct ProgramReencoder<'p> {
    pub plan: &'p Plan,
}

impl Reencode for ProgramReencoder<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32> {
        Ok(self.plan.program_function(function))
    }
}

/// Re-encodes the runtime: what it defines comes behind the program's; equal types become one.
pub struct RuntimeReencoder<'p, 'g> {
    pub plan: &'p Plan,
    pub program: &'p Program<'g>,
}

impl Reencode for RuntimeReencoder<'_, '_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32> {
        Ok(self.plan.runtime_function(function))
    }
    fn type_index(&mut self, ty: u32) -> Result<u32> {
        match self.plan.runtime.types.function(ty) {
            Some(ty) => Ok(self.plan.type_index(ty)),
            None => unreachable!("the runtime has function types only"),
        }
    }
    fn memory_index(&mut self, memory: u32) -> Result<u32> {
        Ok(memory + 1)
    }
    fn table_index(&mut self, table: u32) -> Result<u32> {
        Ok(table + self.program.module.table_count)
    }
    fn global_index(&mut self, global: u32) -> Result<u32> {
        Ok(global + count(self.program.module.globals.len()))
    }
    fn element_index(&mut self, element: u32) -> Result<u32> {
        Ok(element + self.program.module.element_count)
    }
    fn data_index(&mut self, data: u32) -> Result<u32> {
        Ok(data + self.program.module.data_segments)
    }
}

impl RuntimeReencoder<'_, '_> {
    /// Re-encodes a body, with the calls of inlined imports replaced.
    pub fn body(&mut self, body: &FunctionBody<'_>) -> Result<Function> {
        let mut function = self.new_function_with_parsed_locals(body)?;
        let mut code = Vec::with_capacity(body.range().len());
        let mut ops = body.get_operators_reader()?;
        while !ops.eof() {
            let op = ops.read()?;
            let import = match op {
                Operator::Call { function_index } => self.plan.runtime_import(function_index),
                _ => None,
            };
            match import {
                Some(RuntimeImport::Inline(inline)) => {
                    emit_inline(&mut InstructionSink::new(&mut code), inline);
                }
                Some(RuntimeImport::Call(_) | RuntimeImport::Unreached) | None => {
                    self.instruction(op)?.encode(&mut code)
                }
            }
        }
        function.raw(code);
        Ok(function)
    }
}

/// The program's memory, without assuming alignment of the program's pointers.
const PROGRAM: MemArg = MemArg {
    offset: 0,
    align: 0,
    memory_index: 0,
};

fn emit_inline(sink: &mut InstructionSink<'_>, inline: Inline) {
    match inline {
        Inline::Const(value) => {
            sink.i32_const(value);
        }
        Inline::Refuse { operands, result } => {
            for _ in 0..operands {
                sink.drop();
            }
            sink.i32_const(result);
        }
        Inline::Access(access) => {
            match access {
                Access::Load8 => sink.i32_load8_u(PROGRAM),
                Access::Load32 => sink.i32_load(PROGRAM),
                Access::Load64 => sink.i64_load(PROGRAM),
                Access::Store32 => sink.i32_store(PROGRAM),
                Access::Store64 => sink.i64_store(PROGRAM),
                Access::Copy => sink.memory_copy(0, 0),
                Access::Grow => sink.memory_grow(0),
                Access::CopyIn => sink.memory_copy(1, 0),
                Access::CopyOut => sink.memory_copy(0, 1),
            };
        }
    }
}
