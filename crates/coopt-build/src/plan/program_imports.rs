//! What the program's imports become.

use coopt_abi::calls::Call;
use wasmparser::FuncType;

use crate::error::Error;
use crate::module::{FunctionImport, Module};
use crate::plan::imports::{self, Resolution};
use crate::program::Program;
use crate::runtime::{RuntimeFunctions, val_type};

/// What a function import of the program becomes.
#[derive(Clone, Copy, Debug)]
pub enum ProgramImport {
    /// This function of the runtime, by its index there.
    Runtime(u32),
    /// The trampoline of this call.
    Trampoline(&'static Call),
}

/// Decides on each import of the program, and checks that it has the type of
/// what takes its place.
pub fn decide(
    program: &Program<'_>,
    runtime: &Module<'_>,
    functions: &RuntimeFunctions,
) -> Result<Vec<ProgramImport>, Error> {
    let decide_one = |import: &FunctionImport<'_>| {
        let (decided, expected) = match imports::resolve(import.module, import.name) {
            Resolution::Runtime(function) => {
                let function = functions.index(function);
                let ty = runtime.function_type(function).cloned();
                (ProgramImport::Runtime(function), ty)
            }
            Resolution::Trampoline(call) => {
                (ProgramImport::Trampoline(call), Some(call_type(call)))
            }
            Resolution::Unknown { remedy } => {
                return Err(Error::UnknownImport {
                    what: "function",
                    module: import.module.to_owned(),
                    name: import.name.to_owned(),
                    remedy,
                });
            }
        };
        let found = program.module.types.function(import.type_index);
        match expected.filter(|expected| Some(expected) != found) {
            None => Ok(decided),
            Some(expected) => Err(Error::WrongType {
                name: format!("{}.{}", import.module, import.name),
                expected: expected.to_string(),
                found: found.map_or_else(|| "none".to_owned(), ToString::to_string),
            }),
        }
    };
    let imports = program.module.function_imports.iter();
    imports.map(decide_one).collect()
}

/// The type that the table of calls gives a call.
pub fn call_type(call: &Call) -> FuncType {
    let params = call.params.iter().map(|param| val_type(param.ty));
    FuncType::new(params, call.result.map(val_type))
}
