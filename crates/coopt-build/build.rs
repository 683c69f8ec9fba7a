//! Finds the runtime module that `cargo xtask setup` compiled for wasm32.
//!
//! Cargo cannot build a dependency for another target, so set-up compiles the
//! runtime once, and this crate embeds the file.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=COOPT_RUNTIME");
    let runtime = env::var_os("COOPT_RUNTIME").map_or_else(default_runtime, PathBuf::from);
    println!("cargo::rerun-if-changed={}", runtime.display());

    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("runtime.wasm");
    if let Err(error) = fs::copy(&runtime, &out) {
        println!(
            "cargo::error=the coopt runtime is compiled for wasm32 before this crate; found no \
             readable file at `{}` ({error}); run `cargo xtask setup`, or point COOPT_RUNTIME at a \
             `runtime.wasm`",
            runtime.display(),
        );
    }
}

/// Where set-up leaves the runtime: `target/coopt` of this workspace.
fn default_runtime() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    Path::new(&manifest).join("../../target/coopt/runtime.wasm")
}
