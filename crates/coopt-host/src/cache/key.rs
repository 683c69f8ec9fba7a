//! The name of a cached file: a hash of everything that its contents depend on.

use std::fs;
use std::hash::{Hash, Hasher};
use std::time::UNIX_EPOCH;

use wasmtime::Engine;

/// What identifies a program to the cache.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The bytes of the file: a core module or a component.
    pub wasm: &'a [u8],
    /// What else the conversion depends on. Two values differ when their
    /// conversions may differ.
    pub build: &'a [u8],
}

/// This text changes when the format of a cached file changes.
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

/// The size and time of the running executable: two builds of one version of
/// coopt may convert a program differently.
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

/// A [`Hasher`], as Wasmtime's compatibility hash needs it, whose result is the
/// same in every process.
struct Key(blake3::Hasher);

impl Key {
    /// Adds `bytes` and their number, so that a byte which moves from one field
    /// to the next changes the hash.
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
