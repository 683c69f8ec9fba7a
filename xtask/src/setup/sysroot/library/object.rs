//! An object file that names its functions.
//!
//! A relocation names a symbol, and the linker resolves a global symbol by its name. A program may
//! define a weak function of the library itself, or replace any function with `--wrap`; then the
//! relocation would name the program's function. So each function gets a further symbol, local to
//! its object, which always means that function. The new symbols come after the others, so no
//! other symbol changes its index.

use std::collections::BTreeMap;
use std::ops::Range;

use coopt_abi::library::SECTION;
use wasm_encoder::{CustomSection, Encode as _, Section as _};
use wasmparser::{
    BinaryReader, BinaryReaderError, CustomSectionReader, Encoding, Parser, Payload, SymbolFlags,
    SymbolInfo, TypeRef,
};

/// The section `linking`, and the id of the symbol table in it.
const LINKING: &str = "linking";
const SYMBOL_TABLE: u8 = 8;

/// The kind of a symbol that is a function.
const FUNCTION: u8 = 0;

/// The relocation `R_WASM_FUNCTION_OFFSET_I32`: where a function's body begins.
const FUNCTION_OFFSET_I32: u8 = 0x08;

/// The size of the `i32` that the relocation fills.
const ENTRY_SIZE_BYTES: u32 = 4;

/// Why an object cannot name its functions.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The object is a component.
    #[error("an object of the C library must be a core module, and this is a component")]
    Component,
    /// The object is no wasm, or broken.
    #[error("an object of the C library must be wasm that can be read")]
    Unreadable(#[from] BinaryReaderError),
    /// The object has functions, and no symbol table.
    #[error(
        "an object must have a symbol table in a section `linking`, and this one has none; it was \
         linked already, or compiled by another compiler than clang or rustc"
    )]
    NoSymbols,
}

/// The object with a section that names its functions, and a section with the relocations for it.
/// `None` for an object that has such a section already, or has no functions.
pub fn name_functions(object: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let Outline {
        section_count,
        imported,
        defined,
        linking,
        is_named,
    } = Outline::read(object)?;
    if is_named || defined == 0 {
        return Ok(None);
    }
    let linking = linking.ok_or(Error::NoSymbols)?;
    let (contents, first_symbol) = with_symbols(&linking.section, imported..imported + defined)?;
    let mut new = object[..linking.range.start].to_vec();
    append(&mut new, LINKING, &contents);
    new.extend(&object[linking.range.end..]);

    let mut relocations = Vec::new();
    section_count.encode(&mut relocations);
    defined.encode(&mut relocations);
    for index in 0..defined {
        relocations.push(FUNCTION_OFFSET_I32);
        (ENTRY_SIZE_BYTES * index).encode(&mut relocations);
        (first_symbol + index).encode(&mut relocations);
        // The addend.
        0_i32.encode(&mut relocations);
    }
    append(
        &mut new,
        SECTION,
        &vec![0; (ENTRY_SIZE_BYTES * defined) as usize],
    );
    append(&mut new, &format!("reloc.{SECTION}"), &relocations);
    Ok(Some(new))
}

/// The parts of an object that matter here.
#[derive(Default)]
struct Outline<'a> {
    section_count: u32,
    /// How many functions are imported. Their indices come before those of `defined`.
    imported: u32,
    /// How many functions are defined.
    defined: u32,
    linking: Option<Linking<'a>>,
    /// Whether the object has the section [`SECTION`] already.
    is_named: bool,
}

/// The section `linking`.
struct Linking<'a> {
    section: CustomSectionReader<'a>,
    /// Where the section stands in the object, with its id and size.
    range: Range<usize>,
}

impl<'a> Outline<'a> {
    fn read(object: &'a [u8]) -> Result<Self, Error> {
        let mut outline = Self::default();
        // Where the last section ended.
        let mut end = 0;
        for payload in Parser::new(0).parse_all(object) {
            let payload = payload?;
            if let Payload::Version {
                encoding, range, ..
            } = &payload
            {
                if *encoding == Encoding::Component {
                    return Err(Error::Component);
                }
                end = range.end;
            }
            let Some((_, range)) = payload.as_section() else {
                continue;
            };
            let whole = end..range.end;
            end = range.end;
            outline.section_count += 1;
            outline.note(payload, whole)?;
        }
        Ok(outline)
    }

    fn note(&mut self, payload: Payload<'a>, range: Range<usize>) -> Result<(), Error> {
        match payload {
            Payload::ImportSection(reader) => {
                for import in reader.into_imports() {
                    let is_function =
                        matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
                    self.imported += u32::from(is_function);
                }
            }
            Payload::FunctionSection(reader) => self.defined = reader.count(),
            Payload::CustomSection(section) if section.name() == SECTION => self.is_named = true,
            Payload::CustomSection(section) if section.name() == LINKING => {
                self.linking = Some(Linking { section, range });
            }
            _ => {}
        }
        Ok(())
    }
}

/// The contents of the section `linking`, with a further symbol for each of `functions`; and the
/// index of the first new symbol.
fn with_symbols(
    linking: &CustomSectionReader<'_>,
    functions: Range<u32>,
) -> Result<(Vec<u8>, u32), Error> {
    let mut reader = BinaryReader::new(linking.data(), linking.data_offset());
    let mut new = Vec::new();
    let mut first_symbol = None;
    let version = reader.read_var_u32()?;
    version.encode(&mut new);
    while !reader.eof() {
        let id = reader.read_u8()?;
        let size = reader.read_var_u32()?;
        let at = reader.original_position();
        let part = reader.read_bytes(size as usize)?;
        new.push(id);
        if id == SYMBOL_TABLE {
            let (table, count) = longer(part, at, functions.clone())?;
            table.encode(&mut new);
            first_symbol = Some(count);
        } else {
            part.encode(&mut new);
        }
    }
    let first_symbol = first_symbol.ok_or(Error::NoSymbols)?;
    Ok((new, first_symbol))
}

/// The symbol table `table`, which stands at `at`, with a further symbol for each of `functions`,
/// of the same name as the function's first symbol; and how many symbols `table` has.
fn longer(table: &[u8], at: usize, functions: Range<u32>) -> Result<(Vec<u8>, u32), Error> {
    let mut reader = BinaryReader::new(table, at);
    let count = reader.read_var_u32()?;
    let symbols = &table[reader.current_position()..];
    let mut names = BTreeMap::new();
    for _ in 0..count {
        if let SymbolInfo::Func { index, name, .. } = reader.read()? {
            names.entry(index).or_insert(name.unwrap_or_default());
        }
    }
    let mut new = Vec::new();
    (count + count_of(&functions)).encode(&mut new);
    new.extend(symbols);
    for index in functions {
        new.push(FUNCTION);
        SymbolFlags::BINDING_LOCAL.bits().encode(&mut new);
        index.encode(&mut new);
        names
            .get(&index)
            .copied()
            .unwrap_or_default()
            .encode(&mut new);
    }
    Ok((new, count))
}

fn count_of(functions: &Range<u32>) -> u32 {
    functions.end - functions.start
}

/// Appends a custom section.
fn append(object: &mut Vec<u8>, name: &str, contents: &[u8]) {
    let section = CustomSection {
        name: name.into(),
        data: contents.into(),
    };
    section.append_to(object);
}

#[cfg(test)]
mod tests;
