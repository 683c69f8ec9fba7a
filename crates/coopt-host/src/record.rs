//! The records that the runtime keeps in its memory for a reader after the end of
//! a program.
//!
//! A record is found by its magic bytes, because an export for it would
//! change the interface of the component. A program that forges a record gets a
//! wrong word in its own error message.

use wasmtime::{AsContext, WasmCoreDump};

/// The alignment of a record, in bytes.
const ALIGN: usize = 16;

/// The length of the magic bytes.
pub(crate) const MAGIC_LEN: usize = 16;

/// The largest memory that is searched, in bytes. The runtime's is small, so a
/// larger one is the program's.
const MEMORY_SIZE_MAX: usize = 16 << 20;

/// The first record of `SIZE` bytes that `parse` takes. `parse` is given what
/// stands behind the magic bytes.
pub(crate) fn find<const SIZE: usize, T>(
    dump: &WasmCoreDump,
    store: impl AsContext,
    magic: [u8; MAGIC_LEN],
    parse: impl Fn(&[u8]) -> Option<T>,
) -> Option<T> {
    // The runtime's memory comes after the program's: search from the end.
    let memories = dump
        .memories()
        .iter()
        .rev()
        .map(|memory| memory.data(&store));
    memories
        .filter(|bytes| bytes.len() <= MEMORY_SIZE_MAX)
        .find_map(|bytes| scan::<SIZE, T>(bytes, magic, &parse))
}

/// The first record in `memory` that `parse` takes.
pub(crate) fn scan<const SIZE: usize, T>(
    memory: &[u8],
    magic: [u8; MAGIC_LEN],
    parse: impl Fn(&[u8]) -> Option<T>,
) -> Option<T> {
    let places = (0..memory.len().saturating_sub(SIZE - 1)).step_by(ALIGN);
    places
        .filter_map(|at| memory[at..at + SIZE].strip_prefix(&magic))
        .find_map(parse)
}

/// A text that the program chose. It may hold control characters, which must not
/// reach a terminal.
pub(crate) fn printable(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    text.chars().filter(|c| !c.is_control()).collect()
}
