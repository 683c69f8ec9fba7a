//! The addresses behind a name.

use alloc::vec::Vec;

use crate::answer::Shape;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::object::{Begun, Call};
use crate::socket::{Address, Family, Ip};
use crate::wasi::Wasi;

/// What a program asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// Where the name is, which ends with a zero.
    pub name: u32,
    /// Where the service is, a port in digits; 0, or an empty string, for none.
    pub service: u32,
    /// Where the hints are.
    pub hints: u32,
    /// Where the addresses go, and how many of them.
    pub to: Span,
    /// Where to store how many there are.
    pub count_at: u32,
}

/// Layout of `addr_info_hints`, in bytes.
mod hints {
    pub const KIND: u32 = 0;
    pub const FAMILY: u32 = 4;
    pub const ENABLED: u32 = 8;
}

/// Layout of `addr_info`, in bytes.
mod info {
    pub const KIND: u32 = 24;
    pub const SIZE: u32 = 28;
}

/// The kinds of sockets: datagrams, and streams.
const KINDS: [u32; 2] = [1, 0];

/// Which addresses are wanted.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    kind: Option<u32>,
    family: Option<Family>,
    port: u16,
}

impl<H: Host> Wasi<H> {
    /// `sock_addr_resolve`
    pub fn sock_addr_resolve(&'static self, lookup: Lookup) -> Begun {
        let name = self.string_at(lookup.name)?;
        if name.len == 0 {
            return Err(Errno::INVAL);
        }
        let wanted = self.wanted(lookup)?;
        Ok(Call::new(async move {
            let ask = |host: &H, to| host.resolve_addresses(name.address, name.len, to);
            let answer = self.ask(Shape::LOOKUP, ask).await?;
            let list = self.list_at(answer.payload());
            let found = self.take_ips(list);
            let count = self.store_infos(&found, wanted, lookup.to);
            self.host.store32(lookup.count_at, count);
            Ok(())
        }))
    }

    fn wanted(&self, lookup: Lookup) -> Result<Wanted, Errno> {
        let port = self.port_at(lookup.service)?;
        let mut wanted = Wanted {
            kind: None,
            family: None,
            port,
        };
        if lookup.hints != 0 && self.host.load8(lookup.hints + hints::ENABLED) != 0 {
            let kind = self.host.load32(lookup.hints + hints::KIND);
            wanted.kind = KINDS.contains(&kind).then_some(kind);
            let family = self.host.load32(lookup.hints + hints::FAMILY);
            wanted.family = Family::from_number(family).ok();
        }
        Ok(wanted)
    }

    /// The string at `at`, without the zero behind it. A host traps on what is not UTF-8 (Component
    /// Model, Canonical ABI, "String Loading").
    fn string_at(&self, at: u32) -> Result<Span, Errno> {
        /// Longer than a name of the domain name system can be.
        const LEN_MAX: u32 = 1024;
        let bytes: Vec<u8> = (0..=LEN_MAX)
            .map(|index| self.host.load8(at.wrapping_add(index)))
            .take_while(|byte| *byte != 0)
            .collect();
        if bytes.len() > LEN_MAX as usize || core::str::from_utf8(&bytes).is_err() {
            return Err(Errno::INVAL);
        }
        Ok(Span::new(at, bytes.len() as u32))
    }

    /// The port that the string at `at` says; 0 for none.
    fn port_at(&self, at: u32) -> Result<u16, Errno> {
        if at == 0 {
            return Ok(0);
        }
        let span = self.string_at(at)?;
        let mut port = 0_u16;
        for index in 0..span.len {
            let digit = self.host.load8(at + index).wrapping_sub(b'0');
            let shifted = port.checked_mul(10).filter(|_| digit < 10);
            port = shifted
                .and_then(|shifted| shifted.checked_add(digit.into()))
                .ok_or(Errno::INVAL)?;
        }
        Ok(port)
    }

    /// Takes the host's list of addresses.
    fn take_ips(&self, list: Span) -> Vec<Ip> {
        const SIZE: u32 = 18;
        const IP: u32 = 2;
        let ip_at = |at| {
            let family = match self.host.load8(at) {
                0 => Family::V4,
                _ => Family::V6,
            };
            Ip::load(&self.host, family, at + IP)
        };
        let found = (0..list.len)
            .map(|index| ip_at(list.address + index * SIZE))
            .collect();
        self.scratch.give(Span::new(list.address, list.len * SIZE));
        found
    }

    /// Stores what is wanted of the addresses found, as much as there is room for; how many there are.
    fn store_infos(&self, found: &[Ip], wanted: Wanted, to: Span) -> u32 {
        let mut count = 0;
        let of_family = |ip: &&Ip| wanted.family.is_none_or(|family| ip.family() == family);
        for &ip in found.iter().filter(of_family) {
            let of_kind = |kind: &&u32| wanted.kind.is_none_or(|wanted| wanted == **kind);
            for &kind in KINDS.iter().filter(of_kind) {
                if count < to.len {
                    let at = to.address + count * info::SIZE;
                    let port = wanted.port;
                    Address { ip, port }.store(&self.host, at);
                    self.host.store32(at + info::KIND, kind);
                }
                count += 1;
            }
        }
        count
    }
}
