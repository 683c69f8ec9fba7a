//! The types and the imports of the result, each once.

use std::collections::HashMap;

use wasmparser::FuncType;

use crate::module::{FunctionImport, Types, count};

/// Collects the types that come behind the program's, and the imports.
#[derive(Debug)]
pub struct Spaces {
    program_types: u32,
    /// The types that are not the program's, in order.
    pub types: Vec<FuncType>,
    type_indices: HashMap<FuncType, u32>,
    /// The imports, all of them functions.
    pub imports: Vec<FunctionImport<'static>>,
    import_indices: HashMap<(&'static str, &'static str), u32>,
}

impl Spaces {
    /// Starts with the program's types, whose indices must not change.
    pub fn new(program_types: &Types) -> Self {
        let plain = program_types.plain_functions();
        Self {
            program_types: program_types.len(),
            types: Vec::new(),
            type_indices: plain.map(|(index, ty)| (ty.clone(), index)).collect(),
            imports: Vec::new(),
            import_indices: HashMap::new(),
        }
    }

    /// How many types the result has.
    pub fn type_count(&self) -> u32 {
        self.program_types.saturating_add(count(self.types.len()))
    }

    /// Adds a type, once.
    pub fn intern(&mut self, ty: FuncType) -> u32 {
        let next = self.type_count();
        let types = &mut self.types;
        *self.type_indices.entry(ty).or_insert_with_key(|ty| {
            types.push(ty.clone());
            next
        })
    }

    /// The index of a type that has been interned.
    pub fn type_index(&self, ty: &FuncType) -> u32 {
        let index = self.type_indices.get(ty).copied();
        index.unwrap_or_else(|| unreachable!("{ty} was not interned"))
    }

    /// Adds an import, once.
    pub fn import(&mut self, module: &'static str, name: &'static str, ty: FuncType) -> u32 {
        let type_index = self.intern(ty);
        let next = count(self.imports.len());
        let imports = &mut self.imports;
        let index = self.import_indices.entry((module, name));
        *index.or_insert_with(|| {
            imports.push(FunctionImport {
                module,
                name,
                type_index,
            });
            next
        })
    }

    /// The index of an import that has been added.
    pub fn import_index(&self, module: &'static str, name: &'static str) -> u32 {
        let index = self.import_indices.get(&(module, name)).copied();
        index.unwrap_or_else(|| unreachable!("`{module}`.`{name}` was not imported"))
    }
}
