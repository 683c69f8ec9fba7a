//! Where things lie: the repository, and what set-up makes below `target/coopt`.

use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in a folder of the repository")
        .to_path_buf()
}

/// What set-up makes. Beside the profile folders of `target`, so that
/// `target/debug/coopt` finds the C library at `../coopt/sysroot`.
pub fn made() -> PathBuf {
    root().join("target/coopt")
}

/// The `coopt` command, once it is built.
pub fn coopt() -> PathBuf {
    root().join("target/debug/coopt")
}

/// The C library that programs are compiled against.
pub fn sysroot() -> PathBuf {
    made().join("sysroot")
}

/// The runtime that `coopt-build` merges into a module.
pub fn runtime_wasm() -> PathBuf {
    made().join("runtime.wasm")
}

/// The thread layer, before it becomes part of the C library.
pub fn thread_layer() -> PathBuf {
    made().join("libcoopt_pthread.a")
}

/// The crates compiled for wasm.
pub fn wasm() -> PathBuf {
    root().join("wasm")
}

/// Where cargo works on the Rust programs of the examples and tests.
pub fn programs() -> PathBuf {
    made().join("programs")
}

/// What demonstrations leave behind.
pub fn demo() -> PathBuf {
    made().join("demo")
}

/// What the Open POSIX Test Suite needs and leaves.
pub fn posix() -> PathBuf {
    made().join("posix")
}

/// The real programs, a folder each.
pub fn real() -> PathBuf {
    made().join("real")
}
