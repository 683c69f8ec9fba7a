//! Options.

use coopt_wasi::{Errno, Memory as _};

use super::INVAL;
use crate::host::Step;
use crate::world::World;

const NOPROTOOPT: Result<(), u16> = Err(50);

fn ended(result: Result<(), Errno>) -> Result<(), u16> {
    result.map_err(Errno::get)
}

#[test]
fn sizes() {
    let world = World::new();
    for fd in [world.tcp(), world.udp()] {
        let (wasi, to) = (world.wasi, world.room(4));
        assert_eq!(wasi.sock_set_recv_buf_size(fd, 0), Ok(()));
        assert_eq!(wasi.sock_get_recv_buf_size(fd, to), Ok(()));
        assert_eq!(world.host().load32(to), 1, "the host refuses 0");
        assert_eq!(wasi.sock_set_send_buf_size(fd, u32::MAX), Ok(()));
        assert_eq!(wasi.sock_get_send_buf_size(fd, to), Ok(()));
        assert_eq!(world.host().load32(to), i32::MAX as u32, "an int of C");
    }
}

#[test]
fn what_keeps_a_connection() {
    let world = World::new();
    let (wasi, fd, to) = (world.wasi, world.tcp(), world.room(8));
    for is_on in [true, false] {
        assert_eq!(wasi.sock_set_keep_alive(fd, is_on), Ok(()));
        assert_eq!(wasi.sock_get_keep_alive(fd, to), Ok(()));
        assert_eq!(world.host().load8(to), is_on.into());
    }
    assert_eq!(wasi.sock_set_tcp_keep_idle(fd, u32::MAX), Ok(()));
    assert_eq!(wasi.sock_get_tcp_keep_idle(fd, to), Ok(()));
    assert_eq!(world.host().load32(to), i32::MAX as u32);
    assert_eq!(wasi.sock_set_tcp_keep_intvl(fd, 3), Ok(()));
    assert_eq!(wasi.sock_get_tcp_keep_intvl(fd, to), Ok(()));
    assert_eq!(world.host().load32(to), 3);
    let sockets = &world.host().network.borrow().sockets;
    assert!(
        sockets[0]
            .options
            .contains(&("keep-interval", 3_000_000_000))
    );
}

#[test]
fn counts_and_hops() {
    let world = World::new();
    let (wasi, fd, to) = (world.wasi, world.tcp(), world.room(8));
    assert_eq!(wasi.sock_set_keep_count(fd, 9), Ok(()));
    assert_eq!(wasi.sock_get_keep_count(fd, to), Ok(()));
    assert_eq!(world.host().load32(to), 9);
    for fd in [fd, world.udp()] {
        assert_eq!(wasi.sock_set_ip_ttl(fd, 200), Ok(()));
        assert_eq!(wasi.sock_get_ip_ttl(fd, to), Ok(()));
        assert_eq!(world.host().load8(to), 200);
        for limit in [0, 256] {
            assert_eq!(ended(wasi.sock_set_ip_ttl(fd, limit)), Err(INVAL));
        }
    }
    world.host().plan.set("set-hop-limit", &[Step::Fail(1)]);
    assert_eq!(ended(wasi.sock_set_ip_ttl(fd, 7)), Err(58));
}

#[test]
fn what_is_remembered() {
    let world = World::new();
    let (wasi, fd, to) = (world.wasi, world.tcp(), world.room(8));
    assert_eq!(wasi.sock_set_reuse_addr(fd, true), Ok(()));
    assert_eq!(wasi.sock_get_reuse_addr(fd, to), Ok(()));
    assert_eq!(world.host().load8(to), 1);
    assert_eq!(wasi.sock_set_tcp_no_delay(fd, true), Ok(()));
    assert_eq!(wasi.sock_get_tcp_no_delay(fd, to), Ok(()));
    assert_eq!(world.host().load8(to), 1);
    assert_eq!(wasi.sock_set_recv_timeout(fd, 5), Ok(()));
    assert_eq!(wasi.sock_set_send_timeout(fd, 6), Ok(()));
    assert_eq!(wasi.sock_get_recv_timeout(fd, to), Ok(()));
    assert_eq!(world.host().load64(to), 5);
    assert_eq!(wasi.sock_get_send_timeout(fd, to), Ok(()));
    assert_eq!(world.host().load64(to), 6);
    let fd = world.udp();
    assert_eq!(ended(wasi.sock_set_keep_alive(fd, true)), NOPROTOOPT);
    assert_eq!(ended(wasi.sock_get_tcp_no_delay(fd, to)), NOPROTOOPT);
}

#[test]
fn whether_a_socket_listens() {
    let world = World::new();
    let to = world.room(4);
    for (fd, listens) in [(world.listener(), 1), (world.tcp(), 0), (world.udp(), 0)] {
        assert_eq!(world.wasi.sock_is_listening(fd, to), Ok(()));
        assert_eq!(world.host().load32(to), listens);
    }
}
