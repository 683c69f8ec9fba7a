//! `wasi:sockets`

use coopt_wasi::{FlatAddress, Sockets};

use crate::wasi::WasiHost;

mod types {
    #[link(wasm_import_module = "wasi:sockets/types@0.3.0")]
    unsafe extern "C" {
        #[link_name = "[static]tcp-socket.create"]
        pub safe fn tcp_create(family: u32, to: u32);
        #[link_name = "[resource-drop]tcp-socket"]
        pub safe fn tcp_drop(socket: u32);
        #[link_name = "[method]tcp-socket.bind"]
        pub safe fn tcp_bind(
            socket: u32,
            a0: u32,
            a1: u32,
            a2: u32,
            a3: u32,
            a4: u32,
            a5: u32,
            a6: u32,
            a7: u32,
            a8: u32,
            a9: u32,
            a10: u32,
            a11: u32,
            to: u32,
        );
        #[link_name = "[async-lower][method]tcp-socket.connect"]
        pub safe fn tcp_connect(params: u32, to: u32) -> u32;
        #[link_name = "[method]tcp-socket.listen"]
        pub safe fn tcp_listen(socket: u32, to: u32);
        #[link_name = "[async-lower][stream-read-0][method]tcp-socket.listen"]
        pub safe fn accepted_read(stream: u32, to: u32, count: u32) -> u32;
        #[link_name = "[stream-cancel-read-0][method]tcp-socket.listen"]
        pub safe fn accepted_cancel_read(stream: u32) -> u32;
        #[link_name = "[stream-drop-readable-0][method]tcp-socket.listen"]
        pub safe fn accepted_drop(stream: u32);
        #[link_name = "[method]tcp-socket.send"]
        pub safe fn tcp_send(socket: u32, stream: u32) -> u32;
        #[link_name = "[method]tcp-socket.receive"]
        pub safe fn tcp_receive(socket: u32, to: u32);
        /// The results of all streams of sockets have one type.
        #[link_name = "[async-lower][future-read-1][method]tcp-socket.receive"]
        pub safe fn socket_result_read(future: u32, to: u32) -> u32;
        #[link_name = "[future-cancel-read-1][method]tcp-socket.receive"]
        pub safe fn socket_result_cancel(future: u32) -> u32;
        #[link_name = "[future-drop-readable-1][method]tcp-socket.receive"]
        pub safe fn socket_result_drop(future: u32);
        #[link_name = "[method]tcp-socket.get-local-address"]
        pub safe fn tcp_local_address(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.get-remote-address"]
        pub safe fn tcp_remote_address(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.set-listen-backlog-size"]
        pub safe fn tcp_set_backlog(socket: u32, value: u64, to: u32);
        #[link_name = "[method]tcp-socket.get-keep-alive-enabled"]
        pub safe fn tcp_keep_alive(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.set-keep-alive-enabled"]
        pub safe fn tcp_set_keep_alive(socket: u32, value: u32, to: u32);
        #[link_name = "[method]tcp-socket.get-keep-alive-idle-time"]
        pub safe fn tcp_keep_idle(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.set-keep-alive-idle-time"]
        pub safe fn tcp_set_keep_idle(socket: u32, value: u64, to: u32);
        #[link_name = "[method]tcp-socket.get-keep-alive-interval"]
        pub safe fn tcp_keep_interval(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.set-keep-alive-interval"]
        pub safe fn tcp_set_keep_interval(socket: u32, value: u64, to: u32);
        #[link_name = "[method]tcp-socket.get-keep-alive-count"]
        pub safe fn tcp_keep_count(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.set-keep-alive-count"]
        pub safe fn tcp_set_keep_count(socket: u32, value: u32, to: u32);
        #[link_name = "[method]tcp-socket.get-hop-limit"]
        pub safe fn tcp_hop_limit(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.set-hop-limit"]
        pub safe fn tcp_set_hop_limit(socket: u32, value: u32, to: u32);
        #[link_name = "[method]tcp-socket.get-receive-buffer-size"]
        pub safe fn tcp_receive_room(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.set-receive-buffer-size"]
        pub safe fn tcp_set_receive_room(socket: u32, value: u64, to: u32);
        #[link_name = "[method]tcp-socket.get-send-buffer-size"]
        pub safe fn tcp_send_room(socket: u32, to: u32);
        #[link_name = "[method]tcp-socket.set-send-buffer-size"]
        pub safe fn tcp_set_send_room(socket: u32, value: u64, to: u32);
        #[link_name = "[static]udp-socket.create"]
        pub safe fn udp_create(family: u32, to: u32);
        #[link_name = "[resource-drop]udp-socket"]
        pub safe fn udp_drop(socket: u32);
        #[link_name = "[method]udp-socket.bind"]
        pub safe fn udp_bind(
            socket: u32,
            a0: u32,
            a1: u32,
            a2: u32,
            a3: u32,
            a4: u32,
            a5: u32,
            a6: u32,
            a7: u32,
            a8: u32,
            a9: u32,
            a10: u32,
            a11: u32,
            to: u32,
        );
        #[link_name = "[method]udp-socket.connect"]
        pub safe fn udp_connect(
            socket: u32,
            a0: u32,
            a1: u32,
            a2: u32,
            a3: u32,
            a4: u32,
            a5: u32,
            a6: u32,
            a7: u32,
            a8: u32,
            a9: u32,
            a10: u32,
            a11: u32,
            to: u32,
        );
        #[link_name = "[method]udp-socket.disconnect"]
        pub safe fn udp_disconnect(socket: u32, to: u32);
        #[link_name = "[async-lower][method]udp-socket.send"]
        pub safe fn udp_send(params: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]udp-socket.receive"]
        pub safe fn udp_receive(socket: u32, to: u32) -> u32;
        #[link_name = "[method]udp-socket.get-local-address"]
        pub safe fn udp_local_address(socket: u32, to: u32);
        #[link_name = "[method]udp-socket.get-remote-address"]
        pub safe fn udp_remote_address(socket: u32, to: u32);
        #[link_name = "[method]udp-socket.get-unicast-hop-limit"]
        pub safe fn udp_hop_limit(socket: u32, to: u32);
        #[link_name = "[method]udp-socket.set-unicast-hop-limit"]
        pub safe fn udp_set_hop_limit(socket: u32, value: u32, to: u32);
        #[link_name = "[method]udp-socket.get-receive-buffer-size"]
        pub safe fn udp_receive_room(socket: u32, to: u32);
        #[link_name = "[method]udp-socket.set-receive-buffer-size"]
        pub safe fn udp_set_receive_room(socket: u32, value: u64, to: u32);
        #[link_name = "[method]udp-socket.get-send-buffer-size"]
        pub safe fn udp_send_room(socket: u32, to: u32);
        #[link_name = "[method]udp-socket.set-send-buffer-size"]
        pub safe fn udp_set_send_room(socket: u32, value: u64, to: u32);
    }
}

mod lookup {
    #[link(wasm_import_module = "wasi:sockets/ip-name-lookup@0.3.0")]
    unsafe extern "C" {
        #[link_name = "[async-lower]resolve-addresses"]
        pub safe fn resolve_addresses(name: u32, len: u32, to: u32) -> u32;
    }
}

/// Hands each function to its import; those of the first line take a socket and an address.
macro_rules! sockets {
    (
        addressed: $($addressed:ident),*;
        $($name:ident($($param:ident: $ty:ty),*) $(-> $result:ty)? = $from:ident;)*
    ) => {
        impl Sockets for WasiHost {
            $(fn $addressed(&self, socket: u32, address: FlatAddress, to: u32) {
                let [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11] = address;
                types::$addressed(
                    socket, a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, to,
                );
            })*
            $(fn $name(&self, $($param: $ty),*) $(-> $result)? {
                $from::$name($($param),*)
            })*
        }
    };
}

sockets! {
    addressed: tcp_bind, udp_bind, udp_connect;
    tcp_create(family: u32, to: u32) = types;
    tcp_drop(socket: u32) = types;
    tcp_connect(params: u32, to: u32) -> u32 = types;
    tcp_listen(socket: u32, to: u32) = types;
    accepted_read(stream: u32, to: u32, count: u32) -> u32 = types;
    accepted_cancel_read(stream: u32) -> u32 = types;
    accepted_drop(stream: u32) = types;
    tcp_send(socket: u32, stream: u32) -> u32 = types;
    tcp_receive(socket: u32, to: u32) = types;
    socket_result_read(future: u32, to: u32) -> u32 = types;
    socket_result_cancel(future: u32) -> u32 = types;
    socket_result_drop(future: u32) = types;
    tcp_local_address(socket: u32, to: u32) = types;
    tcp_remote_address(socket: u32, to: u32) = types;
    tcp_set_backlog(socket: u32, value: u64, to: u32) = types;
    tcp_keep_alive(socket: u32, to: u32) = types;
    tcp_set_keep_alive(socket: u32, value: u32, to: u32) = types;
    tcp_keep_idle(socket: u32, to: u32) = types;
    tcp_set_keep_idle(socket: u32, value: u64, to: u32) = types;
    tcp_keep_interval(socket: u32, to: u32) = types;
    tcp_set_keep_interval(socket: u32, value: u64, to: u32) = types;
    tcp_keep_count(socket: u32, to: u32) = types;
    tcp_set_keep_count(socket: u32, value: u32, to: u32) = types;
    tcp_hop_limit(socket: u32, to: u32) = types;
    tcp_set_hop_limit(socket: u32, value: u32, to: u32) = types;
    tcp_receive_room(socket: u32, to: u32) = types;
    tcp_set_receive_room(socket: u32, value: u64, to: u32) = types;
    tcp_send_room(socket: u32, to: u32) = types;
    tcp_set_send_room(socket: u32, value: u64, to: u32) = types;
    udp_create(family: u32, to: u32) = types;
    udp_drop(socket: u32) = types;
    udp_disconnect(socket: u32, to: u32) = types;
    udp_send(params: u32, to: u32) -> u32 = types;
    udp_receive(socket: u32, to: u32) -> u32 = types;
    udp_local_address(socket: u32, to: u32) = types;
    udp_remote_address(socket: u32, to: u32) = types;
    udp_hop_limit(socket: u32, to: u32) = types;
    udp_set_hop_limit(socket: u32, value: u32, to: u32) = types;
    udp_receive_room(socket: u32, to: u32) = types;
    udp_set_receive_room(socket: u32, value: u64, to: u32) = types;
    udp_send_room(socket: u32, to: u32) = types;
    udp_set_send_room(socket: u32, value: u64, to: u32) = types;
    resolve_addresses(name: u32, len: u32, to: u32) -> u32 = lookup;
}
