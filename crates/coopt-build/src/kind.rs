//! What a file that starts like WebAssembly holds.

use crate::error::Error;

/// What a file that starts like WebAssembly holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A core module, which [`componentize`](crate::componentize()) accepts.
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
