//! What a socket remembers for its program.

use core::cell::Cell;

use crate::host::Host;
use crate::object::{Patience, Status, flags};
use crate::socket::address::Family;
use crate::wasi::Wasi;

/// What a socket remembers for its program.
#[derive(Debug)]
pub struct Options {
    /// The family of its addresses.
    pub family: Family,
    /// What all objects have.
    pub status: Status,
    /// How long to wait for what comes in, in nanoseconds; 0 for ever.
    pub receive_timeout: Cell<u64>,
    /// How long to wait for what goes out, in nanoseconds; 0 for ever.
    pub send_timeout: Cell<u64>,
    /// Whether addresses may be used again at once: a host always lets that happen.
    pub reuse_address: Cell<bool>,
    /// Whether a program wants small segments sent at once: a host decides that itself.
    pub no_delay: Cell<bool>,
}

impl Options {
    /// The options of a new socket.
    pub const fn new(family: Family, flags: u16) -> Self {
        Self {
            family,
            status: Status::new(flags),
            receive_timeout: Cell::new(0),
            send_timeout: Cell::new(0),
            reuse_address: Cell::new(false),
            no_delay: Cell::new(false),
        }
    }

    /// How long a call waits that begins now, with one of the timeouts.
    pub fn patience<H: Host>(
        &self,
        wasi: &Wasi<H>,
        timeout: &Cell<u64>,
        dont_wait: bool,
    ) -> Patience {
        if dont_wait || self.status.has(flags::NONBLOCK) {
            return Patience::AtOnce;
        }
        match timeout.get() {
            0 => Patience::Forever,
            timeout => Patience::Until(wasi.host.monotonic_now().saturating_add(timeout)),
        }
    }
}
