//! Addresses, byte by byte.

use coopt_wasi::{Errno, Lookup, Memory as _, Span};

use super::{DATAGRAM, NOTCONN, PORT, STREAM};
use crate::host::{Address, GARBAGE, Ip, Step};
use crate::world::World;

const V4: Ip = Ip::V4([10, 20, 30, 40]);
const V6: Ip = Ip::V6([
    0x0102, 0x0304, 0x0506, 0x0708, 0x090A, 0x0B0C, 0x0D0E, 0x0F10,
]);

/// An `addr` of preview 1.
fn bytes_of(ip: Ip, port: u16) -> Vec<u8> {
    let mut bytes = vec![0; 24];
    match ip {
        Ip::V4(ip) => {
            bytes[4..8].copy_from_slice(&ip);
            bytes[8..10].copy_from_slice(&port.to_le_bytes());
        }
        Ip::V6(groups) => {
            bytes[0] = 1;
            for (index, group) in groups.into_iter().enumerate() {
                bytes[4 + 2 * index..][..2].copy_from_slice(&group.to_le_bytes());
            }
            bytes[20..22].copy_from_slice(&port.to_le_bytes());
        }
    }
    bytes
}

fn local(world: &World, fd: u32) -> Vec<u8> {
    let to = world.room(24);
    assert_eq!(world.wasi.sock_addr_local(fd, to), Ok(()));
    assert_eq!(world.host().memory.bytes(to + 24, 4), [GARBAGE; 4]);
    world.host().memory.bytes(to, 24)
}

fn remote(world: &World, fd: u32) -> Result<Vec<u8>, u16> {
    let to = world.room(24);
    let told = world.wasi.sock_addr_remote(fd, to);
    told.map_err(Errno::get)?;
    Ok(world.host().memory.bytes(to, 24))
}

#[test]
fn addresses_of_both_kinds_and_families() {
    for (ip, any) in [(V4, Ip::V4([0; 4])), (V6, Ip::V6([0; 8]))] {
        for kind in [STREAM, DATAGRAM] {
            let world = World::new();
            let fd = world.socket_of(ip.family(), kind).expect("it opens");
            assert_eq!(local(&world, fd), bytes_of(any, 0), "it is not bound");
            assert_eq!(remote(&world, fd), Err(NOTCONN));
            assert_eq!(world.bind(fd, Address(ip, 0x1234)), Ok(()));
            let bound = world.host().network.borrow().sockets[0].local;
            assert_eq!(bound, Some(Address(ip, 0x1234)), "as the host has it");
            assert_eq!(local(&world, fd), bytes_of(ip, 0x1234));
        }
    }
}

#[test]
fn both_ends_of_a_connection() {
    for ip in [V4, V6] {
        let world = World::new();
        let open = || world.socket_of(ip.family(), STREAM).expect("it opens");
        let (listener, client) = (open(), open());
        assert_eq!(world.bind(listener, Address(ip, PORT)), Ok(()));
        assert_eq!(world.listen(listener), Ok(()));
        world.host().plan.set("tcp-connect", &[Step::LaterStart]);
        assert_eq!(world.connect(client, Address(ip, PORT)), Ok(()));
        let server = world.accept(listener).expect("it accepts");
        assert_eq!(remote(&world, client), Ok(bytes_of(ip, PORT)));
        assert_eq!(remote(&world, server), Ok(local(&world, client)));
        assert_eq!(local(&world, server), bytes_of(ip, PORT));
    }
}

#[test]
fn a_connection_to_every_address_is_one_to_the_machine_itself() {
    let pairs = [
        (Ip::V4([0; 4]), Ip::V4([127, 0, 0, 1])),
        (Ip::V6([0; 8]), Ip::V6([0, 0, 0, 0, 0, 0, 0, 1])),
    ];
    for (any, own) in pairs {
        let world = World::new();
        let open = |kind| world.socket_of(any.family(), kind).expect("it opens");
        let (listener, client) = (open(STREAM), open(STREAM));
        assert_eq!(world.bind(listener, Address(any, PORT)), Ok(()));
        assert_eq!(world.listen(listener), Ok(()));
        assert_eq!(world.connect(client, Address(any, PORT)), Ok(()));
        assert_eq!(remote(&world, client), Ok(bytes_of(own, PORT)));
        let udp = open(DATAGRAM);
        assert_eq!(world.connect(udp, Address(any, 9)), Ok(()));
        assert_eq!(remote(&world, udp), Ok(bytes_of(own, 9)));
    }
}

#[test]
fn addresses_of_the_wrong_family_or_none() {
    const AFNOSUPPORT: u16 = 5;
    let world = World::new();
    for fd in [world.tcp(), world.udp()] {
        assert_eq!(world.bind(fd, Address(V6, 1)), Err(AFNOSUPPORT));
        assert_eq!(world.connect(fd, Address(V6, 1)), Err(AFNOSUPPORT));
        for kind in [2, 3] {
            let at = world.address(Address(V4, 1));
            world.host().store32(at, kind);
            let bound = world.wasi.sock_bind(fd, at);
            assert_eq!(bound.map_err(Errno::get), Err(AFNOSUPPORT));
        }
    }
    assert_eq!(world.socket_of(2, STREAM), Err(AFNOSUPPORT));
    assert_eq!(world.socket_of(0, 2), Err(58));
}

/// Looks a name up: the addresses' bytes, and how many there are.
fn resolve(world: &World, service: &[u8], hints: &[u8], room: u32) -> (Vec<u8>, u32) {
    let (name, service) = (world.bytes(b"name.test\0"), world.bytes(service));
    let (to, count_at) = (world.room(28 * room), world.room(4));
    let lookup = Lookup {
        name: name.address,
        service: service.address,
        hints: world.bytes(hints).address,
        to: Span::new(to, room),
        count_at,
    };
    assert_eq!(world.run(world.wasi.sock_addr_resolve(lookup)), Ok(()));
    assert_eq!(*world.host().params.borrow(), "name.test");
    let count = world.host().load32(count_at);
    (world.host().memory.bytes(to, 28 * room), count)
}

#[test]
fn the_addresses_behind_a_name() {
    let with = |ip, port, kind: u8| [bytes_of(ip, port), vec![kind, 0, 0, 0]].concat();
    for step in [Step::Now, Step::Later, Step::LaterStart] {
        let world = World::new();
        world.host().names.borrow_mut().extend([V4, V6]);
        world.host().plan.set("resolve", &[step]);
        let (bytes, count) = resolve(&world, b"80\0", &[0; 12], 4);
        let all = [
            with(V4, 80, 1),
            with(V4, 80, 0),
            with(V6, 80, 1),
            with(V6, 80, 0),
        ];
        assert_eq!((bytes, count), (all.concat(), 4));
        let hints = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
        let (bytes, count) = resolve(&world, b"\0", &hints, 1);
        assert_eq!((bytes, count), (with(V6, 0, 1), 1));
        let (bytes, count) = resolve(&world, b"\0", &[0; 12], 1);
        assert_eq!(
            (bytes, count),
            (with(V4, 0, 1), 4),
            "as much as there is room"
        );
        world.host().names.borrow_mut().clear();
        assert_eq!(resolve(&world, b"1\0", &[0; 12], 0), (vec![], 0));
    }
}
