//! Turns a core WebAssembly module written for threads (the wasi-threads
//! style that clang, rustc and zig produce) into a WASI 0.3 component that
//! runs its threads with the Component Model's cooperative threads.
//!
//! The crate is a pure function of bytes (invariant I5): it reads no file,
//! runs no code, gives the same output for the same input, and answers bad
//! input with a typed [`Error`], never with a panic.
//!
//! The way of a module through the crate:
//!
//! 1. [`guest`]: parse and validate it, and keep what the later steps ask about.
//! 2. [`link::plan`]: decide what each of its imports becomes, which
//!    trampolines are needed, and the index of everything in the result.
//! 3. [`link::merge`]: write the result, section by section: the guest with its
//!    atomics [lowered](lower), the [`runtime`], and the generated functions.
//! 4. [`world`]: wrap the result as a component.

mod error;
mod guest;
mod inspect;
mod link;
mod lower;
mod module;
mod names;
mod printable;
mod runtime;
mod world;

pub use error::Error;
pub use inspect::{
    AtomicsInspection, ComponentInspection, ImportInspection, Inspection, ModuleInspection, inspect,
};

use guest::Guest;
use link::plan::Plan;

/// What `componentize` may be told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Whether the component may create threads.
    pub threads: Threads,
    /// How many threads may live at once, the main thread included
    /// (1 to [`coopt_abi::thread::LIVE_MAX`]). One more gets `EAGAIN`.
    pub live_threads_max: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: Threads::On,
            live_threads_max: coopt_abi::thread::LIVE_DEFAULT,
        }
    }
}

/// Whether a component may create threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Threads {
    /// Threads are cooperative threads of the host.
    On,
    /// Creating a thread fails with `ENOTSUP`, and the component imports no
    /// threading built-in, so that every WASI 0.3 host runs it.
    Off,
}

/// What a file that starts like WebAssembly holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A core module, which [`componentize`] accepts.
    CoreModule,
    /// A component, which a host can run as it is.
    Component,
}

/// Says whether `wasm` is a core module or a component, from its header.
///
/// # Errors
/// [`Error::NotWasm`] when it is neither.
pub fn kind(wasm: &[u8]) -> Result<Kind, Error> {
    if wasmparser::Parser::is_core_wasm(wasm) {
        Ok(Kind::CoreModule)
    } else if wasmparser::Parser::is_component(wasm) {
        Ok(Kind::Component)
    } else {
        Err(Error::not_wasm(wasm))
    }
}

/// Turns the core module `wasm` into a component.
///
/// A module that imports no way to create a thread becomes a component
/// without threading built-ins, as if [`Threads::Off`] had been asked for.
///
/// # Errors
/// One [`Error`] for each kind of input that cannot become a component.
pub fn componentize(wasm: &[u8], options: &Options) -> Result<Vec<u8>, Error> {
    let guest = Guest::parse(wasm)?;
    let plan = Plan::new(&guest, options)?;
    let module = link::merge::merge(&guest, &plan)?;
    world::encode(module)
}
