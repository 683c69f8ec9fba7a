//! `cargo xtask setup`: what must be on a machine, in the order it is needed.
//!
//! ```text
//! packages   clang, lld, tar ...         from the system
//! rust       a compiler for wasm         rustup's, or the system's with build-std
//! sources    of the C and C++ libraries  from a package of PyPI
//! wasm       runtime.wasm, thread layer  from `wasm/`
//! sysroot    the C library               from the sources, and the thread layer
//! cxx        the C++ library             from the sources, too
//! zig        for programs in zig         optional
//! posix      the Open POSIX Test Suite  from the system's source package
//! sqlite     SQLite, for tests          from a crate, by cargo
//! wasmtime   another host, for tests     optional
//! cmake ...  build systems, for tests    optional
//! rust       a C library without threads optional
//! speedtest  SQLite's benchmark          from the system's source package, for `cargo xtask bench` alone
//! ```

mod announce;
pub mod build_systems;
mod cxx;
pub mod debian;
pub mod packages;
pub mod posix;
mod pypi;
pub mod rust;
pub mod sources;
pub mod speedtest;
pub mod sqlite;
pub mod sysroot;
pub mod wasm;
pub mod wasmtime;
pub mod zig;

use anyhow::Result;
use coopt_cc::Clang;

pub use self::announce::announce;
use self::zig::Zig;

/// What set-up found or made, for the commands that use it.
pub struct Machine {
    /// The C compiler.
    pub clang: Clang,
    /// The Zig compiler, where it could be had.
    pub zig: Option<Zig>,
}

/// Installs and makes what it takes to build, run and test everything.
pub fn run() -> Result<Machine> {
    let machine = for_programs()?;
    posix::ensure()?;
    sqlite::ensure()?;
    wasmtime::ensure()?;
    build_systems::ensure()?;
    rust::ensure_self_contained(rust::Target::Plain);
    Ok(machine)
}

/// Installs and makes what it takes to build and run programs.
pub fn for_programs() -> Result<Machine> {
    let clang = packages::ensure()?;
    let sources = sources::ensure()?;
    wasm::ensure(&clang)?;
    sysroot::ensure(&clang, &sources)?;
    cxx::ensure(&clang, &sources)?;
    let zig = zig::ensure()?;
    Ok(Machine { clang, zig })
}
