//! The errors of the host, and what a program sees of them.

use coopt_wasi::{Errno, Lookup, Span};

use super::{CONNREFUSED, INPROGRESS, PORT};
use crate::host::disk::code;
use crate::host::{Address, Step};
use crate::world::{NONBLOCK, World};

/// Each case of `error-code`, and the errno that is meant.
const ERRORS: [(u8, u16); 16] = [
    (0, 2),
    (1, 58),
    (2, 28),
    (3, 48),
    (4, 73),
    (5, 28),
    (6, 4),
    (7, 3),
    (8, 23),
    (9, 14),
    (10, 64),
    (11, 15),
    (12, 13),
    (13, 35),
    (code::OTHER, 29),
    (code::OTHER_SILENT, 29),
];

const THERE: Address = Address::local(PORT);

#[test]
fn each_error_of_a_connect() {
    for (case, errno) in ERRORS {
        for first in [Step::Fail(case), Step::Later, Step::LaterStart] {
            let world = World::new();
            let fd = world.tcp();
            world.host().plan.set("tcp-connect", &[first]);
            let mut call = world.begin_connect(fd, THERE);
            while !call.has_ended() {
                world.host().end(world.only_operation(), Step::Fail(case));
                call.goes_on();
            }
            assert_eq!(call.ended(), Err(errno), "{case}");
            assert_eq!(world.error_of(fd), 0, "it was told");
            assert_eq!(
                world.connect(fd, THERE),
                Err(13),
                "another socket is needed"
            );
        }
    }
}

#[test]
fn each_error_of_what_returns_at_once() {
    for (case, errno) in ERRORS {
        let fail = [Step::Fail(case)];
        let world = World::new();
        let plan = &world.host().plan;
        for name in ["tcp-bind", "udp-bind", "set-backlog", "tcp-listen"] {
            plan.set(name, &fail);
        }
        assert_eq!(world.bind(world.tcp(), THERE), Err(errno));
        assert_eq!(world.bind(world.udp(), THERE), Err(errno));
        let fd = world.tcp();
        assert_eq!(world.listen(fd), Err(errno));
        assert_eq!(world.listen(fd), Err(errno));
        assert_eq!(world.listen(fd), Ok(()), "it may go later");
        plan.set("tcp-create", &fail);
        assert_eq!(world.socket_of(0, 1), Err(errno));
        plan.set("udp-create", &fail);
        assert_eq!(world.socket_of(1, 0), Err(errno));
        plan.set("udp-connect", &fail);
        assert_eq!(world.connect(world.udp(), THERE), Err(errno));
    }
}

#[test]
fn each_error_of_a_connection() {
    for (case, errno) in ERRORS {
        for step in [Step::Fail(case), Step::Later] {
            let world = World::new();
            let [_, client, server] = world.connection();
            world.host().plan.set("receive", &[step]);
            let mut reading = world.begin_read(client, 4);
            if step == Step::Later {
                world.host().plan.set("result", &[Step::Later]);
                world.host().end(world.only_operation(), Step::Fail(case));
                assert!(!reading.call.goes_on(), "the result is not there yet");
            }
            assert_eq!(world.drive(&mut reading.call), Err(errno));
            assert_eq!(reading.got(&world), Err(errno));
            world.host().plan.set("send", &[step]);
            let mut writing = world.begin_write(server, b"ab");
            if step == Step::Later {
                world.host().end(world.only_operation(), Step::Fail(case));
            }
            assert_eq!(world.drive(&mut writing.call), Err(errno));
        }
    }
}

#[test]
fn each_error_of_datagrams() {
    for (case, errno) in ERRORS {
        let world = World::new();
        let fd = world.udp();
        assert_eq!(world.bind(fd, THERE), Ok(()));
        world.host().plan.set("udp-send", &[Step::Fail(case)]);
        assert_eq!(world.send_to(fd, b"a", THERE), Err(errno));
        world.host().plan.set("udp-receive", &[Step::Fail(case)]);
        assert_eq!(world.recv(fd, 4, 0), Err(errno));
        assert_eq!(world.send_to(fd, b"a", THERE), Ok(1));
        assert_eq!(world.recv(fd, 4, 0), Ok(b"a".to_vec()), "it goes on");
    }
}

#[test]
fn each_error_of_a_lookup() {
    let cases = [(0, 2), (1, 28), (2, 44), (3, 6), (4, 29)];
    for (case, errno) in [&cases[..], &[(code::OTHER, 29)]].concat() {
        let world = World::new();
        world.host().plan.set("resolve", &[Step::Fail(case)]);
        let lookup = Lookup {
            name: world.bytes(b"name\0").address,
            service: 0,
            hints: 0,
            to: Span::EMPTY,
            count_at: world.room(4),
        };
        assert_eq!(world.run(world.wasi.sock_addr_resolve(lookup)), Err(errno));
    }
}

#[test]
fn names_that_are_none() {
    let world = World::new();
    let bad: [(&[u8], &[u8]); 5] = [
        (b"\0", b"\0"),
        (b"\xFF\0", b"\0"),
        (b"a\0", b"65536\0"),
        (b"a\0", b"http\0"),
        (&[b'a'; 1100], b"\0"),
    ];
    for (name, service) in bad {
        let lookup = Lookup {
            name: world.bytes(name).address,
            service: world.bytes(service).address,
            hints: 0,
            to: Span::EMPTY,
            count_at: world.room(4),
        };
        let begun = world.wasi.sock_addr_resolve(lookup);
        assert_eq!(begun.err().map(Errno::get), Some(28));
    }
}

#[test]
fn a_connect_that_does_not_wait_tells_of_its_end_later() {
    for step in [Step::Fail(9), Step::Later] {
        let world = World::new();
        let fd = world.tcp();
        world.set_flags(fd, NONBLOCK);
        world.host().plan.set("tcp-connect", &[step]);
        assert_eq!(world.begin_connect(fd, THERE).ended(), Err(INPROGRESS));
        if step == Step::Later {
            assert_eq!(world.error_of(fd), 0, "it goes on");
            assert_eq!(world.begin_connect(fd, THERE).ended(), Err(7));
            world.host().end(world.only_operation(), Step::Fail(9));
        }
        assert_eq!(world.error_of(fd), CONNREFUSED.into());
        assert_eq!(world.error_of(fd), 0);
    }
}

#[test]
fn a_connect_that_cannot_begin_says_so_though_it_does_not_wait() {
    let world = World::new();
    let fd = world.tcp();
    world.set_flags(fd, NONBLOCK);
    world.host().plan.set("tcp-connect", &[Step::Fail(8)]);
    assert_eq!(world.begin_connect(fd, THERE).ended(), Err(23));
    assert_eq!(world.error_of(fd), 0);
}

#[test]
fn calls_without_room_leave_nothing_over() {
    const NOMEM: u16 = 48;
    let world = World::small(65_536);
    world.host().memory.pages_left.set(0);
    assert_eq!(world.socket_of(0, 1), Err(NOMEM));
    assert_eq!(world.socket_of(0, 0), Err(NOMEM));
    world.host().memory.pages_left.set(1);
    let [listener, client, server] = world.connection();
    let udp = world.udp();
    assert_eq!(world.bind(udp, THERE), Ok(()));
    let other = world.tcp();
    let fill = || {
        let mut len = 65_536;
        let mut taken = Vec::new();
        while len >= 8 {
            let take = |len| {
                world
                    .wasi
                    .scratch
                    .realloc(world.host(), Span::EMPTY, 8, len)
            };
            while let Some(at) = take(len) {
                taken.push(Span::new(at, len));
            }
            len /= 2;
        }
        taken
    };
    let taken = fill();
    assert_eq!(world.connect(other, THERE), Err(NOMEM));
    assert_eq!(world.bind(other, THERE), Err(NOMEM));
    assert_eq!(world.listen(other), Err(NOMEM));
    assert_eq!(world.recv_into(client, &[1, 1], 0), Err(NOMEM));
    assert_eq!(world.recv(udp, 4, 0), Err(NOMEM));
    assert_eq!(world.send_to(udp, b"a", THERE), Err(NOMEM));
    let mut sending = world.begin_send(server, &[b"a", b"b"], 0, None);
    assert_eq!(world.drive(&mut sending.call), Err(NOMEM));
    for span in taken {
        let given = world.wasi.scratch.realloc(world.host(), span, 8, 0);
        assert!(given.is_some());
    }
    assert_eq!(world.connect(other, THERE), Ok(()), "it may go later");
    assert!(world.accept(listener).is_ok());
    assert_eq!(world.send(server, b"a"), Ok(1));
    assert_eq!(
        world.recv_into(client, &[1, 1], 0),
        Ok((b"a".to_vec(), false))
    );
}
