//! The sockets that listen from the start.

use alloc::rc::Rc;
use alloc::string::String;
use core::net::{IpAddr, SocketAddr};

use crate::errno::Errno;
use crate::host::Host;
use crate::socket::{Address, Ip, Tcp};
use crate::wasi::Wasi;

/// How many connections may wait to be accepted: as many as Linux allows by itself, since one that is
/// turned away tries again a second later.
const BACKLOG: u32 = 4096;

impl<H: Host> Wasi<H> {
    /// Opens a descriptor, 3 and up, for each address in the variable `name`, which has commas between
    /// them. A host of WASI 0.3 has no way to hand over a socket, so the program makes it.
    pub fn open_listeners(&'static self, name: &str) -> Result<(), Errno> {
        let Some(addresses) = self.variable(name)? else {
            return Ok(());
        };
        for text in addresses.split(',').filter(|text| !text.is_empty()) {
            let address: SocketAddr = text.parse().map_err(|_| Errno::INVAL)?;
            let address = Address {
                ip: Ip::from(address.ip()),
                port: address.port(),
            };
            let tcp = Tcp::create(self, address.ip.family())?;
            tcp.is_given.set(true);
            tcp.bind(address)?;
            tcp.listen(BACKLOG)?;
            self.open_socket(Rc::new(tcp))?;
        }
        Ok(())
    }

    /// The value of a variable of the program.
    fn variable(&self, name: &str) -> Result<Option<String>, Errno> {
        self.ask_environment()?;
        let strings = self.environment.0.borrow();
        let bytes = strings
            .iter()
            .flat_map(|strings| strings.bytes.split(|byte| *byte == 0));
        let mut values = bytes.filter_map(|variable| {
            let value = variable.strip_prefix(name.as_bytes())?.strip_prefix(b"=")?;
            core::str::from_utf8(value).ok().map(String::from)
        });
        Ok(values.next())
    }
}

impl From<IpAddr> for Ip {
    fn from(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(v4) => Self::V4(v4.octets()),
            IpAddr::V6(v6) => Self::V6(v6.segments()),
        }
    }
}
