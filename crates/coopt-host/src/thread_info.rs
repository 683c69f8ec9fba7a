//! Which thread of the program ran at a trap (H3), read from the record that the
//! runtime keeps in its memory.

use std::fmt;

use coopt_abi::info::{Info, MAGIC};
use coopt_abi::thread::{NAME_LEN_MAX, ThreadId};
use wasmtime::{AsContext, WasmCoreDump};

use crate::record;

/// The size of a record, in bytes.
const RECORD_SIZE: usize = size_of::<Info>();

/// A thread of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ThreadInfo {
    id: ThreadId,
    name: String,
}

impl ThreadInfo {
    /// The thread that ran when the dump was made. `None` when the component
    /// does not contain our runtime, or when no thread ran.
    pub fn find(dump: &WasmCoreDump, store: impl AsContext) -> Option<Self> {
        record::find::<RECORD_SIZE, _>(dump, store, MAGIC, Self::parse)
    }

    fn parse(record: &[u8]) -> Option<Self> {
        let (id, rest) = record.split_first_chunk()?;
        let (name_len, name) = rest.split_first_chunk()?;
        let id = u32::from_le_bytes(*id);
        let name_len = usize::try_from(u32::from_le_bytes(*name_len)).ok()?;
        let id = ThreadId::new(id)?;
        if name_len > NAME_LEN_MAX {
            return None;
        }
        let name = record::printable(name.get(..name_len)?);
        Some(Self { id, name })
    }
}

impl fmt::Display for ThreadInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "thread {}", self.id)?;
        match (self.name.as_str(), self.id) {
            ("", ThreadId::MAIN) => f.write_str(" `main`"),
            ("", _) => Ok(()),
            (name, _) => write!(f, " `{name}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: u32, name_len: u32, name: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(id.to_le_bytes());
        bytes.extend(name_len.to_le_bytes());
        bytes.extend(name);
        bytes.resize(RECORD_SIZE, 0);
        bytes
    }

    fn text(memory: &[u8]) -> Option<String> {
        record::scan::<RECORD_SIZE, _>(memory, MAGIC, ThreadInfo::parse)
            .map(|info| info.to_string())
    }

    #[test]
    fn a_record_is_found_behind_other_data() {
        let mut memory = vec![0x55; 64];
        memory.extend(record(3, 6, b"worker"));
        assert_eq!(text(&memory).as_deref(), Some("thread 3 `worker`"));
    }

    #[test]
    fn an_unnamed_thread_shows_its_id_and_the_first_is_main() {
        assert_eq!(text(&record(7, 0, b"")).as_deref(), Some("thread 7"));
        assert_eq!(text(&record(1, 0, b"")).as_deref(), Some("thread 1 `main`"));
    }

    #[test]
    fn what_a_program_may_have_forged_is_refused_or_cleaned() {
        assert_eq!(text(&record(0, 0, b"")), None);
        assert_eq!(text(&record(u32::MAX, 0, b"")), None);
        assert_eq!(text(&record(2, 16, b"")), None);
        assert_eq!(
            text(&record(2, 4, b"a\x1b[m")).as_deref(),
            Some("thread 2 `a[m`")
        );
        assert_eq!(
            text(&record(2, 2, b"\xff\xfe")).as_deref(),
            Some("thread 2 `\u{fffd}\u{fffd}`")
        );
    }

    #[test]
    fn a_record_cut_off_by_the_end_of_memory_is_not_read() {
        let whole = record(3, 0, b"");
        assert_eq!(text(&whole[..RECORD_SIZE - 1]), None);
        assert_eq!(text(&[]), None);
    }
}
