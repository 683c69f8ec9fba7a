//! WASI 0.3 for the calls of preview 1: the host behind [`coopt_wasi`], and the one static that all
//! calls share.

mod cli;
mod clocks;
mod files;
mod memory;
mod sockets;
mod waitables;

pub use cli::stderr;

use core::cell::Cell;

use coopt_abi::environment;
use coopt_wasi::{Errno, Span, Wasi};

/// The host, as the runtime's imports have it.
pub struct WasiHost {
    /// The set that events come to.
    waitables: Cell<u32>,
}

struct Slot(Wasi<WasiHost>);

// SAFETY: the module has one memory that is not shared, so one thread at a time executes in it.
unsafe impl Sync for Slot {}

static WASI: Slot = Slot(Wasi::new(WasiHost {
    waitables: Cell::new(0),
}));

/// What all calls share. It stands beside [`Runtime`](crate::runtime::Runtime), as the host asks for
/// room in the midst of a call.
pub fn wasi() -> &'static Wasi<WasiHost> {
    &WASI.0
}

/// Has events come to the set `waitables`.
pub fn start(waitables: u32) {
    wasi().host().waitables.set(waitables);
}

/// By which the host asks for room in the program's memory, for the strings and lists of a result.
/// Traps when the memory cannot grow: the host has no way to be told.
#[unsafe(no_mangle)]
pub extern "C" fn cabi_realloc(old: u32, old_size: u32, align: u32, new_size: u32) -> u32 {
    let wasi = wasi();
    let before = Span::new(old, old_size);
    match wasi.scratch.realloc(wasi.host(), before, align, new_size) {
        Some(address) => address,
        None => core::arch::wasm32::unreachable(),
    }
}

/// Opens the sockets that listen from the start. The generated code calls it at the start of a
/// program that can accept connections, before directories are opened.
#[unsafe(no_mangle)]
pub extern "C" fn listeners_open() {
    if wasi().open_listeners(environment::LISTEN).is_err() {
        // The descriptors that follow would have other numbers than the program was told.
        core::arch::wasm32::unreachable();
    }
}

/// Opens the directories that a program may use. The generated code calls it at the start of a
/// program that can use one.
#[unsafe(no_mangle)]
pub extern "C" fn preopens_open() {
    if wasi().open_preopens() == Err(Errno::NOMEM) {
        // The program could not tell a directory that is missing from one that was not given.
        core::arch::wasm32::unreachable();
    }
}
