//! Writes the merged module, section by section.

use std::collections::HashMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, FunctionSection, GlobalSection, ImportSection, MemorySection,
    RefType, TableSection, TableType, TagKind, TagSection, TagType, TypeSection,
};
use wasmparser::FuncType;

use crate::Error;
use crate::guest::Guest;
use crate::lower::{self, Callee, WaitFunctions};
use crate::module::count;
use crate::names;
use crate::world::RUN_EXPORT;

use super::generated::{Generated, InPlace, has_exit_tag};
use super::limits;
use super::plan::Plan;
use super::reencode::{GuestReencoder, RuntimeReencoder, error};

/// Merges `guest` with the runtime as `plan` says.
pub fn merge(guest: &Guest<'_>, plan: &Plan) -> Result<Vec<u8>, Error> {
    limits::check_plan(guest, plan)?;
    let merger = Merger { guest, plan };
    let mut module = wasm_encoder::Module::new();
    module.section(&merger.types()?);
    module.section(&merger.imports());
    module.section(&merger.functions());
    module.section(&merger.tables()?);
    module.section(&merger.memories()?);
    let tags = merger.tags()?;
    if !tags.is_empty() {
        module.section(&tags);
    }
    module.section(&merger.globals()?);
    module.section(&merger.exports());
    module.section(&merger.elements()?);
    module.section(&merger.data_count());
    module.section(&merger.code()?);
    module.section(&merger.data()?);
    module.section(&names::section(guest, plan)?);
    limits::check_module(module.len())?;
    Ok(module.finish())
}

struct Merger<'m, 'g> {
    guest: &'m Guest<'g>,
    plan: &'m Plan,
}

impl<'m, 'g> Merger<'m, 'g> {
    fn guest_reencoder(&self) -> GuestReencoder<'m> {
        GuestReencoder { plan: self.plan }
    }

    fn runtime_reencoder(&self) -> RuntimeReencoder<'m, 'g> {
        RuntimeReencoder {
            plan: self.plan,
            guest: self.guest,
        }
    }

    fn types(&self) -> Result<TypeSection, Error> {
        let mut types = TypeSection::new();
        for ty in &self.plan.types {
            let ty = RoundtripReencoder.func_type(ty.clone()).map_err(error)?;
            types.ty().func_type(&ty);
        }
        Ok(types)
    }

    fn imports(&self) -> ImportSection {
        let mut imports = ImportSection::new();
        for import in &self.plan.imports {
            imports.import(
                import.module,
                import.name,
                EntityType::Function(import.type_index),
            );
        }
        imports
    }

    fn functions(&self) -> FunctionSection {
        let runtime = &self.plan.runtime;
        let mut functions = FunctionSection::new();
        for ty in &self.guest.module.functions {
            functions.function(*ty);
        }
        for ty in &runtime.functions {
            functions.function(self.plan.type_index(&runtime.types[*ty as usize]));
        }
        for generated in &self.plan.generated {
            functions.function(self.plan.type_index(&generated.ty()));
        }
        functions
    }

    fn tables(&self) -> Result<TableSection, Error> {
        let mut tables = TableSection::new();
        if let Some(section) = self.guest.module.tables.clone() {
            self.guest_reencoder()
                .parse_table_section(&mut tables, section)
                .map_err(error)?;
        }
        if let Some(section) = self.plan.runtime.tables.clone() {
            self.runtime_reencoder()
                .parse_table_section(&mut tables, section)
                .map_err(error)?;
        }
        if self.plan.threads {
            debug_assert_eq!(tables.len(), self.plan.start_table());
            tables.table(TableType {
                element_type: RefType::FUNCREF,
                table64: false,
                minimum: 1,
                maximum: Some(1),
                shared: false,
            });
        }
        Ok(tables)
    }

    fn memories(&self) -> Result<MemorySection, Error> {
        let mut memories = MemorySection::new();
        memories.memory(
            RoundtripReencoder
                .memory_type(self.guest.memory)
                .map_err(error)?,
        );
        for memory in &self.plan.runtime.memories {
            memories.memory(RoundtripReencoder.memory_type(*memory).map_err(error)?);
        }
        Ok(memories)
    }

    fn tags(&self) -> Result<TagSection, Error> {
        let mut tags = TagSection::new();
        if let Some(section) = self.guest.module.tags.clone() {
            self.guest_reencoder()
                .parse_tag_section(&mut tags, section)
                .map_err(error)?;
        }
        if has_exit_tag(self.plan) {
            let func_type_idx = self.plan.type_index(&FuncType::new([], []));
            tags.tag(TagType {
                kind: TagKind::Exception,
                func_type_idx,
            });
        }
        Ok(tags)
    }

    fn globals(&self) -> Result<GlobalSection, Error> {
        let mut globals = GlobalSection::new();
        let mut add = |reencoder: &mut dyn Reencode<Error = std::convert::Infallible>,
                       global: &crate::module::Global<'_>| {
            let ty = reencoder.global_type(global.ty)?;
            let init = reencoder.const_expr(global.init.clone())?;
            globals.global(ty, &init);
            Ok(())
        };
        for global in &self.guest.module.globals {
            add(&mut self.guest_reencoder(), global).map_err(error)?;
        }
        for global in &self.plan.runtime.globals {
            add(&mut self.runtime_reencoder(), global).map_err(error)?;
        }
        Ok(globals)
    }

    /// Only what the component needs. The guest's other exports could be
    /// entered while another thread's stack is in use.
    fn exports(&self) -> ExportSection {
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0);
        exports.export(
            RUN_EXPORT,
            ExportKind::Func,
            self.plan.generated(Generated::Run),
        );
        if self.plan.threads {
            let table = self.plan.start_table();
            exports.export("__indirect_function_table", ExportKind::Table, table);
        }
        exports
    }

    fn elements(&self) -> Result<ElementSection, Error> {
        let mut elements = ElementSection::new();
        if let Some(section) = self.guest.module.elements.clone() {
            self.guest_reencoder()
                .parse_element_section(&mut elements, section)
                .map_err(error)?;
        }
        if let Some(section) = self.plan.runtime.elements.clone() {
            self.runtime_reencoder()
                .parse_element_section(&mut elements, section)
                .map_err(error)?;
        }
        if !self.guest.declared_by_export.is_empty() {
            let functions = &self.guest.declared_by_export;
            let functions: Vec<_> = functions
                .iter()
                .map(|function| self.plan.guest_function(*function))
                .collect();
            elements.declared(Elements::Functions(functions.into()));
        }
        if self.plan.threads {
            let start = [self.plan.generated(Generated::ThreadStart)];
            elements.active(
                Some(self.plan.start_table()),
                &ConstExpr::i32_const(0),
                Elements::Functions(start.as_slice().into()),
            );
        }
        Ok(elements)
    }

    fn data_count(&self) -> DataCountSection {
        DataCountSection {
            count: self.guest.module.data_segments + self.plan.runtime.data_segments,
        }
    }

    fn code(&self) -> Result<CodeSection, Error> {
        let mut code = CodeSection::new();
        let wait = self.wait_functions();
        let module = &self.guest.module;
        let in_place = self.in_place()?;
        for (ty, body) in module.functions.iter().zip(&module.bodies) {
            let params = count(module.types[*ty as usize].params().len());
            let callee = |function| Callee {
                function: self.plan.guest_function(function),
                in_place: in_place
                    .get(&function)
                    .map(|code| code as &dyn lower::InPlace),
            };
            let function_index = |function| self.plan.guest_function(function);
            let lowered =
                lower::lower_body(body, params, wait, callee, function_index).map_err(error)?;
            let bytes = lowered.function.byte_len();
            limits::check_body(bytes, lowered.local_count, body.range().start)?;
            code.function(&lowered.function);
            limits::check_module(code.byte_len())?;
        }
        let mut reencoder = self.runtime_reencoder();
        for body in &self.plan.runtime.bodies {
            code.function(&reencoder.body(body).map_err(error)?);
        }
        for generated in &self.plan.generated {
            let function = generated.body(self.guest, self.plan)?;
            limits::check_generated(generated.name(), function.byte_len())?;
            code.function(&function);
        }
        Ok(code)
    }

    /// The trampolines that may take the place of calls of an import of the guest.
    fn in_place(&self) -> Result<HashMap<u32, InPlace<'m, 'g>>, Error> {
        let imports = 0..self.guest.module.function_import_count();
        let calls = imports.filter_map(|import| Some((import, self.plan.call_in_place(import)?)));
        calls
            .map(|(import, call)| Ok((import, InPlace::new(call, self.guest, self.plan)?)))
            .collect()
    }

    /// The functions for waits; for those that no instruction needs, any
    /// index does.
    fn wait_functions(&self) -> WaitFunctions {
        let planned = |generated| {
            if self.plan.generated.contains(&generated) {
                self.plan.generated(generated)
            } else {
                u32::MAX
            }
        };
        WaitFunctions {
            wait32: planned(Generated::Wait32),
            wait64: planned(Generated::Wait64),
            notify: planned(Generated::Notify),
        }
    }

    fn data(&self) -> Result<DataSection, Error> {
        let mut data = DataSection::new();
        if let Some(section) = self.guest.module.data.clone() {
            self.guest_reencoder()
                .parse_data_section(&mut data, section)
                .map_err(error)?;
        }
        if let Some(section) = self.plan.runtime.data.clone() {
            self.runtime_reencoder()
                .parse_data_section(&mut data, section)
                .map_err(error)?;
        }
        Ok(data)
    }
}
