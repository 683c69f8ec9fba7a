//! The name section of the result, so that backtraces read well.
//!
//! Function names of guest and runtime move with their functions, generated
//! functions get theirs; names of locals and labels are left out, because
//! lowered bodies have other ones.

use wasm_encoder::{NameMap, NameSection};
use wasmparser::{Name, NameSectionReader};

use crate::Error;
use crate::guest::Guest;
use crate::link::plan::Plan;
use crate::module::{Module, count};

/// Writes the name section.
pub fn section(guest: &Guest<'_>, plan: &Plan) -> Result<NameSection, Error> {
    let mut names = Vec::new();
    for (index, name) in function_names(&guest.module) {
        // An import that became something else has a name already.
        if index >= guest.module.function_import_count() {
            names.push((plan.guest_function(index), name));
        }
    }
    for (index, name) in function_names(&plan.runtime) {
        if plan.runtime_import(index).is_none() {
            names.push((plan.runtime_function(index), name));
        }
    }
    for (index, import) in (0..).zip(&plan.imports) {
        names.push((index, import.name));
    }
    for (index, generated) in (plan.first_generated()..).zip(&plan.generated) {
        names.push((index, generated.name()));
    }
    // A section that names a function twice is damaged; its first name counts.
    names.sort_by_key(|(index, _)| *index);
    names.dedup_by_key(|(index, _)| *index);

    let mut functions = NameMap::new();
    for (index, name) in names {
        functions.append(index, name);
    }
    let mut section = NameSection::new();
    if let Some(name) = module_name(&guest.module) {
        section.module(name);
    }
    section.functions(&functions);
    Ok(section)
}

/// The subsections of a module's name section. A damaged name section is
/// not an error in WebAssembly: what can be read of it counts.
fn subsections<'a>(module: &Module<'a>) -> impl Iterator<Item = Name<'a>> {
    let reader: Option<NameSectionReader<'a>> = module.names.clone();
    reader.into_iter().flatten().map_while(Result::ok)
}

fn module_name<'a>(module: &Module<'a>) -> Option<&'a str> {
    subsections(module).find_map(|name| match name {
        Name::Module { name, .. } => Some(name),
        _ => None,
    })
}

/// The functions that have a name, in the order of the section, without
/// entries for functions that do not exist.
pub fn function_names<'a>(module: &Module<'a>) -> Vec<(u32, &'a str)> {
    let functions = module.function_import_count() + count(module.functions.len());
    let mut names = Vec::new();
    for name in subsections(module) {
        if let Name::Function(map) = name {
            let entries = map.into_iter().map_while(Result::ok);
            names.extend(
                entries
                    .map(|n| (n.index, n.name))
                    .filter(|(i, _)| *i < functions),
            );
        }
    }
    names
}

/// The mutable globals of a module, by name where they have one.
pub fn mutable_globals(module: &Module<'_>) -> Vec<String> {
    let mut names = vec![None; module.globals.len()];
    for subsection in subsections(module) {
        let Name::Global(map) = subsection else {
            continue;
        };
        for naming in map.into_iter().map_while(Result::ok) {
            if let Some(name) = names.get_mut(naming.index as usize) {
                *name = Some(naming.name.to_owned());
            }
        }
    }
    let mutable = module.mutable_globals();
    mutable
        .map(|(index, _)| {
            names[index as usize]
                .take()
                .unwrap_or_else(|| format!("global {index}"))
        })
        .collect()
}
