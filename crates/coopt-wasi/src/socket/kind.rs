//! A socket of either kind.

use alloc::rc::Rc;

use crate::errno::Errno;
use crate::host::Host;
use crate::object::Object;
use crate::socket::options::Options;
use crate::socket::tcp::Tcp;
use crate::socket::udp::Udp;

/// A socket of either kind.
pub enum Socket<H: Host> {
    Tcp(Rc<Tcp<H>>),
    Udp(Rc<Udp<H>>),
}

impl<H: Host> Socket<H> {
    /// The socket that an object is.
    pub fn from_object(object: Rc<dyn Object>) -> Result<Self, Errno> {
        let any = object.as_any();
        match any.downcast() {
            Ok(tcp) => Ok(Self::Tcp(tcp)),
            Err(any) => any.downcast().map(Self::Udp).map_err(|_| Errno::NOTSOCK),
        }
    }

    /// What it remembers for its program.
    pub fn options(&self) -> &Options {
        match self {
            Self::Tcp(tcp) => &tcp.options,
            Self::Udp(udp) => &udp.options,
        }
    }
}
