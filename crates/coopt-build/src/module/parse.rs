//! A core module, parsed and validated: what the later steps ask about it.
//!
//! This one parser reads the program and the runtime. Sections that
//! are only copied are kept as wasmparser's lazy readers; small things that are
//! looked up are decoded here.

use std::collections::BTreeSet;

use coopt_abi::library::SECTION as LIBRARY_SECTION;
use wasmparser::{
    ConstExpr, Export, FuncType, FunctionBody, GlobalType, MemoryType, NameSectionReader, Operator,
    Parser, Payload, TypeRef, ValidPayload, Validator, WasmFeatures,
};

use crate::error::Error;
use crate::module::atomic::AtomicUses;
use crate::module::index::count;
use crate::module::library;
use crate::module::types::Types;

/// A function import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionImport<'a> {
    pub module: &'a str,
    pub name: &'a str,
    pub type_index: u32,
}

/// An import that is no function; only the program's memory may be one.
#[derive(Clone, Copy, Debug)]
pub struct OtherImport<'a> {
    pub what: &'static str,
    pub module: &'a str,
    pub name: &'a str,
}

/// A global defined in the module.
#[derive(Clone, Debug)]
pub struct Global<'a> {
    pub ty: GlobalType,
    pub init: ConstExpr<'a>,
}

/// A parsed and validated core module.
#[derive(Debug, Default)]
pub struct Module<'a> {
    pub types: Types,
    pub function_imports: Vec<FunctionImport<'a>>,
    pub other_imports: Vec<OtherImport<'a>>,
    /// Type indices of the functions defined in the module.
    pub functions: Vec<u32>,
    pub tables: Option<wasmparser::TableSectionReader<'a>>,
    pub table_count: u32,
    /// Memories, imported ones first.
    pub memories: Vec<MemoryType>,
    pub tags: Option<wasmparser::TagSectionReader<'a>>,
    pub tag_count: u32,
    pub globals: Vec<Global<'a>>,
    pub exports: Vec<Export<'a>>,
    pub start: Option<u32>,
    pub elements: Option<wasmparser::ElementSectionReader<'a>>,
    pub element_count: u32,
    pub data_count: Option<u32>,
    pub data: Option<wasmparser::DataSectionReader<'a>>,
    pub data_segments: u32,
    pub bodies: Vec<FunctionBody<'a>>,
    pub names: Option<NameSectionReader<'a>>,
    pub atomics: AtomicUses,
    /// Whether a body calls a function by its place in a table.
    pub calls_by_pointers: bool,
    /// The first function with an instruction for exceptions that is of an earlier draft alone.
    pub legacy_exceptions: Option<u32>,
    /// The functions that bodies name in a `ref.func`.
    pub referenced_functions: BTreeSet<u32>,
    /// The defined functions, counted from 0, that are library code. `None` when the module does
    /// not say, or says it for other code than it has.
    pub library: Option<BTreeSet<u32>>,
    /// The contents of the section `coopt.library`.
    library_section: Option<&'a [u8]>,
    /// Where the contents of the code section start, in bytes from the start of the module.
    code_start: usize,
}

/// What a module may use: everything Wasmtime runs by default that the merge
/// knows how to copy, and no types but function types. A second memory, a
/// 64-bit memory and the exceptions of an earlier draft pass here, so that
/// [`crate::program`] refuses them with a better message.
const FEATURES: WasmFeatures = WasmFeatures::WASM2
    .union(WasmFeatures::THREADS)
    .union(WasmFeatures::TAIL_CALL)
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::EXCEPTIONS)
    .union(WasmFeatures::LEGACY_EXCEPTIONS)
    .union(WasmFeatures::RELAXED_SIMD)
    .union(WasmFeatures::MULTI_MEMORY)
    .union(WasmFeatures::MEMORY64);

impl<'a> Module<'a> {
    /// Parses and validates `wasm`.
    pub fn parse(wasm: &'a [u8]) -> Result<Self, Error> {
        Self::parse_with(wasm, WasmFeatures::empty())
    }

    /// Parses and validates `wasm`, which may use `more` features: features that are not supported
    /// yet, for tests of the code that is prepared for them.
    pub fn parse_with(wasm: &'a [u8], more: WasmFeatures) -> Result<Self, Error> {
        let features = FEATURES.union(more);
        let mut module = Self::default();
        let mut validator = Validator::new_with_features(features);
        let mut allocations = wasmparser::FuncValidatorAllocations::default();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.map_err(|error| Error::invalid(&error))?;
            match validator
                .payload(&payload)
                .map_err(|error| Error::invalid(&error))?
            {
                ValidPayload::Func(function, body) => {
                    let mut function = function.into_validator(allocations);
                    module
                        .read_body(&mut function, body)
                        .map_err(|error| Error::invalid(&error))?;
                    allocations = function.into_allocations();
                }
                ValidPayload::Parser(_) => return Err(Error::AlreadyComponent),
                ValidPayload::Ok | ValidPayload::End(_) => module
                    .read_section(payload)
                    .map_err(|error| Error::invalid(&error))?,
            }
        }
        module.library = module
            .library_section
            .and_then(|contents| library::read(contents, &module.bodies, module.code_start));
        Ok(module)
    }

    /// Validates one body and notes its atomics and the functions in its `ref.func`s.
    fn read_body(
        &mut self,
        validator: &mut wasmparser::FuncValidator<wasmparser::ValidatorResources>,
        body: FunctionBody<'a>,
    ) -> wasmparser::Result<()> {
        let mut locals = body.get_binary_reader();
        validator.read_locals(&mut locals)?;
        let mut ops = body.get_operators_reader()?;
        while !ops.eof() {
            let offset = ops.original_position();
            let op: Operator<'a> = ops.read()?;
            validator.op(offset, &op)?;
            match op {
                Operator::RefFunc { function_index } => {
                    self.referenced_functions.insert(function_index);
                }
                Operator::CallIndirect { .. } => self.calls_by_pointers = true,
                _ => {}
            }
            self.atomics.note(&op);
            if is_legacy(&op) && self.legacy_exceptions.is_none() {
                let defined = count(self.bodies.len());
                self.legacy_exceptions = Some(self.function_import_count() + defined);
            }
        }
        ops.finish()?;
        self.bodies.push(body);
        Ok(())
    }

    fn read_section(&mut self, payload: Payload<'a>) -> wasmparser::Result<()> {
        match payload {
            Payload::TypeSection(reader) => {
                for group in reader {
                    self.types.push(group?);
                }
            }
            Payload::ImportSection(reader) => {
                for import in reader.into_imports() {
                    self.read_import(import?);
                }
            }
            Payload::FunctionSection(reader) => {
                self.functions = reader.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::TableSection(reader) => {
                self.table_count += reader.count();
                self.tables = Some(reader);
            }
            Payload::MemorySection(reader) => {
                for memory in reader {
                    self.memories.push(memory?);
                }
            }
            Payload::TagSection(reader) => {
                self.tag_count += reader.count();
                self.tags = Some(reader);
            }
            Payload::GlobalSection(reader) => {
                for global in reader {
                    let global = global?;
                    self.globals.push(Global {
                        ty: global.ty,
                        init: global.init_expr,
                    });
                }
            }
            Payload::ExportSection(reader) => {
                self.exports = reader.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(reader) => {
                self.element_count = reader.count();
                self.elements = Some(reader);
            }
            Payload::DataCountSection { count, .. } => self.data_count = Some(count),
            Payload::DataSection(reader) => {
                self.data_segments = reader.count();
                self.data = Some(reader);
            }
            Payload::CodeSectionStart { range, .. } => self.code_start = range.start,
            Payload::CustomSection(section) => {
                if section.name() == LIBRARY_SECTION {
                    self.library_section = Some(section.data());
                }
                if let wasmparser::KnownCustom::Name(names) = section.as_known() {
                    self.names = Some(names);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_import(&mut self, import: wasmparser::Import<'a>) {
        let what = match import.ty {
            TypeRef::Func(type_index) | TypeRef::FuncExact(type_index) => {
                self.function_imports.push(FunctionImport {
                    module: import.module,
                    name: import.name,
                    type_index,
                });
                return;
            }
            TypeRef::Memory(memory) => {
                self.memories.push(memory);
                "memory"
            }
            TypeRef::Table(_) => "table",
            TypeRef::Global(_) => "global",
            TypeRef::Tag(_) => "tag",
        };
        self.other_imports.push(OtherImport {
            what,
            module: import.module,
            name: import.name,
        });
    }

    /// How many functions the module imports.
    pub fn function_import_count(&self) -> u32 {
        count(self.function_imports.len())
    }

    /// The type of a function, imported or defined. `None` never happens for
    /// an index that a validated module uses.
    pub fn function_type(&self, function: u32) -> Option<&FuncType> {
        let imports = self.function_imports.len();
        let index = function as usize;
        let type_index = match index.checked_sub(imports) {
            None => self.function_imports[index].type_index,
            Some(defined) => *self.functions.get(defined)?,
        };
        self.types.function(type_index)
    }

    /// The function exported under `name`.
    pub fn exported_function(&self, name: &str) -> Option<u32> {
        self.exports
            .iter()
            .find(|export| export.name == name && export.kind == wasmparser::ExternalKind::Func)
            .map(|export| export.index)
    }

    /// The mutable globals: each thread has its own set (invariant I3).
    pub fn mutable_globals(&self) -> impl Iterator<Item = (u32, &Global<'a>)> {
        (0..)
            .zip(&self.globals)
            .filter(|(_, global)| global.ty.mutable)
    }
}

/// Whether the instruction is of the draft of exceptions that engines have left behind.
fn is_legacy(op: &Operator<'_>) -> bool {
    matches!(
        op,
        Operator::Try { .. }
            | Operator::Catch { .. }
            | Operator::CatchAll
            | Operator::Delegate { .. }
            | Operator::Rethrow { .. }
    )
}
