//! The engine, configured once for every program.

use wasmtime::component::Linker;
use wasmtime::{Config, Engine, WasmBacktraceDetails};

use crate::error::Error;
use crate::linker;
use crate::state::State;

/// The smallest stack a thread may be given: a few frames of a C program and
/// of the trampolines below it.
pub const STACK_SIZE_MIN: usize = 64 << 10;

/// The largest stack a thread may be given. With the largest cap on live
/// threads the stacks still fit into half of a 47-bit address space.
pub const STACK_SIZE_MAX: usize = 1 << 30;

/// Stack kept free for host calls below the guest's share of a fiber.
/// Wasmtime's default leaves 1.5 MiB; only touched pages cost anything.
const HOST_STACK_SIZE: usize = 1 << 20;

const _: () = assert!(
    (STACK_SIZE_MAX + HOST_STACK_SIZE) as u128 * coopt_abi::thread::LIVE_MAX as u128 <= 1 << 46,
    "the stacks of all threads must fit into the address space"
);

/// How programs are run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Bytes of native stack each guest thread may use, from
    /// [`STACK_SIZE_MIN`] to [`STACK_SIZE_MAX`]. Pages that are never touched
    /// cost address space only.
    pub stack_size: usize,
}

impl Default for Options {
    /// Two mebibytes, which is what Rust gives a native thread.
    fn default() -> Self {
        Self {
            stack_size: 2 << 20,
        }
    }
}

/// An engine with everything linked that a program may import.
pub struct Host {
    pub(crate) engine: Engine,
    pub(crate) linker: Linker<State>,
}

impl Host {
    /// Sets the engine up; nothing of it depends on the program.
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
        Ok(Self { engine, linker })
    }
}

/// Neither fuel nor epochs: they would slow every loop of the guest down, and
/// Ctrl-C works without them (H5).
fn config(options: &Options) -> Config {
    let mut config = Config::new();
    config
        .wasm_component_model_async(true)
        .wasm_component_model_threading(true)
        .wasm_exceptions(true)
        .wasm_multi_memory(true)
        // The record of the current thread is read from the dump (H3). It
        // costs nothing until a trap, when it collects handles, no bytes.
        .coredump_on_trap(true)
        // File and line, for modules that still carry DWARF.
        .wasm_backtrace_details(WasmBacktraceDetails::Enable)
        .max_wasm_stack(options.stack_size)
        .async_stack_size(options.stack_size + HOST_STACK_SIZE)
        .async_stack_zeroing(false);
    config
}
