//! An address and a port, as preview 1 and as WASI 0.3 have them.

use crate::errno::Errno;
use crate::host::FlatAddress;
use crate::memory::Memory;

/// A family of addresses: preview 1's `address_family`, and WASI 0.3's `ip-address-family`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    V4,
    V6,
}

impl Family {
    /// The family with the number `number`.
    pub const fn from_number(number: u32) -> Result<Self, Errno> {
        match number {
            0 => Ok(Self::V4),
            1 => Ok(Self::V6),
            _ => Err(Errno::AFNOSUPPORT),
        }
    }

    /// Its number.
    pub const fn number(self) -> u32 {
        match self {
            Self::V4 => 0,
            Self::V6 => 1,
        }
    }
}

/// An address of the Internet Protocol: bytes of version 4, groups of version 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ip {
    V4([u8; 4]),
    V6([u16; 8]),
}

/// An address and a port. Scopes and flows of version 6 are 0, as preview 1's extension has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    pub ip: Ip,
    pub port: u16,
}

/// Layout of preview 1's `addr`, in bytes.
mod preview1 {
    pub const SIZE: usize = 24;
    /// A word with the family, or with this when there is no address.
    pub const NONE: u32 = 2;
    pub const IP: u32 = 4;
    pub const PORT_V4: u32 = 8;
    pub const PORT_V6: u32 = 20;
}

/// Layout of WASI 0.3's `ip-socket-address`, in bytes: a byte with the family, and then a record.
mod wasi {
    pub const PORT: u32 = 4;
    pub const IP_V4: u32 = 6;
    pub const IP_V6: u32 = 12;
}

impl Ip {
    /// Its family.
    pub const fn family(self) -> Family {
        match self {
            Self::V4(_) => Family::V4,
            Self::V6(_) => Family::V6,
        }
    }

    /// The address at `at`, as both have it.
    pub fn load<M: Memory>(memory: &M, family: Family, at: u32) -> Self {
        match family {
            Family::V4 => Self::V4(memory.load32(at).to_le_bytes()),
            Family::V6 => {
                let group = |index: usize| load16(memory, at + 2 * index as u32);
                Self::V6(core::array::from_fn(group))
            }
        }
    }

    /// Puts the bytes, as both have them, at `at`.
    fn put(self, bytes: &mut [u8], at: u32) {
        let at = at as usize;
        match self {
            Self::V4(ip) => bytes[at..at + 4].copy_from_slice(&ip),
            Self::V6(groups) => {
                for (index, group) in groups.into_iter().enumerate() {
                    bytes[at + 2 * index..][..2].copy_from_slice(&group.to_le_bytes());
                }
            }
        }
    }
}

fn load16<M: Memory>(memory: &M, at: u32) -> u16 {
    u16::from_le_bytes([memory.load8(at), memory.load8(at + 1)])
}

impl Address {
    /// The size of an address as WASI 0.3 has it.
    pub const WASI_SIZE: u32 = 32;

    /// Every address of a family, and no port.
    pub const fn any(family: Family) -> Self {
        let ip = match family {
            Family::V4 => Ip::V4([0; 4]),
            Family::V6 => Ip::V6([0; 8]),
        };
        Self { ip, port: 0 }
    }

    /// The address that a connection to this one goes to: a connection to every address is one to the
    /// machine itself, as on Linux.
    pub fn to_connect_to(self) -> Self {
        let ip = match self.ip {
            Ip::V4([0, 0, 0, 0]) => Ip::V4([127, 0, 0, 1]),
            Ip::V6([0, 0, 0, 0, 0, 0, 0, 0]) => Ip::V6([0, 0, 0, 0, 0, 0, 0, 1]),
            ip => ip,
        };
        Self { ip, ..self }
    }

    /// This address, if it is of that family.
    pub fn of_family(self, family: Family) -> Result<Self, Errno> {
        let is_of_it = self.ip.family() == family;
        is_of_it.then_some(self).ok_or(Errno::AFNOSUPPORT)
    }

    /// The address that a program has at `at`; `None` when it says that it is none.
    pub fn load<M: Memory>(memory: &M, at: u32) -> Result<Option<Self>, Errno> {
        let kind = memory.load32(at);
        if kind == preview1::NONE {
            return Ok(None);
        }
        let family = Family::from_number(kind)?;
        let port = match family {
            Family::V4 => preview1::PORT_V4,
            Family::V6 => preview1::PORT_V6,
        };
        Ok(Some(Self {
            ip: Ip::load(memory, family, at + preview1::IP),
            port: load16(memory, at + port),
        }))
    }

    /// Stores the address for a program at `at`.
    pub fn store<M: Memory>(self, memory: &M, at: u32) {
        let mut bytes = [0; preview1::SIZE];
        let family = self.ip.family();
        bytes[..4].copy_from_slice(&family.number().to_le_bytes());
        self.ip.put(&mut bytes, preview1::IP);
        let port = match family {
            Family::V4 => preview1::PORT_V4,
            Family::V6 => preview1::PORT_V6,
        };
        bytes[port as usize..][..2].copy_from_slice(&self.port.to_le_bytes());
        memory.write(at, &bytes);
    }

    /// The address that the host has stored at `at`.
    pub fn load_wasi<M: Memory>(memory: &M, at: u32) -> Self {
        let (family, ip) = match memory.load8(at) {
            0 => (Family::V4, wasi::IP_V4),
            _ => (Family::V6, wasi::IP_V6),
        };
        Self {
            ip: Ip::load(memory, family, at + ip),
            port: load16(memory, at + wasi::PORT),
        }
    }

    /// The address as the host takes it as parameters.
    pub fn flat(self) -> FlatAddress {
        let mut flat = [0; 12];
        flat[0] = self.ip.family().number();
        flat[1] = self.port.into();
        match self.ip {
            Ip::V4(bytes) => {
                let parts = flat[2..].iter_mut().zip(bytes);
                parts.for_each(|(part, byte)| *part = byte.into());
            }
            // Behind the flow, and before the scope.
            Ip::V6(groups) => {
                let parts = flat[3..].iter_mut().zip(groups);
                parts.for_each(|(part, group)| *part = group.into());
            }
        }
        flat
    }

    /// Stores the address for the host at `at`.
    pub fn store_wasi<M: Memory>(self, memory: &M, at: u32) {
        let mut bytes = [0; Self::WASI_SIZE as usize];
        let (family, ip) = match self.ip.family() {
            Family::V4 => (0, wasi::IP_V4),
            Family::V6 => (1, wasi::IP_V6),
        };
        bytes[0] = family;
        bytes[wasi::PORT as usize..][..2].copy_from_slice(&self.port.to_le_bytes());
        self.ip.put(&mut bytes, ip);
        memory.write(at, &bytes);
    }
}
