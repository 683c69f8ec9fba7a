//! Writes the merged module, section by section.

use coopt_abi::calls::Type;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, FunctionSection, GlobalSection, GlobalType, ImportSection, MemorySection,
    RefType, TableSection, TableType, TagKind, TagSection, TagType, TypeSection, ValType,
};
use wasmparser::{ElementItems, ElementKind, FuncType};

use crate::error::Error;
use crate::generated::{Emitter, Generated, RUN, THREAD_START};
use crate::merge::{code, limits, names};
use crate::module::Global;
use crate::plan::Plan;
use crate::program::Program;
use crate::reencode::{ProgramReencoder, RuntimeReencoder, error};
use crate::rewrite::Pass;

/// The core export that becomes `wasi:cli/run`. A plain synchronous lift of
/// a function whose type is `async` may block, so no callback is needed.
const RUN_EXPORT: &str = "wasi:cli/run@0.3.0#run";

/// The core export that the host asks for room for what it returns.
const REALLOC_EXPORT: &str = "cabi_realloc";

/// Merges `program`, changed by `passes`, with the runtime as `plan` says.
pub fn merge(
    program: &Program<'_>,
    plan: &Plan,
    generated: &[Generated],
    passes: &mut [Box<dyn Pass + '_>],
) -> Result<Vec<u8>, Error> {
    limits::check_plan(program, plan)?;
    let merger = Merger { program, plan };
    let code::Written { code, hints } =
        code::section(&Emitter::new(program, plan)?, generated, passes)?;
    let mut module = wasm_encoder::Module::new();
    module.section(&merger.types()?);
    module.section(&merger.imports());
    module.section(&merger.functions(generated));
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
    module.section(&hints);
    module.section(&code);
    module.section(&merger.data()?);
    if let Some(names) = names::section(program, plan) {
        module.section(&names);
    }
    limits::check_module(module.len())?;
    Ok(module.finish())
}

struct Merger<'m, 'g> {
    program: &'m Program<'g>,
    plan: &'m Plan,
}

impl<'m, 'g> Merger<'m, 'g> {
    fn program_reencoder(&self) -> ProgramReencoder<'m> {
        ProgramReencoder { plan: self.plan }
    }

    fn runtime_reencoder(&self) -> RuntimeReencoder<'m, 'g> {
        RuntimeReencoder {
            plan: self.plan,
            program: self.program,
        }
    }

    fn types(&self) -> Result<TypeSection, Error> {
        let mut types = TypeSection::new();
        self.program.module.types.encode(&mut types)?;
        for ty in self.plan.added_types() {
            let ty = RoundtripReencoder.func_type(ty.clone()).map_err(error)?;
            types.ty().func_type(&ty);
        }
        Ok(types)
    }

    fn imports(&self) -> ImportSection {
        let mut imports = ImportSection::new();
        for import in self.plan.imports() {
            imports.import(
                import.module,
                import.name,
                EntityType::Function(import.type_index),
            );
        }
        imports
    }

    fn functions(&self, generated: &[Generated]) -> FunctionSection {
        let runtime = &self.plan.runtime;
        let mut functions = FunctionSection::new();
        for ty in &self.program.module.functions {
            functions.function(*ty);
        }
        let reached = self.plan.reached.only(&runtime.functions);
        for ty in reached.filter_map(|ty| runtime.types.function(*ty)) {
            functions.function(self.plan.type_index(ty));
        }
        for generated in generated {
            functions.function(self.plan.type_index(&generated.ty()));
        }
        functions
    }

    fn tables(&self) -> Result<TableSection, Error> {
        let mut tables = TableSection::new();
        if let Some(section) = self.program.module.tables.clone() {
            self.program_reencoder()
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
                .memory_type(self.program.memory)
                .map_err(error)?,
        );
        for memory in &self.plan.runtime.memories {
            memories.memory(RoundtripReencoder.memory_type(*memory).map_err(error)?);
        }
        Ok(memories)
    }

    fn tags(&self) -> Result<TagSection, Error> {
        let mut tags = TagSection::new();
        if let Some(section) = self.program.module.tags.clone() {
            self.program_reencoder()
                .parse_tag_section(&mut tags, section)
                .map_err(error)?;
        }
        if self.plan.exit_tag().is_some() {
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
                       global: &Global<'_>| {
            let ty = reencoder.global_type(global.ty)?;
            let init = reencoder.const_expr(global.init.clone())?;
            globals.global(ty, &init);
            Ok(())
        };
        for global in &self.program.module.globals {
            add(&mut self.program_reencoder(), global).map_err(error)?;
        }
        for global in &self.plan.runtime.globals {
            add(&mut self.runtime_reencoder(), global).map_err(error)?;
        }
        for (index, global) in self.plan.added_globals() {
            debug_assert_eq!(globals.len(), index);
            let (val_type, init) = match global.ty {
                Type::I32 => (ValType::I32, ConstExpr::i32_const(global.init as i32)),
                Type::I64 => (ValType::I64, ConstExpr::i64_const(global.init)),
            };
            let ty = GlobalType {
                val_type,
                mutable: true,
                shared: false,
            };
            globals.global(ty, &init);
        }
        Ok(globals)
    }

    /// Only what the component needs. The program's other exports could be
    /// entered while another thread's stack is in use.
    fn exports(&self) -> ExportSection {
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0);
        exports.export(RUN_EXPORT, ExportKind::Func, self.plan.generated(RUN.name));
        if let Some(realloc) = self.plan.realloc() {
            exports.export(REALLOC_EXPORT, ExportKind::Func, realloc);
        }
        if self.plan.threads {
            let table = self.plan.start_table();
            exports.export("__indirect_function_table", ExportKind::Table, table);
        }
        exports
    }

    fn elements(&self) -> Result<ElementSection, Error> {
        let mut elements = ElementSection::new();
        if let Some(section) = self.program.module.elements.clone() {
            self.program_reencoder()
                .parse_element_section(&mut elements, section)
                .map_err(error)?;
        }
        self.runtime_elements(&mut elements)?;
        if !self.program.declared_by_export.is_empty() {
            let functions = &self.program.declared_by_export;
            let functions: Vec<_> = functions
                .iter()
                .map(|function| self.plan.program_function(*function))
                .collect();
            elements.declared(Elements::Functions(functions.into()));
        }
        if self.plan.threads {
            let start = [self.plan.generated(THREAD_START.name)];
            elements.active(
                Some(self.plan.start_table()),
                &ConstExpr::i32_const(0),
                Elements::Functions(start.as_slice().into()),
            );
        }
        Ok(elements)
    }

    fn runtime_elements(&self, elements: &mut ElementSection) -> Result<(), Error> {
        for element in self.plan.runtime.elements.clone().into_iter().flatten() {
            let invalid = |error| Error::invalid(&error);
            let element = element.map_err(invalid)?;
            let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(functions)) =
                (element.kind, element.items)
            else {
                return Err(Error::internal(
                    "the runtime has a plain table of functions",
                ));
            };
            let entry = |index| Ok(self.plan.runtime_table_entry(index?));
            let entries: Result<Vec<_>, _> = functions.into_iter().map(entry).collect();
            let mut reencoder = self.runtime_reencoder();
            let offset = reencoder.const_expr(offset_expr).map_err(error)?;
            let table = reencoder.table_index(0).map_err(error)?;
            let entries = Elements::Functions(entries.map_err(invalid)?.into());
            elements.active(Some(table), &offset, entries);
        }
        Ok(())
    }

    fn data_count(&self) -> DataCountSection {
        DataCountSection {
            count: self.program.module.data_segments + self.plan.runtime.data_segments,
        }
    }

    fn data(&self) -> Result<DataSection, Error> {
        let mut data = DataSection::new();
        if let Some(section) = self.program.module.data.clone() {
            self.program_reencoder()
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
