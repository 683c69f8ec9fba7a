//! The calls on sockets. No descriptor is a socket yet.

use crate::errno::Errno;
use crate::host::Host;
use crate::wasi::Wasi;

impl<H: Host> Wasi<H> {
    /// What a call on a socket comes to.
    pub fn not_a_socket(&'static self, fd: u32) -> Result<(), Errno> {
        self.object(fd)?;
        Err(Errno::NOTSOCK)
    }
}
