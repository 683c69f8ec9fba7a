//! The code section: the program's bodies, the runtime's, the generated ones.

use wasm_encoder::CodeSection;

use crate::error::Error;
use crate::generated::{Emitter, Generated};
use crate::merge::limits;
use crate::module::count;
use crate::reencode::{RuntimeReencoder, error};
use crate::rewrite::body::Source;
use crate::rewrite::{Pass, rewrite};

/// Writes the code section.
pub fn section(
    emitter: &Emitter<'_, '_>,
    generated: &[Generated],
    passes: &mut [Box<dyn Pass + '_>],
) -> Result<CodeSection, Error> {
    let mut code = CodeSection::new();
    program(&mut code, emitter, passes)?;
    let (program, plan) = (emitter.program, emitter.plan);
    let mut reencoder = RuntimeReencoder { plan, program };
    for body in plan.reached.only(&plan.runtime.bodies) {
        code.function(&reencoder.body(body).map_err(error)?);
    }
    for generated in generated {
        let body = generated.write(emitter)?;
        limits::check_generated(generated.name(), body.len(), body.local_count())?;
        code.function(&body.finish());
    }
    Ok(code)
}

/// Writes the program's bodies.
fn program(
    code: &mut CodeSection,
    emitter: &Emitter<'_, '_>,
    passes: &mut [Box<dyn Pass + '_>],
) -> Result<(), Error> {
    let module = &emitter.program.module;
    for (index, (ty, body)) in (0..).zip(module.functions.iter().zip(&module.bodies)) {
        let params = module
            .types
            .function(*ty)
            .map_or(0, |ty| count(ty.params().len()));
        let library = module.library.as_ref();
        let source = Source {
            body,
            params,
            is_library: library.is_some_and(|library| library.contains(&index)),
        };
        match rewrite(source, passes, emitter)? {
            None => {
                code.raw(body.as_bytes());
            }
            Some(changed) => {
                limits::check_body(changed.len(), changed.local_count(), body.range().start)?;
                code.function(&changed.finish());
            }
        }
        limits::check_module(code.byte_len())?;
    }
    Ok(())
}
