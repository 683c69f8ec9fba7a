//! Calls come to the same whichever of their operations block.

use super::PORT;
use crate::blocking::assert_same;
use crate::host::{Address, Step};
use crate::world::World;

const THERE: Address = Address::local(PORT);

#[test]
fn a_connection_from_its_beginning_to_its_end() {
    assert_same(|world: &World| {
        let [listener, client, server] = world.connection();
        let sent = world.send(client, b"abc");
        let got = [world.recv(server, 2, 0), world.recv(server, 2, 0)];
        let shut = world.shut(client, 2);
        let end = world.recv(server, 2, 0);
        world.close(client);
        let refused = world.send(server, b"abc");
        world.close(listener);
        format!("{sent:?} {got:?} {shut:?} {end:?} {refused:?}")
    });
}

#[test]
fn a_connection_that_fails() {
    assert_same(|world: &World| {
        let refused = world.connect(world.tcp(), THERE);
        let [_, client, server] = world.connection();
        world.capacity(2);
        let mut sending = world.begin_send(client, &[b"a", b"b", b"c"], 0, None);
        let got = world.recv(server, 9, 1);
        world.close(server);
        let sent = (world.drive(&mut sending.call), sending.took(world));
        let received = world.read(client, 4);
        format!("{refused:?} {got:?} {sent:?} {received:?}")
    });
}

#[test]
fn datagrams() {
    assert_same(|world: &World| {
        let (fd, other) = (world.udp(), world.udp());
        world.bind(fd, THERE).expect("it binds");
        let sent = [
            world.send_to(other, b"abc", THERE),
            world.send_to(other, b"def", THERE),
        ];
        let got = [
            world.recv_into(fd, &[1, 1], 0),
            world.recv_into(fd, &[4], 0),
        ];
        let connected = world.connect(other, THERE);
        let again = (
            world.send(other, b"x"),
            world.recv(fd, 4, 1),
            world.recv(fd, 4, 0),
        );
        world.host().plan.set("udp-receive", &[Step::Now]);
        let nothing = world.begin_recv(fd, 4, 8);
        let mut nothing = nothing.reading.call;
        nothing.poll();
        format!(
            "{sent:?} {got:?} {connected:?} {again:?} {:?}",
            nothing.ended()
        )
    });
}
