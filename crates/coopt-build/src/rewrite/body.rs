//! Walks one body.

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasmparser::FunctionBody;

use crate::error::Error;
use crate::generated::{Code, Emitter};
use crate::module::count;
use crate::reencode;
use crate::rewrite::output::Output;
use crate::rewrite::pass::{Answer, Pass};

/// A body to rewrite.
#[derive(Clone, Copy, Debug)]
pub struct Source<'b, 'm> {
    pub body: &'b FunctionBody<'m>,
    /// The types of the function's parameters.
    pub params: &'b [wasmparser::ValType],
    /// Whether the body is library code.
    pub is_library: bool,
}

/// Offers a body to the passes. `None` when no pass changes the body.
pub fn rewrite(
    source: Source<'_, '_>,
    passes: &mut [Box<dyn Pass + '_>],
    emitter: &Emitter<'_, '_>,
) -> Result<Option<Code>, Error> {
    let body = source.body;
    let code = Code::new(count(source.params.len()), locals(body)?);
    let invalid = |error: wasmparser::BinaryReaderError| Error::invalid(&error);
    let mut ops = body.get_operators_reader().map_err(invalid)?;
    let first = ops.original_position();
    let mut output = Output::new(body.as_bytes(), body.range().start, first, code);
    let concerned = |pass: &&mut Box<dyn Pass + '_>| !(source.is_library && pass.spares_library());
    for pass in passes.iter_mut().filter(concerned) {
        pass.enter(source, &mut output, emitter);
    }
    while !ops.eof() {
        output.begin_instruction(ops.original_position());
        let op = ops.read().map_err(invalid)?;
        for pass in passes.iter_mut().filter(concerned) {
            if pass.instruction(&op, &mut output, emitter) == Answer::Replaced {
                output.replace_until(ops.original_position());
                break;
            }
        }
    }
    Ok(output.finish())
}

/// The locals that a body declares.
fn locals(body: &FunctionBody<'_>) -> Result<Vec<(u32, wasm_encoder::ValType)>, Error> {
    let groups = body
        .get_locals_reader()
        .map_err(|error| Error::invalid(&error))?;
    let groups = groups.into_iter().map(|group| {
        let (count, ty) = group?;
        Ok((count, RoundtripReencoder.val_type(ty)?))
    });
    groups.collect::<Result<_, _>>().map_err(reencode::error)
}
