//! How a generated function is described: by generated code and by a pass that needs it.

use std::fmt;

use wasmparser::{FuncType, ValType};

use crate::error::Error;
use crate::generated::code::Code;
use crate::generated::emitter::Emitter;

/// A function that coopt-build writes.
pub struct Helper {
    /// The function's name in backtraces, by which the plan finds its index.
    pub name: &'static str,
    pub params: &'static [ValType],
    pub results: &'static [ValType],
    /// Writes the body, with the final `end`.
    pub write: fn(&Emitter<'_, '_>, &mut Code) -> Result<(), Error>,
}

impl Helper {
    /// The function's type.
    pub fn ty(&self) -> FuncType {
        FuncType::new(self.params.iter().copied(), self.results.iter().copied())
    }
}

impl fmt::Debug for Helper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
