//! The code section: the program's bodies, the runtime's, the generated ones.

use wasm_encoder::{BranchHints, CodeSection};

use crate::error::Error;
use crate::generated::{Code, Emitter, Generated};
use crate::merge::limits;
use crate::reencode::{RuntimeReencoder, error};
use crate::rewrite::{Pass, Source, rewrite};
use wasmparser::FuncType;

/// The code section, and the hints about it, which stand before it.
#[derive(Debug, Default)]
pub struct Written {
    pub code: CodeSection,
    pub hints: BranchHints,
}

impl Written {
    fn function(&mut self, index: u32, code: Code) {
        let (function, hints) = code.finish();
        self.code.function(&function);
        if !hints.is_empty() {
            self.hints.function_hints(index, hints);
        }
    }
}

/// Writes the code section.
pub fn section(
    emitter: &Emitter<'_, '_>,
    generated: &[Generated],
    passes: &mut [Box<dyn Pass + '_>],
) -> Result<Written, Error> {
    let mut written = Written::default();
    program(&mut written, emitter, passes)?;
    let (program, plan) = (emitter.program, emitter.plan);
    let mut reencoder = RuntimeReencoder { plan, program };
    for body in plan.reached.only(&plan.runtime.bodies) {
        written.code.function(&reencoder.body(body).map_err(error)?);
    }
    for (index, generated) in (plan.first_generated()..).zip(generated) {
        let body = generated.write(emitter)?;
        limits::check_generated(generated.name(), body.len(), body.local_count())?;
        written.function(index, body);
    }
    Ok(written)
}

/// Writes the program's bodies.
fn program(
    written: &mut Written,
    emitter: &Emitter<'_, '_>,
    passes: &mut [Box<dyn Pass + '_>],
) -> Result<(), Error> {
    let module = &emitter.program.module;
    for (index, (ty, body)) in (0..).zip(module.functions.iter().zip(&module.bodies)) {
        let params = module.types.function(*ty).map_or(&[][..], FuncType::params);
        let library = module.library.as_ref();
        let source = Source {
            body,
            params,
            is_library: library.is_some_and(|library| library.contains(&index)),
        };
        match rewrite(source, passes, emitter)? {
            None => {
                written.code.raw(body.as_bytes());
            }
            Some(changed) => {
                limits::check_body(changed.len(), changed.local_count(), body.range().start)?;
                let imported = module.function_import_count();
                written.function(emitter.plan.program_function(imported + index), changed);
            }
        }
        limits::check_module(written.code.byte_len())?;
    }
    Ok(())
}
