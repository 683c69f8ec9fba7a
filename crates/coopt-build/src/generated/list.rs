//! All generated functions, in their order in the result.

use coopt_abi::calls::{CALLS, Call, Way};
use wasmparser::FuncType;

use crate::error::Error;
use crate::generated::code::Code;
use crate::generated::emitter::Emitter;
use crate::generated::helper::Helper;
use crate::generated::life::{RUN, THREAD_START};
use crate::generated::switch::PERFORM;
use crate::module::count;
use crate::options::Options;
use crate::plan::layout::has_threads;
use crate::plan::program_imports::call_type;
use crate::program::Program;

/// A generated function.
#[derive(Clone, Copy, Debug)]
pub enum Generated {
    /// A function that generated code, a pass or the host calls.
    Helper(&'static Helper),
    /// The function that an import of the program becomes.
    Trampoline(&'static Call),
}

impl Generated {
    /// The function's name in backtraces. No two functions have the same name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Helper(helper) => helper.name,
            Self::Trampoline(call) => call.trampoline,
        }
    }

    /// The function's type; for a trampoline, the type that the import must have.
    pub fn ty(&self) -> FuncType {
        match self {
            Self::Helper(helper) => helper.ty(),
            Self::Trampoline(call) => call_type(call),
        }
    }

    /// Writes the function's body.
    pub fn write(&self, emitter: &Emitter<'_, '_>) -> Result<Code, Error> {
        let mut code = Code::new(count(self.ty().params().len()), Vec::new());
        match self {
            Self::Helper(helper) => (helper.write)(emitter, &mut code)?,
            Self::Trampoline(call) => emitter.trampoline(&mut code, call),
        }
        Ok(code)
    }
}

/// The generated functions of a result, with those that passes need.
pub fn all(
    program: &Program<'_>,
    options: &Options,
    helpers: Vec<&'static Helper>,
) -> Vec<Generated> {
    let mut all = vec![&RUN];
    if has_threads(program, options) {
        all.push(&THREAD_START);
    }
    all.push(&PERFORM);
    all.extend(helpers);
    let imports = &program.module.function_imports;
    let is_imported = |call: &&Call| {
        let mut imports = imports.iter();
        imports.any(|import| import.module == call.module && import.name == call.name)
    };
    let trampolines = CALLS
        .iter()
        .filter(|call| !matches!(call.way, Way::Direct(_)));
    let trampolines = trampolines.filter(is_imported).map(Generated::Trampoline);
    all.into_iter()
        .map(Generated::Helper)
        .chain(trampolines)
        .collect()
}
