//! The functions of `wasi:sockets`, on a network of the host alone.

use std::collections::VecDeque;
use std::rc::Rc;
use std::thread;

use coopt_wasi::{FlatAddress, Memory as _, Sockets, Span};

use super::Script;
use super::functions::{Answer, Called, Shape};
use super::handles::{Fate, Kind, Sink, Source};
use super::network::{Address, Ends, Id, Ip, net_code};
use super::plan::{Name, Step};

/// The size of the result of a stream of `wasi:sockets`.
const RESULT_SIZE: u32 = 20;

/// The size of an `ip-address`.
const IP_SIZE: u32 = 18;

impl Script {
    fn socket(&self, number: u32, is_udp: bool) -> Id {
        let id = self.handles.with(number, |handle| match handle.kind {
            Kind::Socket { id, .. } => id,
            _ => panic!("handle {number} is no socket"),
        });
        let found = self.network.borrow().sockets[id].is_udp;
        assert_eq!(found, is_udp, "{number} is a socket of the other kind");
        id
    }

    /// A function that returns at once.
    fn at_once(
        &self,
        (name, shape): (Name, Shape),
        to: u32,
        act: impl FnOnce(&Self) -> Result<Answer, u8>,
    ) {
        let result = match self.plan.next_at_once(name) {
            Step::Fail(error) => Err(error),
            _ => act(self),
        };
        self.store_result(to, shape, result);
    }

    fn create(&self, name: Name, (family, is_udp): (u32, bool), to: u32) {
        assert!(family < 2, "a family");
        self.at_once((name, Shape::SOCKET), to, |host| {
            let id = host.network.borrow_mut().add(family, is_udp);
            Ok(Answer::Node(
                host.handles.add(Kind::Socket { id, lends: 0 }),
            ))
        });
    }

    fn drop_socket(&self, number: u32, is_udp: bool) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        let id = self.socket(number, is_udp);
        match self.handles.remove(number) {
            Kind::Socket { lends, .. } => assert_eq!(lends, 0, "{number} is lent"),
            _ => unreachable!("it is a socket"),
        }
        self.network.borrow_mut().drop_socket(id);
    }

    /// Asks for a number, which may have been set; or sets it.
    fn option(&self, (name, is_udp): (Name, bool), socket: u32, value: Option<u64>) -> u64 {
        const DEFAULT: u64 = 77;
        let id = self.socket(socket, is_udp);
        let options = &mut self.network.borrow_mut().sockets[id].options;
        if let Some(value) = value {
            options.push((name, value));
        }
        let mut set = options.iter().rev();
        set.find(|(other, _)| *other == name)
            .map_or(DEFAULT, |(_, value)| *value)
    }

    /// Stores an `ip-socket-address`, and no byte that does not belong to it.
    pub fn store_address(&self, at: u32, Address(ip, port): Address) {
        self.memory.set(at + 4, &port.to_le_bytes());
        match ip {
            Ip::V4(bytes) => {
                self.store8(at, 0);
                self.memory.set(at + 6, &bytes);
            }
            Ip::V6(groups) => {
                self.store8(at, 1);
                self.store32(at + 8, 0);
                self.memory.set(at + 12, &group_bytes(groups));
                self.store32(at + 28, 0);
            }
        }
    }

    /// Stores a `list<ip-address>`.
    pub fn store_ips(&self, at: u32, ips: &[Ip]) {
        let list = self.realloc(2, IP_SIZE * ips.len() as u32);
        self.store32(at, list);
        self.store32(at + 4, ips.len() as u32);
        for (index, ip) in (0..).zip(ips) {
            let at = list + IP_SIZE * index;
            self.store8(at, ip.family() as u8);
            match *ip {
                Ip::V4(bytes) => self.memory.set(at + 2, &bytes),
                Ip::V6(groups) => self.memory.set(at + 2, &group_bytes(groups)),
            }
        }
    }

    /// Loads an `ip-socket-address`.
    fn load_address(&self, at: u32) -> Address {
        let half = |at| u16::from_le_bytes([self.load8(at), self.load8(at + 1)]);
        let ip = match self.load8(at) {
            0 => Ip::V4(self.load32(at + 6).to_le_bytes()),
            1 => {
                assert_eq!((self.load32(at + 8), self.load32(at + 28)), (0, 0));
                Ip::V6(std::array::from_fn(|index| {
                    half(at + 12 + 2 * index as u32)
                }))
            }
            case => panic!("an address has no case {case}"),
        };
        Address(ip, half(at + 4))
    }

    fn local_address(&self, name: Name, id: Id, to: u32) {
        self.at_once((name, Shape::SOCKET_ADDRESS), to, |host| {
            let local = host.network.borrow().sockets[id].local;
            local.map(Answer::Address).ok_or(net_code::INVALID_STATE)
        });
    }

    fn remote_address(&self, name: Name, id: Id, to: u32) {
        self.at_once((name, Shape::SOCKET_ADDRESS), to, |host| {
            let remote = host.network.borrow().sockets[id].remote;
            remote.map(Answer::Address).ok_or(net_code::INVALID_STATE)
        });
    }

    fn ends(&self, id: Id, change: impl FnOnce(&mut Ends)) -> Ends {
        let ends = &mut self.network.borrow_mut().sockets[id].ends;
        let ends = ends.as_mut().expect("it has a connection");
        change(ends);
        *ends
    }
}

fn group_bytes(groups: [u16; 8]) -> Vec<u8> {
    groups.into_iter().flat_map(u16::to_le_bytes).collect()
}

/// An address as parameters.
fn from_flat(flat: FlatAddress) -> Address {
    let (ip, rest) = match flat[0] {
        0 => {
            let byte = |index: usize| u8::try_from(flat[2 + index]).expect("a byte");
            (Ip::V4(std::array::from_fn(byte)), &flat[6..])
        }
        1 => {
            assert_eq!((flat[2], flat[11]), (0, 0), "no flow, no scope");
            let group = |index: usize| u16::try_from(flat[3 + index]).expect("a group");
            (Ip::V6(std::array::from_fn(group)), &flat[12..])
        }
        case => panic!("an address has no case {case}"),
    };
    assert!(rest.iter().all(|part| *part == 0), "{flat:?}");
    Address(ip, u16::try_from(flat[1]).expect("a port"))
}

/// Functions that ask for and set numbers.
macro_rules! options {
    ($($is_udp:literal $name:literal $get:ident $set:ident $ty:ty, $shape:ident $answer:ident;)*) => {
        $(fn $get(&self, socket: u32, to: u32) {
            let value = self.option(($name, $is_udp), socket, None);
            self.at_once((concat!("get-", $name), Shape::$shape), to, |_| {
                Ok(Answer::$answer(value.try_into().expect("it fits")))
            });
        }

        fn $set(&self, socket: u32, value: $ty, to: u32) {
            self.at_once((concat!("set-", $name), Shape::SOCKET), to, |host| {
                host.option(($name, $is_udp), socket, Some(value.into()));
                Ok(Answer::Nothing)
            });
        })*
    };
}

impl Sockets for Script {
    fn tcp_create(&self, family: u32, to: u32) {
        self.create("tcp-create", (family, false), to);
    }

    fn tcp_drop(&self, socket: u32) {
        self.drop_socket(socket, false);
    }

    fn tcp_bind(&self, socket: u32, address: FlatAddress, to: u32) {
        let id = self.socket(socket, false);
        self.at_once(("tcp-bind", Shape::SOCKET), to, |host| {
            let bound = host.network.borrow_mut().bind(id, from_flat(address));
            bound.map(|()| Answer::Nothing)
        });
    }

    fn tcp_connect(&self, params: u32, to: u32) -> u32 {
        const SIZE: u32 = 36;
        self.claim(Span::new(params, SIZE));
        let socket = self.load32(params);
        let id = self.socket(socket, false);
        let called = Called {
            name: "tcp-connect",
            lent: &[socket],
            to,
            shape: Shape::SOCKET,
            needs: None,
        };
        let parse = move |host: &Self| host.load_address(params + 4);
        self.call(called, parse, move |host, address| {
            host.network.borrow_mut().connect(id, address)?;
            Ok(Answer::Nothing)
        })
    }

    fn tcp_listen(&self, socket: u32, to: u32) {
        let id = self.socket(socket, false);
        self.at_once(("tcp-listen", Shape::SOCKET), to, |host| {
            let mut network = host.network.borrow_mut();
            network.bind_any(id);
            let before = network.sockets[id].incoming.replace(VecDeque::new());
            assert!(before.is_none(), "it listens already");
            Ok(Answer::Node(host.handles.add(Kind::Accepted(id))))
        });
    }

    fn accepted_read(&self, stream: u32, to: u32, count: u32) -> u32 {
        self.handles.with(stream, |handle| {
            let fits = matches!(handle.kind, Kind::Accepted(_));
            assert!(fits, "handle {stream} is no stream of sockets");
        });
        self.begin(stream, "accept", Span::new(to, 4 * count), count)
    }

    fn accepted_cancel_read(&self, stream: u32) -> u32 {
        self.handles.with(stream, |handle| {
            let fits = matches!(handle.kind, Kind::Accepted(_));
            assert!(fits, "handle {stream} is no stream of sockets");
        });
        self.cancel(stream)
    }

    fn accepted_drop(&self, stream: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        match self.handles.remove(stream) {
            Kind::Accepted(id) => self.network.borrow_mut().drop_incoming(id),
            _ => panic!("handle {stream} is no stream of sockets"),
        }
    }

    fn tcp_send(&self, socket: u32, stream: u32) -> u32 {
        self.plan.note("tcp-send");
        let id = self.socket(socket, false);
        let ends = self.ends(id, |ends| {
            assert!(!ends.has_sent, "it sends already");
            ends.has_sent = true;
        });
        self.take_stream(stream, Source::Socket, Sink::Channel(ends.sends))
    }

    fn tcp_receive(&self, socket: u32, to: u32) {
        self.plan.note("tcp-receive");
        let id = self.socket(socket, false);
        let ends = self.ends(id, |ends| {
            assert!(!ends.has_received, "it receives already");
            ends.has_received = true;
        });
        self.claim(Span::new(to, 8));
        let kind = |fate: Rc<Fate>| Kind::Received(fate, ends.receives);
        self.open_stream(to, Source::Socket, kind);
    }

    fn socket_result_read(&self, future: u32, to: u32) -> u32 {
        self.read_result(future, Source::Socket, Span::new(to, RESULT_SIZE))
    }

    fn socket_result_cancel(&self, future: u32) -> u32 {
        self.cancel(future)
    }

    fn socket_result_drop(&self, future: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        self.drop_result(future, Source::Socket);
    }

    fn tcp_local_address(&self, socket: u32, to: u32) {
        self.local_address("tcp-local", self.socket(socket, false), to);
    }

    fn tcp_remote_address(&self, socket: u32, to: u32) {
        self.remote_address("tcp-remote", self.socket(socket, false), to);
    }

    fn tcp_set_backlog(&self, socket: u32, value: u64, to: u32) {
        assert!(value > 0, "the host refuses 0");
        self.at_once(("set-backlog", Shape::SOCKET), to, |host| {
            host.option(("backlog", false), socket, Some(value));
            Ok(Answer::Nothing)
        });
    }

    options! {
        false "keep-alive" tcp_keep_alive tcp_set_keep_alive u32, SOCKET Byte;
        false "keep-idle" tcp_keep_idle tcp_set_keep_idle u64, SOCKET_LONG Long;
        false "keep-interval" tcp_keep_interval tcp_set_keep_interval u64, SOCKET_LONG Long;
        false "keep-count" tcp_keep_count tcp_set_keep_count u32, SOCKET Node;
        false "hop-limit" tcp_hop_limit tcp_set_hop_limit u32, SOCKET Byte;
        false "receive-room" tcp_receive_room tcp_set_receive_room u64, SOCKET_LONG Long;
        false "send-room" tcp_send_room tcp_set_send_room u64, SOCKET_LONG Long;
        true "hop-limit" udp_hop_limit udp_set_hop_limit u32, SOCKET Byte;
        true "receive-room" udp_receive_room udp_set_receive_room u64, SOCKET_LONG Long;
        true "send-room" udp_send_room udp_set_send_room u64, SOCKET_LONG Long;
    }

    fn udp_create(&self, family: u32, to: u32) {
        self.create("udp-create", (family, true), to);
    }

    fn udp_drop(&self, socket: u32) {
        self.drop_socket(socket, true);
    }

    fn udp_bind(&self, socket: u32, address: FlatAddress, to: u32) {
        let id = self.socket(socket, true);
        self.at_once(("udp-bind", Shape::SOCKET), to, |host| {
            let bound = host.network.borrow_mut().bind(id, from_flat(address));
            bound.map(|()| Answer::Nothing)
        });
    }

    fn udp_connect(&self, socket: u32, address: FlatAddress, to: u32) {
        let id = self.socket(socket, true);
        self.at_once(("udp-connect", Shape::SOCKET), to, |host| {
            let mut network = host.network.borrow_mut();
            network.bind_any(id);
            network.sockets[id].remote = Some(from_flat(address));
            Ok(Answer::Nothing)
        });
    }

    fn udp_disconnect(&self, socket: u32, to: u32) {
        let id = self.socket(socket, true);
        self.at_once(("udp-disconnect", Shape::SOCKET), to, |host| {
            let before = host.network.borrow_mut().sockets[id].remote.take();
            before
                .map(|_| Answer::Nothing)
                .ok_or(net_code::INVALID_STATE)
        });
    }

    fn udp_send(&self, params: u32, to: u32) -> u32 {
        const SIZE: u32 = 48;
        self.claim(Span::new(params, SIZE));
        let socket = self.load32(params);
        let id = self.socket(socket, true);
        let called = Called {
            name: "udp-send",
            lent: &[socket],
            to,
            shape: Shape::SOCKET,
            needs: None,
        };
        let parse = move |host: &Self| {
            let (at, len) = (host.load32(params + 4), host.load32(params + 8));
            let to = (host.load8(params + 12) == 1).then(|| host.load_address(params + 16));
            (host.memory.bytes(at, len), to)
        };
        self.call(called, parse, move |host, (bytes, to)| {
            let mut network = host.network.borrow_mut();
            network.send_datagram(id, &bytes, to)?;
            Ok(Answer::Nothing)
        })
    }

    fn udp_receive(&self, socket: u32, to: u32) -> u32 {
        let id = self.socket(socket, true);
        let called = Called {
            name: "udp-receive",
            lent: &[socket],
            to,
            shape: Shape::DATAGRAM,
            needs: Some(id),
        };
        let is_bound = self.network.borrow().sockets[id].local.is_some();
        assert!(is_bound, "the host refuses that");
        self.call(
            called,
            |_| (),
            move |host, ()| {
                let datagram = host.network.borrow_mut().sockets[id].datagrams.pop_front();
                let (bytes, from) = datagram.expect("there is one");
                Ok(Answer::Datagram(bytes, from))
            },
        )
    }

    fn udp_local_address(&self, socket: u32, to: u32) {
        self.local_address("udp-local", self.socket(socket, true), to);
    }

    fn udp_remote_address(&self, socket: u32, to: u32) {
        self.remote_address("udp-remote", self.socket(socket, true), to);
    }

    fn resolve_addresses(&self, name: u32, len: u32, to: u32) -> u32 {
        let called = Called {
            name: "resolve",
            lent: &[],
            to,
            shape: Shape::LOOKUP,
            needs: None,
        };
        let parse = move |host: &Self| host.string(name, len);
        self.call(called, parse, move |host, name| {
            *host.params.borrow_mut() = name;
            Ok(Answer::Ips(host.names.borrow().clone()))
        })
    }
}
