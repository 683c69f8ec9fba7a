//! Sockets, on a network of the host alone.

mod addresses;
mod closes;
mod connections;
mod datagrams;
mod errors;
mod interruptions;
mod options;
mod subsets;
mod waits;

use std::cell::Cell;

use coopt_wasi::{Memory as _, Span};

use crate::call::{Call, Ended};
use crate::host::{Address, GARBAGE, Ip, Step};
use crate::world::{Reading, World, Writing};

/// Kinds of sockets.
pub const STREAM: u32 = 1;
pub const DATAGRAM: u32 = 0;

/// The port that tests listen at.
pub const PORT: u16 = 7;

pub const AGAIN: u16 = 6;
pub const BADF: u16 = 8;
pub const CONNREFUSED: u16 = 14;
pub const CONNRESET: u16 = 15;
pub const INPROGRESS: u16 = 26;
pub const INTR: u16 = 27;
pub const INVAL: u16 = 28;
pub const ISCONN: u16 = 30;
pub const NOTCONN: u16 = 53;
pub const PIPE: u16 = 64;

pub const PEEK: u32 = 1;
pub const WAIT_ALL: u32 = 2;
pub const LENGTH: u32 = 4;
pub const DONT_WAIT: u32 = 8;

/// The case of `connection-reset`.
pub const RESET: u8 = 11;

/// An accept that has begun.
pub struct Accepting {
    pub call: Call,
    fd_at: u32,
}

impl Accepting {
    pub fn fd(&self, world: &World) -> Ended<u32> {
        let fd = world.host().load32(self.fd_at);
        if self.call.ended().is_err() {
            assert_eq!(fd.to_le_bytes(), [GARBAGE; 4], "no descriptor is stored");
        }
        self.call.ended()?;
        Ok(fd)
    }
}

/// A receive that has begun.
pub struct Receiving {
    pub reading: Reading,
    cut_at: u32,
}

impl Receiving {
    /// What was received, and whether it was cut.
    pub fn got(&self, world: &World) -> Ended<(Vec<u8>, bool)> {
        let got = self.reading.got(world)?;
        let cut = world.host().memory.bytes(self.cut_at, 4);
        assert_eq!(cut[1..], [0, GARBAGE, GARBAGE], "a word of 16 bits");
        Ok((got, cut[0] == 1))
    }
}

impl World {
    pub fn socket_of(&self, family: u32, kind: u32) -> Ended<u32> {
        let to = self.room(4);
        let opened = self.wasi.sock_open(family, kind, to);
        opened.map_err(coopt_wasi::Errno::get)?;
        Ok(self.host().load32(to))
    }

    pub fn tcp(&self) -> u32 {
        self.socket_of(0, STREAM).expect("it opens")
    }

    pub fn udp(&self) -> u32 {
        self.socket_of(0, DATAGRAM).expect("it opens")
    }

    /// An address as the program has it.
    pub fn address(&self, Address(ip, port): Address) -> u32 {
        let at = self.room(24);
        self.host().store32(at, ip.family());
        match ip {
            Ip::V4(bytes) => {
                self.host().memory.set(at + 4, &bytes);
                self.host().memory.set(at + 8, &port.to_le_bytes());
            }
            Ip::V6(groups) => {
                let bytes: Vec<u8> = groups.into_iter().flat_map(u16::to_le_bytes).collect();
                self.host().memory.set(at + 4, &bytes);
                self.host().memory.set(at + 20, &port.to_le_bytes());
            }
        }
        at
    }

    pub fn bind(&self, fd: u32, address: Address) -> Ended {
        let bound = self.wasi.sock_bind(fd, self.address(address));
        bound.map_err(coopt_wasi::Errno::get)
    }

    pub fn listen(&self, fd: u32) -> Ended {
        let listens = self.wasi.sock_listen(fd, 5);
        listens.map_err(coopt_wasi::Errno::get)
    }

    /// A socket that listens at [`PORT`].
    pub fn listener(&self) -> u32 {
        let fd = self.tcp();
        assert_eq!(self.bind(fd, Address::local(PORT)), Ok(()));
        assert_eq!(self.listen(fd), Ok(()));
        fd
    }

    pub fn begin_connect(&self, fd: u32, address: Address) -> Call {
        let address = self.address(address);
        let call = Call::begin(self.wasi.sock_connect(fd, address));
        // The address was read as the call began.
        self.host().memory.set(address, &[0xFF; 24]);
        call
    }

    pub fn connect(&self, fd: u32, address: Address) -> Ended {
        self.drive(&mut self.begin_connect(fd, address))
    }

    pub fn begin_accept(&self, fd: u32) -> Accepting {
        let fd_at = self.room(4);
        Accepting {
            call: Call::begin(self.wasi.sock_accept(fd, 0, fd_at)),
            fd_at,
        }
    }

    pub fn accept(&self, fd: u32) -> Ended<u32> {
        let mut accepting = self.begin_accept(fd);
        self.drive(&mut accepting.call).ok();
        accepting.fd(self)
    }

    /// A connection: the socket that listens, and both ends.
    pub fn connection(&self) -> [u32; 3] {
        let listener = self.listener();
        let client = self.tcp();
        assert_eq!(self.connect(client, Address::local(PORT)), Ok(()));
        let server = self.accept(listener).expect("it accepts");
        [listener, client, server]
    }

    pub fn begin_recv_into(&self, fd: u32, lens: &[u32], flags: u32) -> Receiving {
        let spans: Vec<_> = lens
            .iter()
            .map(|len| Span::new(self.room(*len), *len))
            .collect();
        let transfer = self.transfer(&spans, None);
        let cut_at = self.room(4);
        let call = Call::begin(self.wasi.sock_recv(fd, transfer, flags, cut_at));
        Receiving {
            reading: Reading {
                count_at: transfer.count_at,
                spans,
                call,
            },
            cut_at,
        }
    }

    pub fn begin_recv(&self, fd: u32, len: u32, flags: u32) -> Receiving {
        self.begin_recv_into(fd, &[len], flags)
    }

    pub fn recv_into(&self, fd: u32, lens: &[u32], flags: u32) -> Ended<(Vec<u8>, bool)> {
        let mut receiving = self.begin_recv_into(fd, lens, flags);
        self.drive(&mut receiving.reading.call).ok();
        receiving.got(self)
    }

    pub fn recv(&self, fd: u32, len: u32, flags: u32) -> Ended<Vec<u8>> {
        self.recv_into(fd, &[len], flags).map(|(bytes, _)| bytes)
    }

    pub fn begin_send(
        &self,
        fd: u32,
        pieces: &[&[u8]],
        flags: u32,
        to: Option<Address>,
    ) -> Writing {
        let spans: Vec<_> = pieces.iter().map(|piece| self.bytes(piece)).collect();
        let transfer = self.transfer(&spans, None);
        let to = to.map(|to| self.address(to));
        Writing {
            count_at: transfer.count_at,
            call: Call::begin(self.wasi.sock_send(fd, transfer, flags, to)),
        }
    }

    pub fn send(&self, fd: u32, bytes: &[u8]) -> Ended<u32> {
        let mut sending = self.begin_send(fd, &[bytes], 0, None);
        self.drive(&mut sending.call).ok();
        sending.took(self)
    }

    pub fn send_to(&self, fd: u32, bytes: &[u8], to: Address) -> Ended<u32> {
        let mut sending = self.begin_send(fd, &[bytes], 0, Some(to));
        self.drive(&mut sending.call).ok();
        sending.took(self)
    }

    /// Shuts receiving down, with 1, or sending, with 2, or both.
    pub fn shut(&self, fd: u32, how: u32) -> Ended {
        let shut = self.wasi.sock_shutdown(fd, how);
        shut.map_err(coopt_wasi::Errno::get)
    }

    /// How many bytes a channel of the network holds.
    pub fn capacity(&self, capacity: usize) {
        self.host().network.borrow_mut().capacity = capacity;
    }

    /// The operation that is under way, of which there is one.
    pub fn only_operation(&self) -> u32 {
        let under_way = self.host().under_way();
        assert_eq!(under_way.len(), 1, "{under_way:?}");
        under_way[0].0
    }

    /// The host ends the operations that can end, and their events are delivered.
    pub fn host_goes_on(&self) {
        for (waitable, _) in self.host().under_way() {
            if self.host().can_end(waitable) {
                self.host().end(waitable, Step::Now);
            }
        }
    }

    /// `SO_ERROR`
    pub fn error_of(&self, fd: u32) -> u32 {
        let to = self.room(4);
        assert_eq!(self.wasi.sock_get_error(fd, to), Ok(()));
        self.host().load32(to)
    }

    /// Fails when an operation is under way.
    pub fn assert_idle(&self) {
        let under_way = self.host().under_way();
        assert!(under_way.is_empty(), "{under_way:?}");
        assert_eq!(self.wasi.events.under_way(), 0);
    }

    /// The flag that says that a thread is interrupted.
    pub fn flag(&self) -> &'static Cell<bool> {
        &self.wasi.interrupted
    }
}
