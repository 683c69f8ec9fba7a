//! The path that a program asked for and no folder of its own leads to, read from
//! the record that the runtime keeps in its memory.

use coopt_abi::outside::{MAGIC, Outside, PATH_LEN_MAX};
use wasmtime::{AsContext, WasmCoreDump};

use crate::record;

const RECORD_SIZE: usize = size_of::<Outside>();

/// The last path that a program asked for and no folder of its own leads to.
/// `None` when there was none, or when the component does not contain our runtime.
pub(crate) fn find(dump: &WasmCoreDump, store: impl AsContext) -> Option<String> {
    record::find::<RECORD_SIZE, _>(dump, store, MAGIC, parse)
}

/// The path in a record, if there is one.
fn parse(bytes: &[u8]) -> Option<String> {
    let (len, path) = bytes.split_first_chunk()?;
    let len = usize::try_from(u32::from_le_bytes(*len)).ok()?;
    let kept = path.get(..len.min(PATH_LEN_MAX))?;
    let ellipsis = if len > kept.len() { "..." } else { "" };
    (len > 0).then(|| record::printable(kept) + ellipsis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(len: u32, path: &[u8]) -> Option<String> {
        let mut memory = MAGIC.to_vec();
        memory.extend(len.to_le_bytes());
        memory.extend(path);
        memory.resize(RECORD_SIZE, b'x');
        record::scan::<RECORD_SIZE, _>(&memory, MAGIC, parse)
    }

    #[test]
    fn a_path_is_what_the_program_asked_for() {
        assert_eq!(path(8, b"data.txt").as_deref(), Some("data.txt"));
        assert_eq!(path(0, b"data.txt"), None);
    }

    #[test]
    fn a_long_path_ends_in_dots_and_an_odd_one_is_cleaned() {
        let long = "x".repeat(PATH_LEN_MAX);
        assert_eq!(path(109, long.as_bytes()), Some(long.clone() + "..."));
        assert_eq!(path(u32::MAX, long.as_bytes()), Some(long + "..."));
        assert_eq!(path(4, b"a\x1b[m").as_deref(), Some("a[m"));
    }
}
