//! Interruptions of calls that wait.

use super::{AGAIN, INTR, ISCONN, PORT, WAIT_ALL};
use crate::host::{Address, Step};
use crate::world::World;

const THERE: Address = Address::local(PORT);

#[test]
fn who_waits_for_a_connection() {
    let world = World::new();
    let listener = world.listener();
    let mut accepting: Vec<_> = (0..3).map(|_| world.begin_accept(listener)).collect();
    for index in [1, 0] {
        assert!(world.interrupt(&mut accepting[index].call));
        assert_eq!(accepting[index].fd(&world), Err(INTR));
    }
    assert!(!accepting[2].call.goes_on());
    assert_eq!(world.connect(world.tcp(), THERE), Ok(()));
    world.host_goes_on();
    assert!(accepting[2].call.goes_on(), "nothing is lost");
    assert!(accepting[2].fd(&world).is_ok());
}

#[test]
fn who_waits_to_receive() {
    for moved in [0, 2] {
        let world = World::new();
        let [_, client, server] = world.connection();
        let mut reading = world.begin_read(server, 4);
        world.write(client, b"abc").expect("it sends");
        world.host().moves_on_cancel.set(moved);
        assert!(world.interrupt(&mut reading.call));
        let expected = if moved == 0 {
            Err(INTR)
        } else {
            Ok(b"ab".to_vec())
        };
        assert_eq!(reading.got(&world), expected);
        world.assert_idle();
        let rest = world.read(server, 4);
        assert_eq!(rest, Ok(b"abc"[moved as usize..].to_vec()));
    }
}

#[test]
fn who_waits_to_receive_into_several_buffers() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut receiving = world.begin_recv_into(server, &[2, 2], 0);
    assert!(world.interrupt(&mut receiving.reading.call));
    assert_eq!(receiving.got(&world), Err(INTR));
    world.write(client, b"abc").expect("it sends");
    world.host_goes_on();
    receiving.reading.assert_untouched(&world);
    assert_eq!(world.read(server, 4), Ok(b"abc".to_vec()));
}

#[test]
fn who_waits_for_all_returns_what_has_come() {
    let world = World::new();
    let [_, client, server] = world.connection();
    let mut receiving = world.begin_recv(server, 4, WAIT_ALL);
    world.write(client, b"ab").expect("it sends");
    world.host_goes_on();
    assert!(!receiving.reading.call.goes_on());
    assert!(world.interrupt(&mut receiving.reading.call));
    assert_eq!(receiving.got(&world), Ok((b"ab".to_vec(), false)));
    world.assert_idle();
}

#[test]
fn who_waits_to_send() {
    for moved in [0, 1] {
        let world = World::new();
        let [_, client, server] = world.connection();
        world.capacity(0);
        let mut sending: Vec<_> = (0..3).map(|_| world.begin_write(client, b"ab")).collect();
        assert!(world.interrupt(&mut sending[1].call));
        assert_eq!(sending[1].took(&world), Err(INTR));
        world.capacity(moved as usize);
        world.host().moves_on_cancel.set(moved);
        assert!(world.interrupt(&mut sending[0].call));
        let expected = if moved == 0 { Err(INTR) } else { Ok(moved) };
        assert_eq!(sending[0].took(&world), expected);
        world.capacity(9);
        assert_eq!(world.drive(&mut sending[2].call), Ok(()));
        let got = world.read(server, 4);
        assert_eq!(got, Ok([&b"ab"[..moved as usize], b"ab"].concat()));
    }
}

#[test]
fn who_has_sent_some_returns_how_much() {
    let world = World::new();
    let [_, client, _] = world.connection();
    world.capacity(2);
    let mut writing = world.begin_write(client, b"abcd");
    assert!(!writing.call.has_ended());
    assert!(world.interrupt(&mut writing.call));
    assert_eq!(writing.took(&world), Ok(2));
    world.assert_idle();
}

#[test]
fn a_connection_goes_on_being_made() {
    let world = World::new();
    let listener = world.listener();
    let fd = world.tcp();
    world.host().plan.set("tcp-connect", &[Step::Later]);
    let mut call = world.begin_connect(fd, THERE);
    assert!(world.interrupt(&mut call));
    assert_eq!(call.ended(), Err(INTR));
    let mut again = world.begin_connect(fd, THERE);
    assert!(world.interrupt(&mut again));
    assert_eq!(again.ended(), Err(INTR));
    let mut writing = world.begin_write(fd, b"ab");
    assert!(world.interrupt(&mut writing.call));
    assert_eq!(writing.took(&world), Err(INTR));
    world.host_goes_on();
    assert_eq!(world.connect(fd, THERE), Ok(()));
    assert_eq!(world.connect(fd, THERE), Err(ISCONN));
    assert!(world.accept(listener).is_ok());
}

#[test]
fn who_waits_for_a_datagram() {
    let world = World::new();
    let fd = world.udp();
    assert_eq!(world.bind(fd, THERE), Ok(()));
    let mut receiving = [world.begin_recv(fd, 4, 0), world.begin_recv(fd, 4, 0)];
    assert!(world.interrupt(&mut receiving[0].reading.call));
    assert_eq!(receiving[0].got(&world), Err(INTR));
    assert_eq!(world.send_to(fd, b"ab", THERE), Ok(2));
    world.host_goes_on();
    assert!(receiving[1].reading.call.goes_on());
    assert_eq!(receiving[1].got(&world), Ok((b"ab".to_vec(), false)));
    receiving[0].reading.assert_untouched(&world);
}

#[test]
fn who_waits_to_send_a_datagram() {
    for returns in [false, true] {
        for step in [Step::Later, Step::LaterStart] {
            let world = World::new();
            let fd = world.udp();
            world.host().plan.set("udp-send", &[step]);
            let mut sending = world.begin_send(fd, &[b"a", b"b"], 0, Some(THERE));
            world.host().returns_on_cancel.set(returns);
            assert!(world.interrupt(&mut sending.call));
            assert!([Err(INTR), Ok(2)].contains(&sending.took(&world)));
            world.assert_idle();
        }
    }
}

#[test]
fn an_interruption_of_a_call_that_would_end_at_once() {
    let world = World::new();
    let [_, client, server] = world.connection();
    world.write(client, b"ab").expect("it sends");
    world.flag().set(true);
    let reading = world.begin_read(server, 4);
    world.flag().set(false);
    assert_eq!(reading.got(&world), Ok(b"ab".to_vec()));
    assert_eq!(world.recv(server, 0, 8), Ok(vec![]));
    let mut receiving = world.begin_recv(server, 4, 8);
    assert!(receiving.reading.call.poll());
    assert_eq!(receiving.got(&world), Err(AGAIN));
}
