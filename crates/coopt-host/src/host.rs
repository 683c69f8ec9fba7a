//! The engine, configured once for every program.

use wasmtime::component::Linker;
use wasmtime::{Config, Engine, StoreLimits, StoreLimitsBuilder, WasmBacktraceDetails};

use crate::error::Error;
use crate::linker;
use crate::options::{Options, STACK_SIZE_MAX, STACK_SIZE_MIN};
use crate::state::State;

/// The part of a fiber's stack that is left for functions of the host, in
/// bytes. Wasmtime's default leaves 1.5 MiB.
const HOST_STACK_SIZE: usize = 1 << 20;

const _: () = assert!(
    (STACK_SIZE_MAX + HOST_STACK_SIZE) as u128 * coopt_abi::thread::LIVE_MAX as u128 <= 1 << 46,
    "the stacks of all threads must fit into the address space"
);

/// An engine, and what a program may import.
pub struct Host {
    pub(crate) engine: Engine,
    pub(crate) linker: Linker<State>,
    memory_size_max: Option<usize>,
}

impl Host {
    /// Sets the engine up. A host serves any number of programs.
    ///
    /// # Errors
    ///
    /// [`Error::StackSize`] for a stack size out of range, [`Error::Engine`]
    /// where Wasmtime does not support the machine.
    pub fn new(options: &Options) -> Result<Self, Error> {
        if !(STACK_SIZE_MIN..=STACK_SIZE_MAX).contains(&options.stack_size) {
            return Err(Error::StackSize {
                found: options.stack_size,
            });
        }
        let engine = Engine::new(&config(options)).map_err(Error::engine)?;
        let linker = linker::new(&engine).map_err(Error::engine)?;
        Ok(Self {
            engine,
            linker,
            memory_size_max: options.memory_size_max,
        })
    }

    /// What a program may use.
    pub(crate) fn limits(&self) -> StoreLimits {
        let limits = StoreLimitsBuilder::new();
        match self.memory_size_max {
            Some(bytes) => limits.memory_size(bytes).build(),
            None => limits.build(),
        }
    }
}

/// Neither fuel nor epochs are on: they would slow every loop of the program
/// down, and nothing needs them (H5).
fn config(options: &Options) -> Config {
    let mut config = Config::new();
    config
        .wasm_component_model_async(true)
        .wasm_component_model_threading(true)
        .wasm_exceptions(true)
        .wasm_function_references(true)
        .wasm_gc(true)
        .wasm_multi_memory(true)
        // Lays out of the way what coopt-build knows to be rare. Hints change
        // nothing else.
        .wasm_branch_hinting(true)
        // The name of the thread that trapped is read from the dump (H3). A
        // dump is made at a trap only, of handles and not of bytes.
        .coredump_on_trap(true)
        // Shows file and line for modules that carry DWARF.
        .wasm_backtrace_details(WasmBacktraceDetails::Enable)
        .max_wasm_stack(options.stack_size)
        .async_stack_size(options.stack_size + HOST_STACK_SIZE)
        .async_stack_zeroing(false);
    config
}
