//! Whatever the bytes: no panic, no defect of ours, and what is accepted is a
//! valid component that a host without threads takes when threads are off.
//!
//! The first byte chooses the options, and whether the others are a module as
//! they are or what `wasm-smith` makes a module of. A bounded run of the same
//! is `crates/coopt-build/tests/fuzz.rs`. Good seeds for a corpus are the
//! modules of `crates/coopt-build/tests/lower`, each after a zero byte.

#![no_main]

use std::sync::LazyLock;

use arbitrary::Unstructured;
use coopt_build::{Error, Options, Threads, componentize, inspect};
use libfuzzer_sys::{Corpus, fuzz_target};
use wasmparser::{Validator, WasmFeatures};

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((choice, bytes)) = input.split_first() else {
        return Corpus::Reject;
    };
    let threads = if choice & 1 == 0 {
        Threads::On
    } else {
        Threads::Off
    };
    if choice & 2 == 0 {
        check(bytes, threads);
        return Corpus::Keep;
    }
    match made_up(bytes) {
        Ok(module) => {
            check(&module, threads);
            Corpus::Keep
        }
        Err(_) => Corpus::Reject,
    }
});

fn check(wasm: &[u8], threads: Threads) {
    if let Ok(inspection) = inspect(wasm) {
        assert!(!inspection.to_string().is_empty());
    }
    let options = Options {
        threads,
        ..Options::default()
    };
    match componentize(wasm, &options) {
        Ok(component) => {
            let result = Validator::new_with_features(host(threads)).validate_all(&component);
            result.expect("the result is valid");
        }
        Err(error @ Error::Internal { .. }) => panic!("{error}"),
        Err(_) => {}
    }
}

/// What Wasmtime runs with its defaults, and with threads when they are on.
fn host(threads: Threads) -> WasmFeatures {
    let features = WasmFeatures::WASM3 | WasmFeatures::COMPONENT_MODEL | WasmFeatures::CM_ASYNC;
    match threads {
        Threads::On => features | WasmFeatures::CM_THREADING,
        Threads::Off => features,
    }
}

/// A module with the imports and exports of a program.
fn made_up(bytes: &[u8]) -> arbitrary::Result<Vec<u8>> {
    static IMPORTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let text = r#"(module
            (import "wasi" "thread-spawn" (func (param i32) (result i32)))
            (import "coopt" "thread_exit" (func))
            (import "coopt" "thread_yield" (func))
            (import "coopt" "sleep_until" (func (param i64) (result i32)))
            (import "wasi_snapshot_preview1" "fd_write"
                (func (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "poll_oneoff"
                (func (param i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 65536 shared)))"#;
        wat::parse_str(text).expect("the text is right")
    });
    static EXPORTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let text = r#"(module
            (func (export "_start"))
            (func (export "wasi_thread_start") (param i32 i32)))"#;
        wat::parse_str(text).expect("the text is right")
    });
    let config = wasm_smith::Config {
        available_imports: Some(IMPORTS.clone()),
        exports: Some(EXPORTS.clone()),
        gc_enabled: false,
        wide_arithmetic_enabled: false,
        compact_imports_enabled: false,
        ..wasm_smith::Config::default()
    };
    let module = wasm_smith::Module::new(config, &mut Unstructured::new(bytes))?;
    Ok(module.to_bytes())
}
