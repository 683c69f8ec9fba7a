//! The name of a cached file: a hash of all that decides its contents.

use std::fs;
use std::hash::{Hash, Hasher};
use std::time::UNIX_EPOCH;

use wasmtime::Engine;

use crate::load::Source;

/// Changed when the meaning of a cached file does.
const FORMAT: &str = "coopt-cache-v1";

/// How the name of a cached file ends.
pub(super) const EXTENSION: &str = "cwasm";

pub(super) fn file_name(engine: &Engine, source: Source<'_>) -> String {
    let mut key = Key(blake3::Hasher::new());
    key.field(FORMAT.as_bytes());
    key.field(env!("CARGO_PKG_VERSION").as_bytes());
    key.field(&this_program());
    key.field(source.build);
    engine.precompile_compatibility_hash().hash(&mut key);
    key.field(source.wasm);
    format!("{}.{EXTENSION}", key.0.finalize().to_hex())
}

/// The size and time of the running executable. Two builds of one version
/// may convert differently, as every developer of coopt finds out.
fn this_program() -> Vec<u8> {
    let metadata = std::env::current_exe().and_then(fs::metadata);
    let Ok(metadata) = metadata else {
        return Vec::new();
    };
    let built = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let nanos = built.map_or(0, |time| time.as_nanos());
    [&metadata.len().to_le_bytes()[..], &nanos.to_le_bytes()[..]].concat()
}

/// Lets Wasmtime's [`Hash`] feed a hash that is the same in every process.
struct Key(blake3::Hasher);

impl Key {
    /// Adds bytes so that two neighbours cannot be mistaken for two others.
    fn field(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }
}

impl Hasher for Key {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let hash = self.0.finalize();
        hash.as_bytes()
            .first_chunk()
            .map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_depends_on_every_part_and_on_nothing_else() {
        let engine = Engine::default();
        let name = |wasm, build| file_name(&engine, Source { wasm, build });
        assert_eq!(name(b"ab", b"c"), name(b"ab", b"c"));
        assert_ne!(name(b"ab", b"c"), name(b"a", b"c"));
        assert_ne!(name(b"ab", b"c"), name(b"ab", b"d"));
        assert_ne!(name(b"ab", b"c"), name(b"a", b"bc"));
    }
}
