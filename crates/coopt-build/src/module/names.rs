//! The name section of a module. A damaged name section is no error in WebAssembly: the part that
//! can be read counts.

use wasmparser::{Name, NameSectionReader};

use crate::module::index::count;
use crate::module::parse::Module;

/// The subsections of a module's name section.
fn subsections<'a>(module: &Module<'a>) -> impl Iterator<Item = Name<'a>> {
    let reader: Option<NameSectionReader<'a>> = module.names.clone();
    reader.into_iter().flatten().map_while(Result::ok)
}

/// The module's own name.
pub fn module_name<'a>(module: &Module<'a>) -> Option<&'a str> {
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

/// The globals that have a name.
fn global_names<'a>(module: &Module<'a>) -> impl Iterator<Item = (u32, &'a str)> {
    let maps = subsections(module).filter_map(|subsection| match subsection {
        Name::Global(map) => Some(map),
        _ => None,
    });
    let names = maps.flat_map(|map| map.into_iter().map_while(Result::ok));
    names.map(|naming| (naming.index, naming.name))
}

/// The global called `name`.
pub fn global(module: &Module<'_>, name: &str) -> Option<u32> {
    let found = global_names(module).find(|(_, other)| *other == name);
    found.map(|(index, _)| index)
}

/// The mutable globals of a module, by name where they have one.
pub fn mutable_globals(module: &Module<'_>) -> Vec<String> {
    let mut names = vec![None; module.globals.len()];
    for (index, name) in global_names(module) {
        if let Some(known) = names.get_mut(index as usize) {
            *known = Some(name.to_owned());
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
