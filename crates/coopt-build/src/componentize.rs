//! From the bytes of a core module to those of a component.

#[cfg(test)]
mod tests;

use crate::error::Error;
use crate::generated;
use crate::merge::merge;
use crate::options::Options;
use crate::passes;
use crate::plan::{Needs, Plan};
use crate::program::Program;
use crate::rewrite::Pass;
use crate::world::{self, Names};

/// Turns the core module `wasm` into a component.
///
/// A module that imports no way to create a thread becomes a component
/// without threading built-ins, as if [`Threads::Off`](crate::Threads::Off) had been asked for.
///
/// # Errors
/// One [`Error`] for each kind of input that cannot become a component.
pub fn componentize(wasm: &[u8], options: &Options) -> Result<Vec<u8>, Error> {
    let program = Program::parse(wasm)?;
    let names = match program.module.names {
        Some(_) => Names::Kept,
        None => Names::LeftOut,
    };
    let passes = passes::enabled(&program, options);
    world::encode(link(&program, options, passes)?, names)
}

/// Links the program, changed by `passes`, with the runtime and the generated functions into one
/// core module.
fn link(
    program: &Program<'_>,
    options: &Options,
    mut passes: Vec<Box<dyn Pass + '_>>,
) -> Result<Vec<u8>, Error> {
    let mut needs = Needs::default();
    let mut helpers = Vec::new();
    for pass in &passes {
        needs.globals.extend_from_slice(pass.globals());
        needs.runtime.extend(pass.runtime(program));
        needs.builtins.extend_from_slice(pass.builtins());
        helpers.extend(pass.helpers(program));
        let before = pass.before_start().into_iter();
        needs
            .before_start
            .extend(before.map(|(what, helper)| (what, helper.name)));
    }
    let generated = generated::all(program, options, helpers);
    needs.generated = generated
        .iter()
        .map(|function| (function.name(), function.ty()))
        .collect();
    let plan = Plan::new(program, options, needs)?;
    merge(program, &plan, &generated, &mut passes)
}
