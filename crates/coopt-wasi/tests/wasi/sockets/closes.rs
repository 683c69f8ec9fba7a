//! Closes while threads wait.

use super::{BADF, INVAL, PORT};
use crate::host::disk::code;
use crate::host::{Address, Step};
use crate::world::World;

const THERE: Address = Address::local(PORT);

#[test]
fn who_waits_for_a_connection() {
    for moved in [0, 1] {
        let world = World::new();
        let listener = world.listener();
        let mut accepting = [world.begin_accept(listener), world.begin_accept(listener)];
        let client = world.tcp();
        assert_eq!(world.connect(client, THERE), Ok(()));
        world.host().moves_on_cancel.set(moved);
        world.close(listener);
        for one in &mut accepting {
            assert!(one.call.goes_on());
            assert_eq!(one.fd(&world), Err(BADF));
        }
        world.assert_idle();
        assert_eq!(world.read(client, 4), Ok(vec![]), "nobody has it");
    }
}

#[test]
fn who_waits_for_a_connection_at_a_shutdown() {
    const RECEIVING: u32 = 1;
    const SENDING: u32 = 2;
    let world = World::new();
    let listener = world.listener();
    let mut accepting = [world.begin_accept(listener), world.begin_accept(listener)];
    assert_eq!(world.shut(listener, SENDING), Ok(()));
    assert!(!accepting[0].call.goes_on());
    assert_eq!(world.shut(listener, RECEIVING | SENDING), Ok(()));
    for one in &mut accepting {
        assert!(one.call.goes_on());
        assert_eq!(one.fd(&world), Err(INVAL));
    }
    world.assert_idle();
    assert_eq!(world.accept(listener), Err(INVAL));
}

#[test]
fn who_waits_for_a_connection_whose_event_is_on_its_way() {
    let world = World::new();
    let listener = world.listener();
    let mut accepting = world.begin_accept(listener);
    let accept = world.only_operation();
    assert_eq!(world.connect(world.tcp(), THERE), Ok(()));
    world.host().complete(accept, Step::Now);
    world.close(listener);
    assert!(accepting.call.goes_on());
    assert_eq!(accepting.fd(&world), Err(BADF));
    world.assert_idle();
}

#[test]
fn connections_that_nobody_has_accepted() {
    let world = World::new();
    let listener = world.listener();
    let clients = [world.tcp(), world.tcp()];
    for client in clients {
        assert_eq!(world.connect(client, THERE), Ok(()));
    }
    world.close(listener);
    for client in clients {
        assert_eq!(world.read(client, 4), Ok(Vec::new()));
    }
    assert_eq!(world.connect(world.tcp(), THERE), Err(14));
}

#[test]
fn who_waits_to_receive() {
    for moved in [0, 2] {
        let world = World::new();
        let [_, client, server] = world.connection();
        let mut reading = world.begin_read(server, 4);
        let mut receiving = world.begin_recv_into(server, &[2, 2], 0);
        world.write(client, b"abc").expect("it sends");
        world.host().moves_on_cancel.set(moved);
        world.close(server);
        assert!(reading.call.goes_on());
        let expected = if moved == 0 {
            Err(BADF)
        } else {
            Ok(b"ab".to_vec())
        };
        assert_eq!(reading.got(&world), expected);
        while receiving.reading.call.is_woken() {
            receiving.reading.call.goes_on();
        }
        world.assert_idle();
        receiving.reading.assert_untouched(&world);
    }
}

#[test]
fn who_waits_for_what_is_received_ahead() {
    let world = World::new();
    let [_, _, server] = world.connection();
    let mut receiving = world.begin_recv_into(server, &[2, 2], 0);
    let mut reading = world.begin_read(server, 4);
    world.close(server);
    assert!(receiving.reading.call.goes_on());
    assert_eq!(receiving.got(&world), Err(BADF));
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Err(BADF));
    world.assert_idle();
}

#[test]
fn who_receives_what_is_on_its_way() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut reading = world.begin_read(server, 4);
    let receive = world.only_operation();
    world.write(client, b"abc").expect("it sends");
    world.host().complete(receive, Step::Now);
    world.close(server);
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Ok(b"abc".to_vec()));
}

#[test]
fn who_waits_to_send() {
    for moved in [0, 1] {
        let world = World::new();
        let [_, client, server] = world.connection();
        world.capacity(0);
        let mut first = world.begin_write(client, b"ab");
        let mut second = world.begin_write(client, b"cd");
        world.capacity(moved as usize);
        world.host().moves_on_cancel.set(moved);
        world.close(client);
        assert!(first.call.goes_on());
        let expected = if moved == 0 { Err(BADF) } else { Ok(moved) };
        assert_eq!(first.took(&world), expected);
        assert!(second.call.goes_on());
        assert_eq!(second.took(&world), Err(BADF));
        world.assert_idle();
        assert_eq!(world.read(server, 4), Ok(b"ab"[..moved as usize].to_vec()));
        assert_eq!(world.read(server, 4), Ok(Vec::new()));
    }
}

#[test]
fn who_has_sent_what_is_on_its_way() {
    let world = World::new();
    let [_, client, _] = world.connection();
    world.capacity(0);
    let mut writing = world.begin_write(client, b"ab");
    world.capacity(9);
    world.host().complete(world.only_operation(), Step::Now);
    world.close(client);
    assert!(writing.call.goes_on());
    assert_eq!(writing.took(&world), Ok(2));
    world.assert_idle();
}

#[test]
fn who_waits_for_a_connection_to_be_made() {
    for step in [Step::Later, Step::LaterStart] {
        for returns in [false, true] {
            let world = World::new();
            let fd = world.tcp();
            world.host().plan.set("tcp-connect", &[step]);
            let mut call = world.begin_connect(fd, THERE);
            world.host().returns_on_cancel.set(returns);
            world.close(fd);
            assert!(call.goes_on());
            assert_eq!(call.ended(), Err(BADF));
            world.assert_idle();
        }
    }
}

#[test]
fn who_waits_for_a_connection_whose_making_has_begun() {
    for is_delivered in [false, true] {
        let world = World::new();
        let fd = world.tcp();
        world.host().plan.set("tcp-connect", &[Step::LaterStart]);
        let mut call = world.begin_connect(fd, THERE);
        let connect = world.only_operation();
        world.host().complete(connect, Step::Now);
        if is_delivered {
            world.host().deliver(connect);
        }
        world.close(fd);
        assert!(call.goes_on());
        assert_eq!(call.ended(), Err(BADF));
        world.assert_idle();
    }
}

#[test]
fn an_error_with_a_text_that_nobody_asks_for() {
    for is_delivered in [false, true] {
        let world = World::new();
        let fd = world.tcp();
        world.host().plan.set("tcp-connect", &[Step::Later]);
        let mut call = world.begin_connect(fd, THERE);
        let connect = world.only_operation();
        world.host().complete(connect, Step::Fail(code::OTHER));
        if is_delivered {
            world.host().deliver(connect);
        }
        world.close(fd);
        assert!(call.goes_on());
        assert_eq!(call.ended(), Err(BADF));
    }
}

#[test]
fn a_connection_that_is_made_and_that_nobody_waits_for() {
    let world = World::new();
    let fd = world.tcp();
    world.set_flags(fd, 4);
    world.host().plan.set("tcp-connect", &[Step::Later]);
    assert_eq!(world.begin_connect(fd, THERE).ended(), Err(26));
    world.close(fd);
    world.assert_idle();
}

#[test]
fn who_waits_for_a_datagram() {
    for returns in [false, true] {
        let world = World::new();
        let fd = world.udp();
        assert_eq!(world.bind(fd, THERE), Ok(()));
        let mut receiving = [world.begin_recv(fd, 4, 0), world.begin_recv(fd, 4, 0)];
        assert_eq!(world.send_to(world.udp(), b"ab", THERE), Ok(2));
        world.host().returns_on_cancel.set(returns);
        world.close(fd);
        for one in &mut receiving {
            assert!(one.reading.call.goes_on());
            assert_eq!(one.got(&world), Err(BADF));
        }
        world.assert_idle();
    }
}

#[test]
fn a_datagram_that_is_on_its_way() {
    for is_delivered in [false, true] {
        let world = World::new();
        let fd = world.udp();
        assert_eq!(world.bind(fd, THERE), Ok(()));
        let mut receiving = world.begin_recv(fd, 4, 0);
        let receive = world.only_operation();
        assert_eq!(world.send_to(world.udp(), b"ab", THERE), Ok(2));
        world.host().complete(receive, Step::Now);
        if is_delivered {
            world.host().deliver(receive);
        }
        world.close(fd);
        assert!(receiving.reading.call.goes_on());
        assert_eq!(receiving.got(&world), Err(BADF));
        world.assert_idle();
    }
}

#[test]
fn a_datagram_that_nobody_has_taken() {
    let world = World::new();
    let fd = world.udp();
    assert_eq!(world.bind(fd, THERE), Ok(()));
    assert_eq!(world.send_to(fd, b"ab", THERE), Ok(2));
    assert_eq!(world.recv(fd, 1, 1), Ok(b"a".to_vec()));
    world.close(fd);
}

#[test]
fn who_waits_to_send_a_datagram() {
    for step in [Step::Later, Step::LaterStart] {
        let world = World::new();
        let fd = world.udp();
        world.host().plan.set("udp-send", &[step]);
        let mut sending = world.begin_send(fd, &[b"a", b"b"], 0, Some(THERE));
        world.close(fd);
        assert!(sending.call.goes_on());
        assert_eq!(sending.took(&world), Err(BADF));
        world.assert_idle();
    }
}

#[test]
fn who_has_sent_a_datagram_that_is_on_its_way() {
    let world = World::new();
    let fd = world.udp();
    world.host().plan.set("udp-send", &[Step::Later]);
    let mut sending = world.begin_send(fd, &[b"a", b"b"], 0, Some(THERE));
    let send = world.only_operation();
    world.host().complete(send, Step::Now);
    world.host().deliver(send);
    world.close(fd);
    assert!(sending.call.goes_on());
    assert_eq!(sending.took(&world), Ok(2));
}

#[test]
fn one_of_two_descriptors() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let other = world.dup(server);
    let mut reading = world.begin_read(server, 4);
    world.close(server);
    assert!(!reading.call.goes_on(), "the other one is open");
    world.write(client, b"ab").expect("it sends");
    assert_eq!(world.drive(&mut reading.call), Ok(()));
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    let mut reading = world.begin_read(other, 4);
    world.close(other);
    assert!(reading.call.goes_on());
    assert_eq!(reading.got(&world), Err(BADF));
}
