//! The runtime: the wasm module that is merged into every program.
//!
//! The module is `wasm/coopt-runtime` of this repository, compiled by set-up. The table of calls
//! ([`mod@coopt_abi::calls`]) says what the runtime exports, and what for.
//! [`crate::plan::runtime_imports`] says what the runtime's imports become.

use std::collections::HashMap;

use coopt_abi::calls::{RuntimeFunction, Type, runtime_exports};
use wasmparser::{FuncType, ValType};

use crate::error::Error;
use crate::module::Module;
use crate::module::symbols::Symbols;

/// The compiled runtime.
const WASM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/runtime.wasm"));

/// Parses the embedded runtime.
pub fn parse() -> Result<Module<'static>, Error> {
    Module::parse(WASM).map_err(|error| Error::internal(format!("the embedded runtime: {error}")))
}

/// The symbols of the embedded runtime.
pub fn symbols() -> Result<Symbols, Error> {
    Symbols::parse(WASM)
}

/// The module of the imports through which the runtime reads and writes the
/// program's memory, which is not its own. In the result each such call is one
/// instruction (invariant I2).
pub const PROGRAM_MEMORY: &str = "program";

/// The module of the imports that become constants of the build.
pub const BUILD: &str = "build";

/// A type of the table of calls, as wasmparser has it.
pub const fn val_type(ty: Type) -> ValType {
    match ty {
        Type::I32 => ValType::I32,
        Type::I64 => ValType::I64,
    }
}

/// The index in the runtime of each function that it exports.
#[derive(Debug)]
pub struct RuntimeFunctions(HashMap<RuntimeFunction, u32>);

impl RuntimeFunctions {
    /// Finds each function of the table in the runtime, and checks that it has the table's type.
    pub fn of(runtime: &Module<'_>) -> Result<Self, Error> {
        let find = |export: coopt_abi::calls::RuntimeExport| {
            let name = export.function.name();
            let ty = FuncType::new(
                export.param_types().map(val_type),
                export.result.map(val_type),
            );
            let index = runtime.exported_function(name);
            match index.filter(|index| runtime.function_type(*index) == Some(&ty)) {
                Some(index) => Ok((export.function, index)),
                None => Err(Error::internal(format!(
                    "the embedded runtime exports no `{name}` of type {ty}"
                ))),
            }
        };
        runtime_exports()
            .map(find)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The index of a function in the runtime.
    pub fn index(&self, function: RuntimeFunction) -> u32 {
        let index = self.0.get(&function).copied();
        index.unwrap_or_else(|| unreachable!("`of` has found {function:?}"))
    }
}
