//! Calls that wait for a time, or not at all; and polls.

use super::{AGAIN, BADF, DONT_WAIT, INPROGRESS, PORT, RESET, WAIT_ALL};
use crate::host::network::net_code;
use crate::host::{Address, Step};
use crate::world::{Event, For, NONBLOCK, Polling, Subscription, World};

const THERE: Address = Address::local(PORT);
const PAGE: u64 = 65_536;
const HANGUP: u16 = 1;
const MFILE: u16 = 33;

/// A time in microseconds, and when it has passed on the clock, which says 1000 nanoseconds.
const TIME: u64 = 2;
const JUST_BEFORE: u64 = 2_999;
const AFTER: u64 = 3_000;

fn readable(world: &World, fd: u32) -> Polling {
    world.begin_poll(&[Subscription(1, For::Readable(fd))])
}

fn writable(world: &World, fd: u32) -> Polling {
    world.begin_poll(&[Subscription(1, For::Writable(fd))])
}

/// What a poll comes to that has been told to go on.
fn events(world: &World, mut polling: Polling) -> Vec<Event> {
    if !polling.call.has_ended() {
        assert!(polling.call.goes_on(), "something has come about");
    }
    polling.events(world)
}

#[test]
fn a_receive_that_takes_too_long() {
    let world = World::new();
    let [_, client, server] = world.connection();
    assert_eq!(world.wasi.sock_set_recv_timeout(server, TIME), Ok(()));
    let mut receiving = [
        world.begin_recv(server, 4, 0),
        world.begin_recv(server, 4, 0),
    ];
    world.host().monotonic.set(JUST_BEFORE);
    assert!(!receiving[0].reading.call.poll() && !receiving[1].reading.call.poll());
    world.host().monotonic.set(AFTER);
    for one in &mut receiving {
        assert!(one.reading.call.poll());
        assert_eq!(one.got(&world), Err(AGAIN));
    }
    world.write(client, b"ab").expect("it sends");
    world.host_goes_on();
    receiving[0].reading.assert_untouched(&world);
    assert_eq!(world.recv(server, 4, 0), Ok(b"ab".to_vec()));
}

#[test]
fn a_receive_of_all_that_takes_too_long_returns_what_has_come() {
    let world = World::new();
    let [_, client, server] = world.connection();
    assert_eq!(world.wasi.sock_set_recv_timeout(server, TIME), Ok(()));
    world.write(client, b"ab").expect("it sends");
    let mut receiving = world.begin_recv(server, 4, WAIT_ALL);
    world.host().monotonic.set(AFTER);
    assert!(receiving.reading.call.poll());
    assert_eq!(receiving.got(&world), Ok((b"ab".to_vec(), false)));
}

#[test]
fn a_send_that_takes_too_long() {
    for capacity in [0, 2] {
        let world = World::new();
        let [_, client, server] = world.connection();
        assert_eq!(world.wasi.sock_set_send_timeout(client, TIME), Ok(()));
        world.capacity(capacity as usize);
        let mut sending = world.begin_write(client, b"abcd");
        let mut second = world.begin_write(client, b"ef");
        world.host().monotonic.set(AFTER);
        assert!(sending.call.poll());
        let expected = if capacity == 0 {
            Err(AGAIN)
        } else {
            Ok(capacity)
        };
        assert_eq!(sending.took(&world), expected);
        assert!(second.call.poll());
        assert_eq!(second.took(&world), Err(AGAIN));
        world.assert_idle();
        world.capacity(9);
        assert_eq!(world.write(client, b"x"), Ok(1));
        let got = world.read(server, 9);
        assert_eq!(got, Ok([&b"ab"[..capacity as usize], b"x"].concat()));
    }
}

#[test]
fn an_accept_that_takes_too_long() {
    let world = World::new();
    let listener = world.listener();
    assert_eq!(world.wasi.sock_set_recv_timeout(listener, TIME), Ok(()));
    let mut accepting = [world.begin_accept(listener), world.begin_accept(listener)];
    world.host().monotonic.set(AFTER);
    for one in &mut accepting {
        assert!(one.call.poll());
        assert_eq!(one.fd(&world), Err(AGAIN));
    }
    assert_eq!(world.connect(world.tcp(), THERE), Ok(()));
    assert!(world.accept(listener).is_ok(), "it is not lost");
}

#[test]
fn a_connect_that_takes_too_long() {
    let world = World::new();
    let listener = world.listener();
    let fd = world.tcp();
    assert_eq!(world.wasi.sock_set_send_timeout(fd, TIME), Ok(()));
    world.host().plan.set("tcp-connect", &[Step::Later]);
    let mut call = world.begin_connect(fd, THERE);
    world.host().monotonic.set(AFTER);
    assert!(call.poll());
    assert_eq!(call.ended(), Err(INPROGRESS));
    let mut sending = world.begin_write(fd, b"ab");
    world.host_goes_on();
    assert!(sending.call.goes_on());
    assert_eq!(sending.took(&world), Ok(2), "it goes on being made");
    let server = world.accept(listener).expect("it accepts");
    assert_eq!(world.read(server, 4), Ok(b"ab".to_vec()));
}

#[test]
fn calls_that_do_not_wait() {
    let world = World::new();
    let [listener, client, server] = world.connection();
    for fd in [listener, client] {
        world.set_flags(fd, NONBLOCK);
    }
    let mut accepting = world.begin_accept(listener);
    assert!(accepting.call.poll());
    assert_eq!(accepting.fd(&world), Err(AGAIN));
    for mut receiving in [
        world.begin_recv(client, 4, 0),
        world.begin_recv(server, 4, DONT_WAIT),
    ] {
        assert!(receiving.reading.call.poll());
        assert_eq!(receiving.got(&world), Err(AGAIN));
    }
    world.write(server, b"abc").expect("it sends");
    world.host_goes_on();
    assert_eq!(world.begin_read(client, 4).got(&world), Ok(b"abc".to_vec()));
    world.capacity(2);
    let mut sending = world.begin_write(client, b"defg");
    assert!(sending.call.poll());
    assert_eq!(sending.took(&world), Ok(2), "what there is room for");
    for mut sending in [
        world.begin_write(client, b"h"),
        world.begin_send(client, &[b"h"], DONT_WAIT, None),
    ] {
        assert!(sending.call.poll());
        assert_eq!(sending.took(&world), Err(AGAIN));
    }
    world.host_goes_on();
    assert_eq!(world.recv(server, 9, DONT_WAIT), Ok(b"de".to_vec()));
    assert_eq!(world.connect(world.tcp(), THERE), Ok(()));
    world.host_goes_on();
    assert!(world.begin_accept(listener).fd(&world).is_ok());
}

#[test]
fn a_socket_that_accepts_is_readable_with_a_connection() {
    let world = World::new();
    let listener = world.listener();
    let polling = readable(&world, listener);
    assert!(!polling.call.has_ended());
    assert_eq!(world.connect(world.tcp(), THERE), Ok(()));
    world.host_goes_on();
    assert_eq!(events(&world, polling), [(1, 0, 1, 1, 0)]);
    assert_eq!(
        events(&world, readable(&world, listener)),
        [(1, 0, 1, 1, 0)]
    );
    assert!(world.begin_accept(listener).fd(&world).is_ok());
    assert!(!readable(&world, listener).call.has_ended());
}

#[test]
fn a_connection_is_readable_with_bytes_or_the_end() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let polling = readable(&world, server);
    assert!(!polling.call.has_ended());
    world.write(client, b"abc").expect("it sends");
    world.host_goes_on();
    assert_eq!(events(&world, polling), [(1, 0, 1, 3, 0)]);
    assert_eq!(world.begin_read(server, 9).got(&world), Ok(b"abc".to_vec()));
    let polling = readable(&world, server);
    assert!(!polling.call.has_ended());
    assert_eq!(world.shut(client, 2), Ok(()));
    world.host_goes_on();
    assert_eq!(events(&world, polling), [(1, 0, 1, 1, 0)], "it sends still");
    assert_eq!(world.shut(server, 2), Ok(()));
    let polling = readable(&world, server);
    assert_eq!(events(&world, polling), [(1, 0, 1, 0, HANGUP)]);
    assert_eq!(world.read(server, 9), Ok(Vec::new()));
}

#[test]
fn a_connection_that_fails_is_readable_and_the_read_says_why() {
    let world = World::new();
    let [_, client, _] = world.connection();
    let polling = readable(&world, client);
    world.host().end(world.only_operation(), Step::Fail(RESET));
    assert_eq!(events(&world, polling), [(1, 15, 1, 0, 0)]);
    let polling = world.begin_poll(&[Subscription(1, For::Hangup(client))]);
    assert_eq!(events(&world, polling), [(1, 15, 3, 0, 0)]);
    assert_eq!(world.read(client, 9), Err(15));
}

#[test]
fn a_connection_is_hung_up_when_nothing_goes_either_way() {
    let world = World::new();
    let [listener, client, server] = world.connection();
    let hangup = |fd| world.begin_poll(&[Subscription(1, For::Hangup(fd))]);
    let of_idle = hangup(world.tcp());
    assert_eq!(events(&world, of_idle), [(1, 0, 3, 0, HANGUP)]);
    let polling = [hangup(client), hangup(listener)];
    world.write(server, b"abc").expect("it sends");
    assert_eq!(world.shut(server, 2), Ok(()));
    world.host_goes_on();
    assert!(polling.iter().all(|one| !one.call.has_ended()));
    assert_eq!(world.recv(client, 9, 0), Ok(b"abc".to_vec()));
    assert_eq!(world.recv(client, 9, 0), Ok(Vec::new()));
    let [of_client, of_listener] = polling;
    assert_eq!(world.shut(client, 2), Ok(()));
    assert_eq!(events(&world, of_client), [(1, 0, 3, 0, HANGUP)]);
    assert!(!of_listener.call.has_ended());
}

#[test]
fn what_went_wrong_is_told_by_the_first_call_whichever() {
    for first in ["receives", "sends", "asks"] {
        let world = World::new();
        let [_, client, _] = world.connection();
        let _ = readable(&world, client);
        world.host().end(world.only_operation(), Step::Fail(RESET));
        world
            .host()
            .plan
            .set("send", &[Step::Fail(net_code::BROKEN)]);
        match first {
            "receives" => assert_eq!(world.read(client, 9), Err(15)),
            "sends" => assert_eq!(world.write(client, b"x"), Err(15)),
            _ => assert_eq!(world.error_of(client), 15),
        }
        assert_eq!(world.error_of(client), 0, "{first}");
        assert_eq!(world.read(client, 9), Ok(Vec::new()), "{first}");
        assert_eq!(world.write(client, b"x"), Err(64), "{first}");
    }
}

#[test]
fn a_receive_tells_what_went_wrong_with_a_send() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.host().plan.set("probe", &[Step::Fail(RESET)]);
    let polling = writable(&world, client);
    assert_eq!(events(&world, polling), [(1, 15, 2, 0, 0)]);
    assert_eq!(world.shut(server, 2), Ok(()));
    assert_eq!(world.read(client, 9), Err(15));
    assert_eq!(world.read(client, 9), Ok(Vec::new()));
}

#[test]
fn an_accept_without_a_free_descriptor_loses_no_connection() {
    let world = World::new();
    let listener = world.listener();
    let mut accepting = world.begin_accept(listener);
    while world.dup_from(0, 0).is_ok() {
        world.free_room();
    }
    assert_eq!(world.begin_accept(listener).fd(&world), Err(MFILE));
    world.close(0);
    let client = world.tcp();
    assert_eq!(world.connect(client, THERE), Ok(()));
    world.host_goes_on();
    assert!(accepting.call.goes_on());
    assert_eq!(accepting.fd(&world), Err(MFILE));
    world.close(1);
    assert_eq!(world.accept(listener), Ok(1));
}

#[test]
fn a_connection_is_writable_with_room() {
    let world = World::new();
    let [_, client, server] = world.connection();
    assert_eq!(
        events(&world, writable(&world, client)),
        [(1, 0, 2, PAGE, 0)]
    );
    world.capacity(2);
    world.write(client, b"ab").expect("it sends");
    let before = world.host().plan.count("probe");
    let polling = [writable(&world, client), writable(&world, client)];
    assert!(polling.iter().all(|one| !one.call.has_ended()));
    assert_eq!(world.recv(server, 1, DONT_WAIT | 1), Ok(b"a".to_vec()));
    let probes = world.host().plan.count("probe") - before;
    assert_eq!(probes, 1, "one for both");
    world.host_goes_on();
    for one in polling {
        assert_eq!(events(&world, one), [(1, 0, 2, PAGE, 0)]);
    }
}

#[test]
fn a_write_beside_a_poll_for_room() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.capacity(0);
    let mut polling = writable(&world, client);
    let mut writing = world.begin_write(client, b"ab");
    assert_eq!(world.host().under_way().len(), 1);
    polling.call.goes_on();
    assert!(!polling.call.has_ended(), "the write is before it");
    let other = writable(&world, client);
    world.capacity(9);
    world.host_goes_on();
    assert!(writing.call.goes_on());
    assert_eq!(writing.took(&world), Ok(2));
    world.host_goes_on();
    assert_eq!(events(&world, other).len(), 1);
    assert_eq!(events(&world, polling).len(), 1);
    assert_eq!(world.read(server, 4), Ok(b"ab".to_vec()));
}

#[test]
fn a_connection_that_sends_no_more_is_writable() {
    let world = World::new();
    let [_, client, _] = world.connection();
    world.capacity(0);
    let polling = writable(&world, client);
    assert_eq!(world.shut(client, 2), Ok(()));
    assert_eq!(events(&world, polling).len(), 1);
    assert_eq!(events(&world, writable(&world, client)).len(), 1);
    world.assert_idle();
}

#[test]
fn a_connection_that_is_made_is_writable() {
    for (step, error) in [(Step::Now, 0), (Step::Fail(9), 14)] {
        let world = World::new();
        let _listener = world.listener();
        let fd = world.tcp();
        world.set_flags(fd, NONBLOCK);
        world.host().plan.set("tcp-connect", &[Step::Later]);
        assert_eq!(world.begin_connect(fd, THERE).ended(), Err(INPROGRESS));
        let polling = [
            writable(&world, fd),
            writable(&world, fd),
            readable(&world, fd),
        ];
        assert!(polling.iter().all(|one| !one.call.has_ended()));
        world.host().end(world.only_operation(), step);
        for (mut one, tag) in polling.into_iter().zip([2, 2, 1]) {
            one.call.goes_on();
            if tag == 1 && error == 0 {
                assert!(!one.call.has_ended(), "nothing has come in");
                continue;
            }
            let [(1, told, told_tag, ..)] = one.events(&world)[..] else {
                panic!("one event");
            };
            assert_eq!((told, told_tag), (error, tag));
        }
        assert_eq!(world.error_of(fd), error.into());
    }
}

#[test]
fn a_poll_of_what_is_closed() {
    let world = World::new();
    let [listener, client, _] = world.connection();
    world.capacity(0);
    let udp = world.udp();
    assert_eq!(world.bind(udp, THERE), Ok(()));
    let polling = [
        readable(&world, listener),
        readable(&world, client),
        writable(&world, client),
        readable(&world, udp),
    ];
    for fd in [listener, client, udp] {
        world.close(fd);
    }
    for one in polling {
        let [(1, BADF, ..)] = events(&world, one)[..] else {
            panic!("it is closed");
        };
    }
    world.assert_idle();
}

#[test]
fn readers_into_several_buffers_queue_with_the_others() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut first = world.begin_recv_into(server, &[1, 1], 0);
    let mut second = world.begin_recv_into(server, &[1, 1], 0);
    for (bytes, is_first) in [(b"ab", true), (b"cd", false)] {
        world.write(client, bytes).expect("it sends");
        world.host_goes_on();
        second.reading.call.goes_on();
        first.reading.call.goes_on();
        second.reading.call.goes_on();
        let receiving = if is_first { &first } else { &second };
        assert_eq!(receiving.got(&world), Ok((bytes.to_vec(), false)));
    }
}

#[test]
fn a_receive_that_does_not_wait_waits_for_no_result() {
    let world = World::new();
    let [_, client, _] = world.connection();
    world.host().plan.set("receive", &[Step::Fail(RESET)]);
    world.host().plan.set("result", &[Step::Later]);
    let mut receiving = world.begin_recv(client, 4, DONT_WAIT);
    assert!(receiving.reading.call.poll(), "it does not wait");
}
