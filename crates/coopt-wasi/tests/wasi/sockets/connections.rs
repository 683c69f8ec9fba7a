//! Connections, and what goes over them.

use coopt_wasi::{Memory as _, Span};

use super::{CONNRESET, INVAL, ISCONN, LENGTH, NOTCONN, PEEK, PIPE, PORT, RESET, STREAM, WAIT_ALL};
use crate::host::{Address, Ip, Step};
use crate::world::World;

const V6: Ip = Ip::V6([0xFE80, 1, 2, 3, 4, 5, 6, 7]);

#[test]
fn an_echo_of_either_family() {
    for ip in [Ip::V4([10, 1, 2, 3]), V6] {
        let world = World::new();
        let address = Address(ip, PORT);
        let open = || world.socket_of(ip.family(), STREAM).expect("it opens");
        let (listener, client) = (open(), open());
        assert_eq!(world.bind(listener, address), Ok(()));
        assert_eq!(world.listen(listener), Ok(()));
        assert_eq!(world.connect(client, address), Ok(()));
        let server = world.accept(listener).expect("it accepts");
        assert_eq!(world.send(client, b"hello"), Ok(5));
        let got = world.recv(server, 16, 0).expect("it receives");
        assert_eq!(world.send(server, &got), Ok(5));
        assert_eq!(world.read(client, 16), Ok(b"hello".to_vec()));
    }
}

#[test]
fn an_accept_waits_for_a_connection() {
    let world = World::new();
    let listener = world.listener();
    let mut accepting = [world.begin_accept(listener), world.begin_accept(listener)];
    for one in &mut accepting {
        assert!(!one.call.has_ended());
        let client = world.tcp();
        assert_eq!(world.connect(client, Address::local(PORT)), Ok(()));
        world.host_goes_on();
        assert!(one.call.goes_on(), "who asked first gets the first");
        let server = one.fd(&world).expect("it accepts");
        assert_eq!(world.write(client, b"a"), Ok(1));
        assert_eq!(world.read(server, 4), Ok(b"a".to_vec()));
    }
}

#[test]
fn several_buffers_are_sent_as_one_and_received_in_their_order() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut sending = world.begin_send(client, &[b"ab", b"", b"cde"], 0, None);
    assert_eq!(world.drive(&mut sending.call), Ok(()));
    assert_eq!(sending.took(&world), Ok(5));
    assert_eq!(world.host().plan.count("send"), 1);
    let got = world.recv_into(server, &[1, 0, 2, 9], 0);
    assert_eq!(got, Ok((b"abcde".to_vec(), false)));
}

#[test]
fn long_pieces_are_sent_one_by_one() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let long = vec![b'x'; 16_384];
    let mut sending = world.begin_send(client, &[b"ab", &long], 0, None);
    assert_eq!(world.drive(&mut sending.call), Ok(()));
    assert_eq!(sending.took(&world), Ok(16_386));
    assert_eq!(world.host().plan.count("send"), 2);
    let got = world.recv(server, 20_000, 0).expect("it receives");
    assert_eq!((&got[..3], got.len()), (&b"abx"[..], 16_386));
}

#[test]
fn a_send_goes_on_until_the_host_has_all() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.capacity(2);
    let mut sending = world.begin_send(client, &[b"abcde"], 0, None);
    let mut got = Vec::new();
    while !sending.call.has_ended() {
        got.extend(world.recv(server, 8, 0).expect("it receives"));
        world.host_goes_on();
        sending.call.goes_on();
    }
    got.extend(world.recv(server, 8, 0).expect("it receives"));
    assert_eq!(sending.took(&world), Ok(5));
    assert_eq!(got, b"abcde");
}

#[test]
fn what_is_peeked_at_stays() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.write(client, b"abc").expect("it sends");
    assert_eq!(world.recv(server, 2, PEEK), Ok(b"ab".to_vec()));
    let got = world.recv_into(server, &[1, 5], PEEK | WAIT_ALL);
    assert_eq!(got, Ok((b"abc".to_vec(), false)), "a peek waits for some");
    assert_eq!(world.recv(server, 8, LENGTH), Ok(b"abc".to_vec()));
    let mut receiving = world.begin_recv(server, 8, PEEK);
    assert!(!receiving.reading.call.has_ended());
    world.write(client, b"d").expect("it sends");
    world.host_goes_on();
    assert!(receiving.reading.call.goes_on());
    assert_eq!(receiving.got(&world), Ok((b"d".to_vec(), false)));
    assert_eq!(world.read(server, 8), Ok(b"d".to_vec()));
}

#[test]
fn a_receive_waits_for_all_or_the_end() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut receiving = world.begin_recv_into(server, &[2, 3], WAIT_ALL);
    for piece in [&b"a"[..], b"bc", b"de"] {
        assert!(!receiving.reading.call.has_ended());
        world.write(client, piece).expect("it sends");
        world.host_goes_on();
        while receiving.reading.call.is_woken() {
            receiving.reading.call.goes_on();
        }
    }
    assert_eq!(receiving.got(&world), Ok((b"abcde".to_vec(), false)));
    let mut receiving = world.begin_recv(server, 5, WAIT_ALL);
    world.write(client, b"fg").expect("it sends");
    assert_eq!(world.shut(client, 2), Ok(()));
    assert_eq!(world.drive(&mut receiving.reading.call), Ok(()));
    assert_eq!(receiving.got(&world), Ok((b"fg".to_vec(), false)));
    assert_eq!(world.recv(server, 5, WAIT_ALL), Ok(Vec::new()));
}

#[test]
fn nothing_is_received_into_no_room() {
    let world = World::new();
    let [_, _, server] = world.connection();
    assert_eq!(world.recv_into(server, &[0, 0], 0), Ok((vec![], false)));
    assert_eq!(world.recv_into(server, &[], 0), Ok((vec![], false)));
    world.assert_idle();
}

#[test]
fn nothing_is_sent_of_no_bytes() {
    let world = World::new();
    let [_, client, _] = world.connection();
    assert_eq!(world.send(client, b""), Ok(0));
    assert_eq!(world.host().plan.count("send"), 0);
}

#[test]
fn the_end_of_what_one_sends_is_the_end_for_the_other_alone() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.write(client, b"ab").expect("it sends");
    assert_eq!(world.shut(client, 2), Ok(()));
    assert_eq!(world.shut(client, 2), Ok(()), "again");
    assert_eq!(world.write(client, b"c"), Err(PIPE));
    assert_eq!(world.read(server, 8), Ok(b"ab".to_vec()));
    assert_eq!(world.read(server, 8), Ok(Vec::new()));
    assert_eq!(world.read(server, 8), Ok(Vec::new()));
    assert_eq!(world.write(server, b"d"), Ok(1));
    assert_eq!(world.read(client, 8), Ok(b"d".to_vec()));
}

#[test]
fn who_waits_to_send_is_told_that_sending_is_shut_down() {
    for moved in [0, 1] {
        let world = World::new();
        let [_, client, _] = world.connection();
        world.capacity(0);
        let mut sending = world.begin_write(client, b"ab");
        let mut second = world.begin_write(client, b"cd");
        world.capacity(moved as usize);
        world.host().moves_on_cancel.set(moved);
        assert_eq!(world.shut(client, 2), Ok(()));
        assert!(sending.call.goes_on());
        let expected = if moved == 0 { Err(PIPE) } else { Ok(moved) };
        assert_eq!(sending.took(&world), expected);
        assert!(second.call.goes_on());
        assert_eq!(second.took(&world), Err(PIPE));
        world.assert_idle();
    }
}

#[test]
fn who_waits_to_receive_is_told_that_receiving_is_shut_down() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut readings = [world.begin_read(client, 4), world.begin_read(client, 4)];
    assert_eq!(world.shut(client, 1), Ok(()));
    for reading in &mut readings {
        assert!(reading.call.goes_on());
        assert_eq!(reading.got(&world), Ok(Vec::new()));
    }
    assert_eq!(world.read(client, 4), Ok(Vec::new()));
    assert_eq!(world.write(client, b"x"), Ok(1), "it sends still");
    assert_eq!(world.read(server, 4), Ok(b"x".to_vec()));
    assert_eq!(world.write(server, b"x"), Err(PIPE), "nobody receives");
}

#[test]
fn what_was_received_ahead_comes_though_receiving_is_shut_down() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.write(client, b"ab").expect("it sends");
    assert_eq!(world.recv(server, 1, PEEK), Ok(b"a".to_vec()));
    assert_eq!(world.shut(server, 3), Ok(()));
    assert_eq!(world.read(server, 4), Ok(b"ab".to_vec()));
    assert_eq!(world.read(server, 4), Ok(Vec::new()));
}

#[test]
fn what_cannot_be_shut_down() {
    let world = World::new();
    let [listener, client, _] = world.connection();
    assert_eq!(world.shut(listener, 2), Ok(()), "it sends nothing anyway");
    assert_eq!(world.shut(world.tcp(), 1), Err(NOTCONN));
    assert_eq!(world.shut(client, 0), Err(INVAL));
    assert_eq!(world.shut(client, 4), Err(INVAL));
}

#[test]
fn an_error_is_told_once_to_who_receives() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.write(client, b"abc").expect("it sends");
    let step = Step::PartThenFail(2, RESET);
    world.host().plan.set("receive", &[step]);
    assert_eq!(world.read(server, 8), Ok(b"ab".to_vec()));
    assert_eq!(world.read(server, 8), Err(CONNRESET));
    assert_eq!(world.read(server, 8), Ok(Vec::new()));
}

#[test]
fn an_error_is_told_once_to_who_sends() {
    let world = World::new();
    let [_, client, _] = world.connection();
    let step = Step::PartThenFail(2, RESET);
    world.host().plan.set("send", &[step]);
    assert_eq!(world.write(client, b"abc"), Ok(2));
    assert_eq!(world.write(client, b"abc"), Err(CONNRESET));
    assert_eq!(world.write(client, b"abc"), Err(PIPE));
}

#[test]
fn the_other_end_is_gone() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.write(server, b"x").expect("it sends");
    world.close(server);
    assert_eq!(world.write(client, b"abc"), Err(PIPE));
    assert_eq!(world.write(client, b"abc"), Err(PIPE));
    assert_eq!(world.read(client, 4), Ok(b"x".to_vec()));
    assert_eq!(world.read(client, 4), Ok(Vec::new()));
}

#[test]
fn readers_and_senders_queue_in_their_order() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut readings: Vec<_> = (0..3).map(|_| world.begin_read(server, 2)).collect();
    assert_eq!(world.host().under_way().len(), 1);
    world.capacity(0);
    let pieces = [b"ab", b"cd", b"ef"];
    let mut writings = pieces.map(|piece| world.begin_write(client, piece));
    assert_eq!(world.host().under_way().len(), 2);
    world.capacity(1);
    for _ in 0..40 {
        world.host_goes_on();
        for one in writings.iter_mut().rev() {
            one.call.goes_on();
        }
        for one in readings.iter_mut().rev() {
            one.call.goes_on();
        }
    }
    // Each reader has taken what was there: one byte.
    let got: Vec<_> = readings.iter().map(|one| one.got(&world)).collect();
    assert_eq!(
        got,
        [Ok(b"a".to_vec()), Ok(b"b".to_vec()), Ok(b"c".to_vec())]
    );
    assert_eq!(writings[0].took(&world), Ok(2));
    assert!(writings[1].call.has_ended());
    assert!(!writings[2].call.has_ended());
    assert_eq!(world.read(server, 8), Ok(b"d".to_vec()));
    world.host_goes_on();
    assert!(!writings[2].call.goes_on());
    assert_eq!(world.read(server, 8), Ok(b"e".to_vec()));
    world.host_goes_on();
    assert!(writings[2].call.goes_on());
    assert_eq!(world.read(server, 8), Ok(b"f".to_vec()));
}

#[test]
fn a_send_between_goes_in_one_piece() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.capacity(1);
    let mut first = world.begin_send(client, &[b"ab", b"cd"], 0, None);
    let mut second = world.begin_send(client, &[b"ef"], 0, None);
    let mut got = Vec::new();
    while !second.call.has_ended() || !first.call.has_ended() {
        second.call.goes_on();
        got.extend(world.recv(server, 8, 0).expect("it receives"));
        world.host_goes_on();
        first.call.goes_on();
        second.call.goes_on();
    }
    got.extend(world.recv(server, 8, 0).expect("it receives"));
    assert_eq!(got, b"abcdef");
}

#[test]
fn calls_that_fit_no_state() {
    let world = World::new();
    let [listener, client, server] = world.connection();
    let there = Address::local(PORT);
    assert_eq!(world.connect(client, there), Err(ISCONN));
    assert_eq!(world.connect(server, there), Err(ISCONN));
    assert_eq!(world.connect(listener, there), Err(58));
    assert_eq!(world.listen(client), Err(INVAL));
    assert_eq!(world.listen(listener), Ok(()), "again");
    assert_eq!(world.accept(client), Err(INVAL));
    assert_eq!(world.read(listener, 4), Err(NOTCONN));
    assert_eq!(world.write(listener, b"a"), Err(NOTCONN));
    assert_eq!(world.read(world.tcp(), 4), Err(NOTCONN));
    assert_eq!(world.accept(world.udp()), Err(58));
    assert_eq!(world.accept(0), Err(57));
    assert_eq!(world.recv(client, 4, 16), Err(58));
    assert_eq!(world.recv(0, 4, 0), Err(57));
}

#[test]
fn an_end_in_the_place_of_a_connection() {
    let world = World::new();
    let listener = world.listener();
    world.host().plan.set("accept", &[Step::Last(0)]);
    assert_eq!(world.accept(listener), Err(INVAL));
    assert_eq!(world.accept(listener), Err(INVAL));
}

#[test]
fn what_comes_as_receiving_is_shut_down() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut reading = world.begin_read(server, 4);
    world.write(client, b"abc").expect("it sends");
    world.host().moves_on_cancel.set(2);
    assert_eq!(world.shut(server, 1), Ok(()));
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    assert_eq!(world.read(server, 4), Ok(Vec::new()));
}

#[test]
fn who_sent_what_a_connection_receives() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.write(server, b"ab").expect("it sends");
    let transfer = world.transfer(&[Span::new(world.room(4), 4)], None);
    let from_at = world.room(24);
    let received = world.wasi.sock_recv_from(client, transfer, 0, from_at);
    assert_eq!(world.run(received), Ok(()));
    assert_eq!(world.host().load32(transfer.count_at), 2);
    let from = world.host().memory.bytes(from_at, 10);
    assert_eq!(from, [0, 0, 0, 0, 127, 0, 0, 1, PORT as u8, 0]);
}

#[test]
fn sockets_that_listen_from_the_start() {
    let world = World::new();
    let mut environment = world.host().environment.borrow_mut();
    environment.push(("LISTEN", "127.0.0.1:7,[::1]:8,"));
    environment.push(("BAD", "127.0.0.1"));
    drop(environment);
    assert_eq!(world.wasi.open_listeners("NONE"), Ok(()));
    assert_eq!(world.wasi.open_listeners("LISTEN"), Ok(()));
    assert!(world.wasi.open_listeners("BAD").is_err());
    let listeners = [4, 5];
    let client = world.tcp();
    assert_eq!(world.connect(client, Address::local(PORT)), Ok(()));
    assert!(world.accept(listeners[0]).is_ok());
    let client = world.socket_of(1, STREAM).expect("it opens");
    let there = Address(Ip::V6([0, 0, 0, 0, 0, 0, 0, 1]), 8);
    assert_eq!(world.connect(client, there), Ok(()));
    assert!(world.accept(listeners[1]).is_ok());
}

#[test]
fn who_asked_first_for_a_connection_gets_the_first() {
    let world = World::new();
    let listener = world.listener();
    let mut first = world.begin_accept(listener);
    let mut second = world.begin_accept(listener);
    assert_eq!(world.connect(world.tcp(), Address::local(PORT)), Ok(()));
    world.host_goes_on();
    assert!(!second.call.poll(), "it is not its turn");
    assert!(first.call.goes_on());
    assert!(first.fd(&world).is_ok());
    assert_eq!(world.connect(world.tcp(), Address::local(PORT)), Ok(()));
    assert!(second.call.goes_on());
    assert!(second.fd(&world).is_ok());
}
