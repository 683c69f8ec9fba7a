//! Sockets, which the host of these tests has none of.

use coopt_wasi::{FlatAddress, Sockets};

use super::Script;

/// The functions, none of which is called.
macro_rules! functions {
    ($($name:ident($($ty:ty),*) $(-> $result:ty)?;)*) => {
        impl Sockets for Script {
            $(fn $name(&self, $(_: $ty),*) $(-> $result)? {
                panic!("a test of sockets brings a host that has some")
            })*
        }
    };
}

functions! {
    tcp_create(u32, u32);
    tcp_drop(u32);
    tcp_bind(u32, FlatAddress, u32);
    tcp_connect(u32, u32) -> u32;
    tcp_listen(u32, u32);
    accepted_read(u32, u32, u32) -> u32;
    accepted_cancel_read(u32) -> u32;
    accepted_drop(u32);
    tcp_send(u32, u32) -> u32;
    tcp_receive(u32, u32);
    socket_result_read(u32, u32) -> u32;
    socket_result_drop(u32);
    tcp_local_address(u32, u32);
    tcp_remote_address(u32, u32);
    tcp_set_backlog(u32, u64, u32);
    tcp_keep_alive(u32, u32);
    tcp_set_keep_alive(u32, u32, u32);
    tcp_keep_idle(u32, u32);
    tcp_set_keep_idle(u32, u64, u32);
    tcp_keep_interval(u32, u32);
    tcp_set_keep_interval(u32, u64, u32);
    tcp_keep_count(u32, u32);
    tcp_set_keep_count(u32, u32, u32);
    tcp_hop_limit(u32, u32);
    tcp_set_hop_limit(u32, u32, u32);
    tcp_receive_room(u32, u32);
    tcp_set_receive_room(u32, u64, u32);
    tcp_send_room(u32, u32);
    tcp_set_send_room(u32, u64, u32);
    udp_create(u32, u32);
    udp_drop(u32);
    udp_bind(u32, FlatAddress, u32);
    udp_connect(u32, FlatAddress, u32);
    udp_disconnect(u32, u32);
    udp_send(u32, u32) -> u32;
    udp_receive(u32, u32) -> u32;
    udp_local_address(u32, u32);
    udp_remote_address(u32, u32);
    udp_hop_limit(u32, u32);
    udp_set_hop_limit(u32, u32, u32);
    udp_receive_room(u32, u32);
    udp_set_receive_room(u32, u64, u32);
    udp_send_room(u32, u32);
    udp_set_send_room(u32, u64, u32);
    resolve_addresses(u32, u32, u32) -> u32;
}
