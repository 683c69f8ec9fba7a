//! What the runtime's imports become: each is called in the runtime's code, and nothing else names
//! it.

use crate::error::Error;
use crate::module::{FunctionImport, Module};
use crate::plan::reach::Reached;
use crate::plan::spaces::Spaces;
use crate::runtime;

/// What a runtime import becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuntimeImport {
    /// A call of this function of the result.
    Call(u32),
    /// These instructions, in place of the call.
    Inline(Inline),
    /// Nothing: no code of the result calls it.
    Unreached,
}

/// An instruction or two that take the place of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inline {
    /// A load or store of the program's memory, or a copy from or to it.
    Access(Access),
    /// A constant.
    Const(i32),
    /// Drop this many operands, then push a constant.
    Refuse { operands: u32, result: i32 },
}

/// How the runtime may touch the program's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Load8,
    Load32,
    Load64,
    Store32,
    Store64,
    /// `(to, from, len)`, both the program's.
    Copy,
    /// `(pages) -> the pages before, or -1`
    Grow,
    /// `(runtime_dst, program_src, len)`
    CopyIn,
    /// `(program_dst, runtime_src, len)`
    CopyOut,
}

/// What the runtime asks coopt-build for: constants.
#[derive(Clone, Copy, Debug)]
pub struct Constants {
    pub threads: bool,
    pub live_threads_max: u32,
}

/// Decides on each import of the runtime.
pub fn decide(
    spaces: &mut Spaces,
    runtime: &Module<'static>,
    reached: &Reached,
    constants: Constants,
) -> Result<Vec<RuntimeImport>, Error> {
    let imports = (0..).zip(&runtime.function_imports);
    imports
        .map(|(index, import)| match inline(import, constants)? {
            _ if !reached.import(index) => Ok(RuntimeImport::Unreached),
            Some(inline) => Ok(RuntimeImport::Inline(inline)),
            None => {
                let ty = runtime.types.function(import.type_index);
                let ty = ty.ok_or_else(|| Error::internal("a function has a function type"))?;
                let function = spaces.import(import.module, import.name, ty.clone());
                Ok(RuntimeImport::Call(function))
            }
        })
        .collect()
}

/// What takes the place of the calls of an import, unless it stays an import.
fn inline(import: &FunctionImport<'_>, constants: Constants) -> Result<Option<Inline>, Error> {
    let Constants {
        threads,
        live_threads_max,
    } = constants;
    Ok(Some(match (import.module, import.name) {
        (runtime::PROGRAM_MEMORY, name) => Inline::Access(match name {
            "load8" => Access::Load8,
            "load32" => Access::Load32,
            "load64" => Access::Load64,
            "store32" => Access::Store32,
            "store64" => Access::Store64,
            "copy" => Access::Copy,
            "grow" => Access::Grow,
            "copy_in" => Access::CopyIn,
            "copy_out" => Access::CopyOut,
            _ => {
                let message = format!("the runtime imports `{}`.`{name}`", import.module);
                return Err(Error::internal(message));
            }
        }),
        (runtime::BUILD, "threads") => Inline::Const(i32::from(threads)),
        (runtime::BUILD, "live_threads_max") => Inline::Const(live_threads_max.cast_signed()),
        // The start function is alone in its table.
        (runtime::BUILD, "thread_start_index") => Inline::Const(0),
        ("$root", "[thread-index]") if !threads => Inline::Const(0),
        ("$root", "[thread-new-indirect-v0]") if !threads => Inline::Refuse {
            operands: 2,
            result: 0,
        },
        _ => return Ok(None),
    }))
}
