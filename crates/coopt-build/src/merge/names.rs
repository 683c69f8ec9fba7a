//! The name section of the result, so that backtraces read well.
//!
//! Function names of program and runtime move with their functions, and
//! generated functions get names. Names of locals and labels are left out,
//! because rewritten bodies have other locals and labels. A program that was
//! stripped of its names gets none, for the sake of its size.

use wasm_encoder::{NameMap, NameSection};

use crate::module::names::{function_names, module_name};
use crate::plan::Plan;
use crate::program::Program;

/// Writes the name section; `None` when the program has none.
pub fn section(program: &Program<'_>, plan: &Plan) -> Option<NameSection> {
    program.module.names.as_ref()?;
    let mut names = Vec::new();
    for (index, name) in function_names(&program.module) {
        // What an import became gets its name below.
        if index >= program.module.function_import_count() {
            names.push((plan.program_function(index), name));
        }
    }
    for (index, name) in function_names(&plan.runtime) {
        if let Some(function) = plan.reached_function(index) {
            names.push((function, name));
        }
    }
    for (index, import) in (0..).zip(plan.imports()) {
        names.push((index, import.name));
    }
    for (index, generated) in (plan.first_generated()..).zip(plan.generated_names()) {
        names.push((index, generated));
    }
    // A section that names a function twice is damaged; its first name counts.
    names.sort_by_key(|(index, _)| *index);
    names.dedup_by_key(|(index, _)| *index);

    let mut functions = NameMap::new();
    for (index, name) in names {
        functions.append(index, name);
    }
    let mut section = NameSection::new();
    if let Some(name) = module_name(&program.module) {
        section.module(name);
    }
    section.functions(&functions);
    Some(section)
}
