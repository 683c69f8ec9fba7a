//! A network of the host alone: what is sent there is received there.

use std::collections::VecDeque;

/// Cases of `error-code` of `wasi:sockets/types`.
pub mod net_code {
    pub const INVALID_ARGUMENT: u8 = 2;
    pub const INVALID_STATE: u8 = 5;
    pub const ADDRESS_IN_USE: u8 = 7;
    pub const REFUSED: u8 = 9;
    pub const BROKEN: u8 = 10;
}

/// A socket's number, or a channel's.
pub type Id = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ip {
    V4([u8; 4]),
    V6([u16; 8]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address(pub Ip, pub u16);

impl Ip {
    pub const fn family(self) -> u32 {
        match self {
            Self::V4(_) => 0,
            Self::V6(_) => 1,
        }
    }
}

impl Address {
    /// The machine itself, at a port.
    pub const fn local(port: u16) -> Self {
        Self(Ip::V4([127, 0, 0, 1]), port)
    }
}

/// One direction of a connection.
#[derive(Default)]
pub struct Channel {
    pub bytes: VecDeque<u8>,
    pub is_sender_gone: bool,
    pub is_receiver_gone: bool,
}

/// A connection of a socket: the channels by which it receives and sends.
#[derive(Clone, Copy)]
pub struct Ends {
    pub receives: Id,
    pub sends: Id,
    pub has_received: bool,
    pub has_sent: bool,
}

/// A socket of either kind.
pub struct Socket {
    pub family: u32,
    pub is_udp: bool,
    pub local: Option<Address>,
    pub remote: Option<Address>,
    pub ends: Option<Ends>,
    /// Whether no connection can be made with it any more.
    pub is_spent: bool,
    /// Sockets that have been connected and not been accepted.
    pub incoming: Option<VecDeque<Id>>,
    pub datagrams: VecDeque<(Vec<u8>, Address)>,
    /// The options, by the name of what sets them.
    pub options: Vec<(&'static str, u64)>,
}

#[derive(Default)]
pub struct Network {
    pub sockets: Vec<Socket>,
    pub channels: Vec<Channel>,
    /// How many bytes a channel holds.
    pub capacity: usize,
    next_port: u16,
}

impl Network {
    pub fn new() -> Self {
        Self {
            capacity: 1 << 20,
            next_port: 40_000,
            ..Self::default()
        }
    }

    pub fn add(&mut self, family: u32, is_udp: bool) -> Id {
        self.sockets.push(Socket {
            family,
            is_udp,
            local: None,
            remote: None,
            ends: None,
            is_spent: false,
            incoming: None,
            datagrams: VecDeque::new(),
            options: Vec::new(),
        });
        self.sockets.len() - 1
    }

    fn port(&mut self) -> u16 {
        self.next_port += 1;
        self.next_port
    }

    pub fn bind(&mut self, id: Id, Address(ip, port): Address) -> Result<(), u8> {
        let socket = &self.sockets[id];
        if ip.family() != socket.family {
            return Err(net_code::INVALID_ARGUMENT);
        }
        if socket.local.is_some() {
            return Err(net_code::INVALID_STATE);
        }
        let port = if port == 0 { self.port() } else { port };
        if self.find(self.sockets[id].is_udp, port).is_some() {
            return Err(net_code::ADDRESS_IN_USE);
        }
        self.sockets[id].local = Some(Address(ip, port));
        Ok(())
    }

    /// Binds a socket that is not.
    pub fn bind_any(&mut self, id: Id) {
        if self.sockets[id].local.is_none() {
            let ip = match self.sockets[id].family {
                0 => Ip::V4([127, 0, 0, 1]),
                _ => Ip::V6([0, 0, 0, 0, 0, 0, 0, 1]),
            };
            let port = self.port();
            self.sockets[id].local = Some(Address(ip, port));
        }
    }

    /// The socket that is bound to a port.
    pub fn find(&self, is_udp: bool, port: u16) -> Option<Id> {
        self.sockets.iter().position(|socket| {
            let is_there = socket.local.is_some_and(|local| local.1 == port);
            // A connection that was accepted has its listener's port.
            socket.is_udp == is_udp && is_there && socket.ends.is_none() && !socket.is_spent
        })
    }

    pub fn connect(&mut self, id: Id, to: Address) -> Result<(), u8> {
        let socket = &self.sockets[id];
        if socket.ends.is_some() || socket.is_spent || socket.incoming.is_some() {
            return Err(net_code::INVALID_STATE);
        }
        let (family, listener) = (socket.family, self.find(false, to.1));
        let is_there = |listener: &Id| self.sockets[*listener].incoming.is_some();
        let Some(listener) = listener.filter(is_there) else {
            self.sockets[id].is_spent = true;
            return Err(net_code::REFUSED);
        };
        self.bind_any(id);
        let other = self.add(family, false);
        let channel = self.channels.len();
        self.channels
            .extend([Channel::default(), Channel::default()]);
        self.sockets[other].local = Some(to);
        let from = self.sockets[id].local;
        let mut connect = |id: Id, remote, receives, sends| {
            let socket = &mut self.sockets[id];
            socket.remote = remote;
            socket.ends = Some(Ends {
                receives,
                sends,
                has_received: false,
                has_sent: false,
            });
        };
        connect(other, from, channel, channel + 1);
        connect(id, Some(to), channel + 1, channel);
        let incoming = &mut self.sockets[listener].incoming;
        incoming.as_mut().expect("it listens").push_back(other);
        Ok(())
    }

    /// A handle of a socket is dropped. The streams that it never had end.
    pub fn drop_socket(&mut self, id: Id) {
        let socket = &mut self.sockets[id];
        socket.is_spent = true;
        if let Some(ends) = socket.ends {
            self.channels[ends.receives].is_receiver_gone |= !ends.has_received;
            self.channels[ends.sends].is_sender_gone |= !ends.has_sent;
        }
    }

    /// A socket listens no more.
    pub fn drop_incoming(&mut self, id: Id) {
        let incoming = self.sockets[id].incoming.take();
        for other in incoming.into_iter().flatten() {
            self.drop_socket(other);
        }
    }

    pub fn send_datagram(&mut self, id: Id, bytes: &[u8], to: Option<Address>) -> Result<(), u8> {
        self.bind_any(id);
        let socket = &self.sockets[id];
        let from = socket.local.expect("it is bound");
        let to = to.or(socket.remote).ok_or(net_code::INVALID_ARGUMENT)?;
        if let Some(other) = self.find(true, to.1) {
            self.sockets[other]
                .datagrams
                .push_back((bytes.to_vec(), from));
        }
        Ok(())
    }
}
