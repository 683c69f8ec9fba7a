//! What the tests of this crate share: fixtures with options in their headers
//! and expectations beside them, and the parts of a finished component.

#![allow(dead_code, reason = "each test uses its part of it")]

use std::fs;
use std::path::{Path, PathBuf};

use coopt_build::{Options, Threads};
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

/// The export that only the merged module has.
const RUN_EXPORT: &str = "wasi:cli/run@0.3.0#run";

/// What Wasmtime 48 runs with its defaults and `component-model-threading`.
pub const HOST: WasmFeatures = WasmFeatures::WASM3
    .union(WasmFeatures::COMPONENT_MODEL)
    .union(WasmFeatures::CM_ASYNC)
    .union(WasmFeatures::CM_THREADING);

/// A `.wat` file; its first lines may hold directives such as
/// `;; threads: off`.
pub struct Fixture {
    pub path: PathBuf,
    pub name: String,
    pub text: String,
}

impl Fixture {
    /// The fixtures in `tests/<folder>`, by name.
    pub fn all(folder: &str) -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join(folder);
        let entries = fs::read_dir(&folder).expect("the folder of fixtures is readable");
        let mut paths: Vec<_> = entries
            .map(|entry| entry.expect("its entries are readable").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "wat"))
            .collect();
        paths.sort();
        assert!(!paths.is_empty(), "{} holds fixtures", folder.display());
        paths.into_iter().map(Self::read).collect()
    }

    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).expect("a fixture is text");
        let name = path
            .file_stem()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        Self { path, name, text }
    }

    /// The module.
    pub fn wasm(&self) -> Vec<u8> {
        wat::parse_str(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// The value of a directive in the header.
    pub fn directive(&self, name: &str) -> Option<&str> {
        let header = self.text.lines().take_while(|line| line.starts_with(";;"));
        let mut directives = header.filter_map(|line| line.strip_prefix(";; ")?.split_once(": "));
        directives
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.trim())
    }

    /// The options that the header asks for.
    pub fn options(&self) -> Options {
        let mut options = Options::default();
        match self.directive("threads") {
            None | Some("on") => {}
            Some("off") => options.threads = Threads::Off,
            Some(other) => panic!("{}: threads: {other}", self.name),
        }
        if let Some(max) = self.directive("live-threads-max") {
            options.live_threads_max = max.parse().expect("live-threads-max is a number");
        }
        options
    }

    /// Compares with the file beside the fixture, or writes it when
    /// `COOPT_BLESS` is set.
    pub fn expect(&self, extension: &str, found: &str) -> Result<(), String> {
        let path = self.path.with_extension(extension);
        if std::env::var_os("COOPT_BLESS").is_some() {
            return fs::write(&path, found).map_err(|error| error.to_string());
        }
        let expected = fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}; COOPT_BLESS=1 writes it", path.display()))?;
        if expected == found {
            return Ok(());
        }
        let line = expected
            .lines()
            .zip(found.lines())
            .take_while(|(a, b)| a == b)
            .count();
        Err(format!(
            "{} differs from line {} on; COOPT_BLESS=1 writes what was found:\n{found}",
            path.display(),
            line + 1,
        ))
    }
}

/// The merged module inside `component`.
pub fn merged_module(component: &[u8]) -> &[u8] {
    for payload in Parser::new(0).parse_all(component) {
        if let Payload::ModuleSection {
            unchecked_range, ..
        } = payload.expect("a valid component")
        {
            let module = &component[unchecked_range];
            if exports(module).contains(&RUN_EXPORT) {
                return module;
            }
        }
    }
    panic!("a component holds the module it was made from");
}

/// The names that `module` exports.
pub fn exports(module: &[u8]) -> Vec<&str> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ExportSection(section) = payload.expect("a valid module") {
            names.extend(
                section
                    .into_iter()
                    .map(|export| export.expect("a valid export").name),
            );
        }
    }
    names
}

/// Checks that a host with `features` accepts `component`.
pub fn validate(component: &[u8], features: WasmFeatures) -> Result<(), String> {
    let result = Validator::new_with_features(features).validate_all(component);
    result
        .map(drop)
        .map_err(|error| format!("the result is invalid: {error}"))
}
