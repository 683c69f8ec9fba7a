//! The rows of the extension of WASI preview 1 by sockets, as WAMR and its users have it.

/// Adds these rows to `$ours`, and hands all to the macro `$with`: see [`calls!`](crate::calls!).
///
/// A call returns an errno. Addresses are records: a word with the family, 0 or 1, and behind it
/// the address and the port, in the order of the machine.
#[macro_export]
macro_rules! socket_calls {
    ($with:ident { $($ours:tt)* }) => {
        $with! {
            $($ours)*

            /// Opens a socket. The pool of addresses is for other hosts.
            "wasi_snapshot_preview1" "sock_open": unsafe fn sock_open(
                pool: u32, family: u32, kind: u32, opened: u32
            ) -> i32
                = direct(sock_open);

            /// Binds a socket.
            "wasi_snapshot_preview1" "sock_bind": unsafe fn sock_bind(fd: u32, address: u32) -> i32
                = direct(sock_bind);

            /// Lets connections come in at a socket.
            "wasi_snapshot_preview1" "sock_listen": safe fn sock_listen(
                fd: u32, backlog: u32
            ) -> i32
                = direct(sock_listen);

            /// Connects a socket.
            "wasi_snapshot_preview1" "sock_connect": unsafe fn sock_connect(
                fd: u32, address: u32
            ) -> i32
                = begins(sock_connect);

            /// Receives from a socket, and writes who sent.
            "wasi_snapshot_preview1" "sock_recv_from": unsafe fn sock_recv_from(
                fd: u32, buffers: u32, count: u32, flags: u32, from: u32, received: u32
            ) -> i32
                = begins(sock_recv_from);

            /// Sends to an address.
            "wasi_snapshot_preview1" "sock_send_to": unsafe fn sock_send_to(
                fd: u32, buffers: u32, count: u32, flags: u32, to: u32, sent: u32
            ) -> i32
                = begins(sock_send_to);

            /// As `fd_close`.
            "wasi_snapshot_preview1" "sock_close": safe fn sock_close(fd: u32) -> i32
                = direct(fd_close);

            /// Writes the address that a socket is bound to.
            "wasi_snapshot_preview1" "sock_addr_local": unsafe fn sock_addr_local(
                fd: u32, address: u32
            ) -> i32
                = direct(sock_addr_local);

            /// Writes the address that a socket is connected to.
            "wasi_snapshot_preview1" "sock_addr_remote": unsafe fn sock_addr_remote(
                fd: u32, address: u32
            ) -> i32
                = direct(sock_addr_remote);

            /// Writes the addresses behind a name.
            "wasi_snapshot_preview1" "sock_addr_resolve": unsafe fn sock_addr_resolve(
                name: u32, service: u32, hints: u32, infos: u32, count: u32, found: u32
            ) -> i32
                = begins(sock_addr_resolve);

            /// Writes the size of a socket's receive buffer.
            "wasi_snapshot_preview1" "sock_get_recv_buf_size": unsafe fn sock_get_recv_buf_size(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_recv_buf_size);

            /// Sets the size of a socket's receive buffer.
            "wasi_snapshot_preview1" "sock_set_recv_buf_size": safe fn sock_set_recv_buf_size(
                fd: u32, size: u32
            ) -> i32
                = direct(sock_set_recv_buf_size);

            /// Writes the size of a socket's send buffer.
            "wasi_snapshot_preview1" "sock_get_send_buf_size": unsafe fn sock_get_send_buf_size(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_send_buf_size);

            /// Sets the size of a socket's send buffer.
            "wasi_snapshot_preview1" "sock_set_send_buf_size": safe fn sock_set_send_buf_size(
                fd: u32, size: u32
            ) -> i32
                = direct(sock_set_send_buf_size);

            /// Writes how long receiving waits at most, in microseconds.
            "wasi_snapshot_preview1" "sock_get_recv_timeout": unsafe fn sock_get_recv_timeout(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_recv_timeout);

            /// Sets how long receiving waits at most, in microseconds.
            "wasi_snapshot_preview1" "sock_set_recv_timeout": safe fn sock_set_recv_timeout(
                fd: u32, timeout: u64
            ) -> i32
                = direct(sock_set_recv_timeout);

            /// Writes how long sending waits at most, in microseconds.
            "wasi_snapshot_preview1" "sock_get_send_timeout": unsafe fn sock_get_send_timeout(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_send_timeout);

            /// Sets how long sending waits at most, in microseconds.
            "wasi_snapshot_preview1" "sock_set_send_timeout": safe fn sock_set_send_timeout(
                fd: u32, timeout: u64
            ) -> i32
                = direct(sock_set_send_timeout);

            /// Writes whether a local address may be used again.
            "wasi_snapshot_preview1" "sock_get_reuse_addr": unsafe fn sock_get_reuse_addr(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_reuse_addr);

            /// Sets whether a local address may be used again.
            "wasi_snapshot_preview1" "sock_set_reuse_addr": safe fn sock_set_reuse_addr(
                fd: u32, is_on: u32
            ) -> i32
                = direct(sock_set_reuse_addr);

            /// Writes whether sockets may share a port.
            "wasi_snapshot_preview1" "sock_get_reuse_port": unsafe fn sock_get_reuse_port(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_reuse_port);

            /// Sets whether sockets may share a port.
            "wasi_snapshot_preview1" "sock_set_reuse_port": safe fn sock_set_reuse_port(
                fd: u32, is_on: u32
            ) -> i32
                = direct(sock_set_reuse_port);

            /// Writes whether a silent connection is kept alive.
            "wasi_snapshot_preview1" "sock_get_keep_alive": unsafe fn sock_get_keep_alive(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_keep_alive);

            /// Sets whether a silent connection is kept alive.
            "wasi_snapshot_preview1" "sock_set_keep_alive": safe fn sock_set_keep_alive(
                fd: u32, is_on: u32
            ) -> i32
                = direct(sock_set_keep_alive);

            /// Writes whether a close waits, and how many seconds.
            "wasi_snapshot_preview1" "sock_get_linger": unsafe fn sock_get_linger(
                fd: u32, is_on: u32, time: u32
            ) -> i32
                = direct(sock_get_linger);

            /// Sets whether a close waits, and how many seconds.
            "wasi_snapshot_preview1" "sock_set_linger": safe fn sock_set_linger(
                fd: u32, is_on: u32, time: u32
            ) -> i32
                = direct(sock_set_linger);

            /// Writes whether a socket may send to all.
            "wasi_snapshot_preview1" "sock_get_broadcast": unsafe fn sock_get_broadcast(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_broadcast);

            /// Sets whether a socket may send to all.
            "wasi_snapshot_preview1" "sock_set_broadcast": safe fn sock_set_broadcast(
                fd: u32, is_on: u32
            ) -> i32
                = direct(sock_set_broadcast);

            /// Writes whether small segments are sent at once.
            "wasi_snapshot_preview1" "sock_get_tcp_no_delay": unsafe fn sock_get_tcp_no_delay(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_tcp_no_delay);

            /// Sets whether small segments are sent at once.
            "wasi_snapshot_preview1" "sock_set_tcp_no_delay": safe fn sock_set_tcp_no_delay(
                fd: u32, is_on: u32
            ) -> i32
                = direct(sock_set_tcp_no_delay);

            /// Writes whether segments are acknowledged at once.
            "wasi_snapshot_preview1" "sock_get_tcp_quick_ack": unsafe fn sock_get_tcp_quick_ack(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_tcp_quick_ack);

            /// Sets whether segments are acknowledged at once.
            "wasi_snapshot_preview1" "sock_set_tcp_quick_ack": safe fn sock_set_tcp_quick_ack(
                fd: u32, is_on: u32
            ) -> i32
                = direct(sock_set_tcp_quick_ack);

            /// Writes after how many silent seconds a connection is kept alive.
            "wasi_snapshot_preview1" "sock_get_tcp_keep_idle": unsafe fn sock_get_tcp_keep_idle(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_tcp_keep_idle);

            /// Sets after how many silent seconds a connection is kept alive.
            "wasi_snapshot_preview1" "sock_set_tcp_keep_idle": safe fn sock_set_tcp_keep_idle(
                fd: u32, time: u32
            ) -> i32
                = direct(sock_set_tcp_keep_idle);

            /// Writes how many seconds lie between probes of a connection.
            "wasi_snapshot_preview1" "sock_get_tcp_keep_intvl": unsafe fn sock_get_tcp_keep_intvl(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_tcp_keep_intvl);

            /// Sets how many seconds lie between probes of a connection.
            "wasi_snapshot_preview1" "sock_set_tcp_keep_intvl": safe fn sock_set_tcp_keep_intvl(
                fd: u32, time: u32
            ) -> i32
                = direct(sock_set_tcp_keep_intvl);

            /// Writes whether data goes with the first segment.
            "wasi_snapshot_preview1" "sock_get_tcp_fastopen_connect": unsafe fn sock_get_tcp_fastopen_connect(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_tcp_fastopen_connect);

            /// Sets whether data goes with the first segment.
            "wasi_snapshot_preview1" "sock_set_tcp_fastopen_connect": safe fn sock_set_tcp_fastopen_connect(
                fd: u32, is_on: u32
            ) -> i32
                = direct(sock_set_tcp_fastopen_connect);

            /// Writes how many hops a packet may take.
            "wasi_snapshot_preview1" "sock_get_ip_ttl": unsafe fn sock_get_ip_ttl(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_ip_ttl);

            /// Sets how many hops a packet may take.
            "wasi_snapshot_preview1" "sock_set_ip_ttl": safe fn sock_set_ip_ttl(
                fd: u32, limit: u32
            ) -> i32
                = direct(sock_set_ip_ttl);

            /// Writes whether a socket of version 6 is for that version only.
            "wasi_snapshot_preview1" "sock_get_ipv6_only": unsafe fn sock_get_ipv6_only(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_ipv6_only);

            /// Sets whether a socket of version 6 is for that version only.
            "wasi_snapshot_preview1" "sock_set_ipv6_only": safe fn sock_set_ipv6_only(
                fd: u32, is_on: u32
            ) -> i32
                = direct(sock_set_ipv6_only);

            /// Writes whether packets to a group come back.
            "wasi_snapshot_preview1" "sock_get_ip_multicast_loop": unsafe fn sock_get_ip_multicast_loop(
                fd: u32, v6: u32, is_on: u32
            ) -> i32
                = direct(sock_get_ip_multicast_loop);

            /// Sets whether packets to a group come back.
            "wasi_snapshot_preview1" "sock_set_ip_multicast_loop": safe fn sock_set_ip_multicast_loop(
                fd: u32, v6: u32, is_on: u32
            ) -> i32
                = direct(sock_set_ip_multicast_loop);

            /// Writes how many hops a packet to a group may take.
            "wasi_snapshot_preview1" "sock_get_ip_multicast_ttl": unsafe fn sock_get_ip_multicast_ttl(
                fd: u32, value: u32
            ) -> i32
                = direct(sock_get_ip_multicast_ttl);

            /// Sets how many hops a packet to a group may take.
            "wasi_snapshot_preview1" "sock_set_ip_multicast_ttl": safe fn sock_set_ip_multicast_ttl(
                fd: u32, limit: u32
            ) -> i32
                = direct(sock_set_ip_multicast_ttl);

            /// Joins a group.
            "wasi_snapshot_preview1" "sock_set_ip_add_membership": unsafe fn sock_set_ip_add_membership(
                fd: u32, group: u32, interface: u32
            ) -> i32
                = direct(sock_set_ip_add_membership);

            /// Leaves a group.
            "wasi_snapshot_preview1" "sock_set_ip_drop_membership": unsafe fn sock_set_ip_drop_membership(
                fd: u32, group: u32, interface: u32
            ) -> i32
                = direct(sock_set_ip_drop_membership);

            /// Writes why a connection could not be made, or 0; an errno, which is told once.
            "coopt" "socket_error": unsafe fn socket_error(fd: u32, error: u32) -> i32
                = direct(socket_error);

            /// Writes whether connections come in at a socket.
            "coopt" "socket_listens": unsafe fn socket_listens(fd: u32, listens: u32) -> i32
                = direct(socket_listens);

            /// Writes after how many probes a silent connection ends.
            "coopt" "socket_keep_count": unsafe fn socket_keep_count(fd: u32, count: u32) -> i32
                = direct(socket_keep_count);

            /// Sets after how many probes a silent connection ends.
            "coopt" "socket_set_keep_count": safe fn socket_set_keep_count(
                fd: u32, count: u32
            ) -> i32
                = direct(socket_set_keep_count);
        }
    };
}
