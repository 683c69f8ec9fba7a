//! The host's handle of a file or a directory.

use crate::host::Host;
use crate::wasi::Wasi;

/// The host's handle of a file or a directory. It is dropped with the value.
pub struct Handle<H: Host> {
    pub wasi: &'static Wasi<H>,
    pub number: u32,
}

impl<H: Host> Handle<H> {
    /// Owns the handle `number`.
    pub const fn new(wasi: &'static Wasi<H>, number: u32) -> Self {
        Self { wasi, number }
    }
}

impl<H: Host> Drop for Handle<H> {
    fn drop(&mut self) {
        self.wasi.host.node_drop(self.number);
    }
}
