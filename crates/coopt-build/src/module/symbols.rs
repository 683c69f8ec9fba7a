//! The symbols of a module that was linked with `--emit-relocs`, and which of them name which: in
//! the object-file conventions of WebAssembly, its section `linking` and its relocations.
//!
//! <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>

use std::ops::Range;

use wasmparser::{
    BinaryReaderError, CustomSectionReader, KnownCustom, Linking, Parser, Payload, RelocationEntry,
    SymbolInfo,
};

use crate::error::Error;
use crate::module::index::count;

/// What a symbol stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A function, by its index.
    Function(u32),
    /// A piece of data.
    Data,
    /// Something that nothing is left out of.
    Other,
}

/// A part of the module, by bytes from its start, and the symbols that it names.
#[derive(Clone, Debug)]
struct Part {
    bytes: Range<usize>,
    names: Vec<u32>,
}

/// The symbols of a module.
#[derive(Debug, Default)]
pub struct Symbols {
    symbols: Vec<Symbol>,
    /// The bodies of the functions, in order.
    bodies: Vec<Part>,
    /// The data of each symbol, if it is one of data.
    data: Vec<Option<Part>>,
    /// The symbols that data outside of all symbols names.
    anonymous: Vec<u32>,
}

impl Symbols {
    /// Reads the symbols of `wasm`, a valid module.
    pub fn parse(wasm: &[u8]) -> Result<Self, Error> {
        let symbols = read(wasm).map_err(|error| Error::invalid(&error))?;
        let names = |body: &Part| !body.names.is_empty();
        if !symbols.bodies.iter().any(names) {
            return Err(Error::internal(
                "the runtime has no relocations; it is linked with `--emit-relocs`",
            ));
        }
        Ok(symbols)
    }

    /// What a symbol stands for.
    pub fn get(&self, symbol: u32) -> Symbol {
        self.symbols[symbol as usize]
    }

    /// The symbols that a defined function names.
    pub fn of_function(&self, defined: u32) -> &[u32] {
        &self.bodies[defined as usize].names
    }

    /// The symbols that the data of a symbol names.
    pub fn of_data(&self, symbol: u32) -> &[u32] {
        let part = self.data[symbol as usize].as_ref();
        part.map_or(&[], |part| &part.names)
    }

    /// The symbols that data outside of all symbols names.
    pub fn anonymous(&self) -> &[u32] {
        &self.anonymous
    }
}

/// What is read before the parts are known.
#[derive(Default)]
struct Sections<'a> {
    /// Where the contents of each section start, in order.
    starts: Vec<usize>,
    segments: Vec<Range<usize>>,
    table: Vec<SymbolInfo<'a>>,
    /// Each relocation and the section that it is in.
    relocations: Vec<(u32, RelocationEntry)>,
}

fn read(wasm: &[u8]) -> Result<Symbols, BinaryReaderError> {
    let mut sections = Sections::default();
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Some((_, range)) = payload.as_section() {
            sections.starts.push(range.start);
        }
        match payload {
            Payload::CodeSectionEntry(body) => bodies.push(Part {
                bytes: body.range(),
                names: Vec::new(),
            }),
            Payload::DataSection(reader) => {
                for segment in reader {
                    let segment = segment?;
                    let end = segment.range.end;
                    sections.segments.push(end - segment.data.len()..end);
                }
            }
            Payload::CustomSection(section) => sections.custom(&section)?,
            _ => {}
        }
    }
    let data = sections.table.iter().map(|info| sections.data(info));
    let mut symbols = Symbols {
        symbols: sections.table.iter().map(symbol).collect(),
        data: data.collect(),
        bodies,
        anonymous: Vec::new(),
    };
    for (section, relocation) in &sections.relocations {
        symbols.note(sections.starts[*section as usize], relocation);
    }
    Ok(symbols)
}

impl<'a> Sections<'a> {
    fn custom(&mut self, section: &CustomSectionReader<'a>) -> Result<(), BinaryReaderError> {
        match section.as_known() {
            KnownCustom::Linking(linking) => {
                for subsection in linking.subsections() {
                    if let Linking::SymbolTable(table) = subsection? {
                        self.table = table.into_iter().collect::<Result<_, _>>()?;
                    }
                }
            }
            KnownCustom::Reloc(reader) => {
                for entry in reader.entries() {
                    self.relocations.push((reader.section_index(), entry?));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn data(&self, info: &SymbolInfo<'_>) -> Option<Part> {
        let SymbolInfo::Data {
            symbol: Some(symbol),
            ..
        } = info
        else {
            return None;
        };
        let segment = self.segments.get(symbol.index as usize)?;
        let start = segment.start + symbol.offset as usize;
        Some(Part {
            bytes: start..start + symbol.size as usize,
            names: Vec::new(),
        })
    }
}

fn symbol(info: &SymbolInfo<'_>) -> Symbol {
    match info {
        SymbolInfo::Func { index, .. } => Symbol::Function(*index),
        SymbolInfo::Data { .. } => Symbol::Data,
        _ => Symbol::Other,
    }
}

impl Symbols {
    /// Notes what a relocation names with the part that it is in.
    fn note(&mut self, section_start: usize, relocation: &RelocationEntry) {
        use wasmparser::RelocationType::TypeIndexLeb;
        // The index is that of a type, not of a symbol.
        if relocation.ty == TypeIndexLeb {
            return;
        }
        let at = section_start + relocation.offset as usize;
        let body = self.bodies.partition_point(|body| body.bytes.end <= at);
        if let Some(body) = self.bodies.get_mut(body).filter(|b| b.bytes.contains(&at)) {
            body.names.push(relocation.index);
            return;
        }
        let mut is_in_data = false;
        for data in self.data.iter_mut().flatten() {
            if data.bytes.contains(&at) {
                data.names.push(relocation.index);
                is_in_data = true;
            }
        }
        if !is_in_data {
            self.anonymous.push(relocation.index);
        }
    }

    /// How many functions are defined.
    pub fn function_count(&self) -> u32 {
        count(self.bodies.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::Module;
    use wasmparser::Operator;

    /// The runtime, which is linked as this file expects.
    fn runtime() -> (Module<'static>, Symbols) {
        let module = crate::runtime::parse().expect("it is a module");
        let symbols = crate::runtime::symbols().expect("it has relocations");
        (module, symbols)
    }

    #[test]
    fn a_function_names_what_it_calls() {
        let (module, symbols) = runtime();
        for (defined, body) in (0..).zip(&module.bodies) {
            let names = symbols.of_function(defined).iter();
            let functions: Vec<_> = names.map(|name| symbols.get(*name)).collect();
            for op in body.get_operators_reader().expect("it is valid") {
                if let Ok(Operator::Call { function_index }) = op {
                    let named = functions.contains(&Symbol::Function(function_index));
                    assert!(named, "function {defined} calls {function_index}");
                }
            }
        }
    }

    #[test]
    fn every_entry_of_the_table_is_named_somewhere() {
        let (module, symbols) = runtime();
        let functions = (0..symbols.function_count()).map(|defined| symbols.of_function(defined));
        let data = (0..count(symbols.symbols.len())).map(|symbol| symbols.of_data(symbol));
        let named: Vec<_> = functions
            .chain(data)
            .flatten()
            .map(|name| symbols.get(*name))
            .collect();
        for element in module.elements.into_iter().flatten() {
            let items = element.expect("it is valid").items;
            let wasmparser::ElementItems::Functions(functions) = items else {
                panic!("a table of functions");
            };
            for function in functions {
                let function = function.expect("it is valid");
                assert!(named.contains(&Symbol::Function(function)), "{function}");
            }
        }
    }

    #[test]
    fn a_module_without_relocations_is_refused() {
        let plain = wat::parse_str("(module (func) (func call 0))").expect("the text is right");
        let error = Symbols::parse(&plain).expect_err("nothing says what is reached");
        assert!(error.to_string().contains("--emit-relocs"), "{error}");
    }
}
