//! Datagrams.

use coopt_wasi::{Memory as _, Span};

use super::{AGAIN, CONNRESET, DONT_WAIT, ISCONN, LENGTH, NOTCONN, PEEK, PIPE, PORT};
use crate::call::Call;
use crate::host::{Address, GARBAGE, Ip, Step};
use crate::world::{For, Subscription, World};

const THERE: Address = Address::local(PORT);
const FROM: Address = Address::local(9);

/// Two sockets: one is bound to [`THERE`], and the other one to [`FROM`].
fn both(world: &World) -> [u32; 2] {
    let both = [world.udp(), world.udp()];
    assert_eq!(world.bind(both[0], THERE), Ok(()));
    assert_eq!(world.bind(both[1], FROM), Ok(()));
    both
}

#[test]
fn datagrams_come_one_by_one_and_are_cut_off() {
    let world = World::new();
    let [fd, other] = both(&world);
    for bytes in [&b"abcde"[..], b"", b"fgh"] {
        assert_eq!(world.send_to(other, bytes, THERE), Ok(bytes.len() as u32));
    }
    assert_eq!(world.recv_into(fd, &[1, 2], 0), Ok((b"abc".to_vec(), true)));
    assert_eq!(world.recv_into(fd, &[4], 0), Ok((vec![], false)));
    assert_eq!(world.recv_into(fd, &[9], 0), Ok((b"fgh".to_vec(), false)));
}

#[test]
fn what_is_peeked_at_stays() {
    let world = World::new();
    let [fd, other] = both(&world);
    assert_eq!(world.send_to(other, b"abc", THERE), Ok(3));
    assert_eq!(world.recv_into(fd, &[2], PEEK), Ok((b"ab".to_vec(), true)));
    assert_eq!(
        world.recv_into(fd, &[5], PEEK),
        Ok((b"abc".to_vec(), false))
    );
    assert_eq!(world.recv_into(fd, &[], PEEK), Ok((vec![], true)));
    assert_eq!(world.read(fd, 5), Ok(b"abc".to_vec()));
}

#[test]
fn the_whole_length_is_told_to_who_asks() {
    let world = World::new();
    let [fd, other] = both(&world);
    assert_eq!(world.send_to(other, b"abc", THERE), Ok(3));
    let to = Span::new(world.room(2), 2);
    let transfer = world.transfer(&[to], None);
    let cut_at = world.room(4);
    let received = world.wasi.sock_recv(fd, transfer, LENGTH, cut_at);
    assert_eq!(world.run(received), Ok(()));
    assert_eq!(world.host().load32(transfer.count_at), 3);
    assert_eq!(world.host().memory.bytes(to.address, 3), b"ab\xA5");
    assert_eq!(world.host().memory.bytes(cut_at, 2), [1, 0]);
}

#[test]
fn who_sent() {
    let world = World::new();
    let [fd, other] = both(&world);
    assert_eq!(world.send_to(other, b"abc", THERE), Ok(3));
    let to = Span::new(world.room(4), 4);
    let transfer = world.transfer(&[to], None);
    let from_at = world.room(24);
    let receive = |from_at| world.wasi.sock_recv_from(fd, transfer, 0, from_at);
    let mut call = Call::begin(receive(from_at));
    assert_eq!(world.drive(&mut call), Ok(()));
    let mut expected = [0; 24];
    expected[4..10].copy_from_slice(&[127, 0, 0, 1, 9, 0]);
    assert_eq!(world.host().memory.bytes(from_at, 24), expected);
    assert_eq!(world.host().memory.bytes(from_at + 24, 4), [GARBAGE; 4]);
    assert_eq!(world.send_to(other, b"d", THERE), Ok(1));
    assert_eq!(world.run(receive(0)), Ok(()), "nobody asks");
}

#[test]
fn version_6() {
    let world = World::new();
    let open = || world.socket_of(1, 0).expect("it opens");
    let (fd, other) = (open(), open());
    let there = Address(Ip::V6([1, 2, 3, 4, 5, 6, 7, 8]), PORT);
    assert_eq!(world.bind(fd, there), Ok(()));
    let step = [Step::LaterStart];
    world.host().plan.set("udp-send", &step);
    world.host().plan.set("udp-receive", &step);
    assert_eq!(world.send_to(other, b"abc", there), Ok(3));
    assert_eq!(world.recv(fd, 4, 0), Ok(b"abc".to_vec()));
    assert_eq!(world.send_to(other, b"abc", THERE), Err(5));
}

#[test]
fn whom_a_datagram_goes_to() {
    let world = World::new();
    let [fd, other] = both(&world);
    assert_eq!(world.send(other, b"a"), Err(17), "to nobody");
    assert_eq!(world.shut(other, 1), Err(NOTCONN));
    assert_eq!(world.connect(other, THERE), Ok(()));
    assert_eq!(world.send(other, b"a"), Ok(1));
    assert_eq!(world.send_to(other, b"b", THERE), Ok(1));
    assert_eq!(world.send_to(other, b"c", FROM), Err(ISCONN));
    assert_eq!(world.write(other, b"d"), Ok(1));
    for bytes in [b"a", b"b", b"d"] {
        assert_eq!(world.read(fd, 4), Ok(bytes.to_vec()));
    }
    let none = world.address(THERE);
    world.host().store32(none, 2);
    for _ in 0..2 {
        assert_eq!(world.run(world.wasi.sock_connect(other, none)), Ok(()));
    }
    assert_eq!(world.host().plan.count("udp-disconnect"), 1);
    assert_eq!(world.send(other, b"a"), Err(17));
}

#[test]
fn a_socket_that_is_shut_down() {
    let world = World::new();
    let [fd, other] = both(&world);
    assert_eq!(world.connect(fd, FROM), Ok(()));
    let mut receiving = [world.begin_recv(fd, 4, 0), world.begin_recv(fd, 4, 0)];
    assert_eq!(world.shut(fd, 1), Ok(()));
    for one in &mut receiving {
        assert!(one.reading.call.goes_on());
        assert_eq!(one.reading.got(&world), Ok(vec![]));
    }
    assert_eq!(world.send(fd, b"a"), Ok(1));
    assert_eq!(world.shut(fd, 2), Ok(()));
    assert_eq!(world.send(fd, b"a"), Err(PIPE));
    assert_eq!(world.read(other, 4), Ok(b"a".to_vec()));
}

#[test]
fn a_socket_that_is_not_bound_binds_itself_to_receive() {
    let world = World::new();
    let fd = world.udp();
    let mut receiving = world.begin_recv(fd, 4, 0);
    assert!(!receiving.reading.call.has_ended());
    let bound = world.host().network.borrow().sockets[0].local;
    let Address(_, port) = bound.expect("it is bound");
    assert_eq!(
        world.send_to(world.udp(), b"a", Address::local(port)),
        Ok(1)
    );
    assert_eq!(world.drive(&mut receiving.reading.call), Ok(()));
    assert_eq!(receiving.got(&world), Ok((b"a".to_vec(), false)));
}

#[test]
fn a_datagram_that_is_too_long() {
    let world = World::new();
    let [fd, _] = both(&world);
    let long = vec![b'x'; 40_000];
    let mut sending = world.begin_send(fd, &[&long, &long], 0, Some(THERE));
    assert_eq!(world.drive(&mut sending.call), Err(35));
    assert_eq!(world.host().plan.count("udp-send"), 0);
}

#[test]
fn datagrams_and_their_times() {
    let world = World::new();
    let [fd, other] = both(&world);
    let mut receiving = world.begin_recv(fd, 4, DONT_WAIT);
    assert!(receiving.reading.call.poll());
    assert_eq!(receiving.got(&world), Err(AGAIN));
    assert_eq!(world.wasi.sock_set_recv_timeout(fd, 1), Ok(()));
    let mut receiving = world.begin_recv(fd, 4, 0);
    world.host().monotonic.set(2_000);
    assert!(receiving.reading.call.poll());
    assert_eq!(receiving.got(&world), Err(AGAIN));
    world.host().plan.set("udp-send", &[Step::Later]);
    assert_eq!(world.wasi.sock_set_send_timeout(other, 1), Ok(()));
    let mut sending = world.begin_send(other, &[b"a"], 0, Some(THERE));
    world.host().monotonic.set(3_000);
    assert!(sending.call.poll());
    assert_eq!(sending.took(&world), Err(AGAIN));
    assert_eq!(world.send_to(other, b"b", THERE), Ok(1));
    world.host_goes_on();
    let received = world.begin_recv(fd, 4, DONT_WAIT);
    assert_eq!(received.got(&world), Ok((b"b".to_vec(), false)));
}

#[test]
fn an_error_that_came_ahead_is_told_once() {
    let world = World::new();
    let [fd, _] = both(&world);
    let mut receiving = world.begin_recv(fd, 4, 0);
    let receive = world.only_operation();
    assert!(world.interrupt(&mut receiving.reading.call));
    world.host().end(receive, Step::Fail(11));
    let mut polling = world.begin_poll(&[Subscription(1, For::Readable(fd))]);
    assert!(polling.call.poll());
    assert_eq!(polling.events(&world), [(1, 0, 1, 1, 0)]);
    assert_eq!(world.error_of(fd), CONNRESET.into());
    assert_eq!(world.error_of(fd), 0);
}
