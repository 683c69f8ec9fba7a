//! The host's handle of a TCP socket.

use crate::host::Host;
use crate::wasi::Wasi;

/// The host's handle of a TCP socket. It is dropped with the value.
pub struct Handle<H: Host> {
    pub wasi: &'static Wasi<H>,
    pub number: u32,
}

impl<H: Host> Drop for Handle<H> {
    fn drop(&mut self) {
        self.wasi.host.tcp_drop(self.number);
    }
}
