//! The options of sockets.

use coopt_wasi::Errno;

use crate::wasi::wasi;

/// Options that the host has, or that are remembered.
macro_rules! options {
    ($($get:ident, $set:ident($value:ident: $ty:ty) = $passed:expr;)*) => {$(
        /// The call of the extension with this name.
        #[unsafe(no_mangle)]
        pub extern "C" fn $get(fd: u32, to: u32) -> i32 {
            Errno::of(wasi().$get(fd, to))
        }

        /// The call of the extension with this name.
        #[unsafe(no_mangle)]
        pub extern "C" fn $set(fd: u32, $value: $ty) -> i32 {
            Errno::of(wasi().$set(fd, $passed))
        }
    )*};
}

options! {
    sock_get_recv_buf_size, sock_set_recv_buf_size(value: u32) = value;
    sock_get_send_buf_size, sock_set_send_buf_size(value: u32) = value;
    sock_get_recv_timeout, sock_set_recv_timeout(timeout: u64) = timeout;
    sock_get_send_timeout, sock_set_send_timeout(timeout: u64) = timeout;
    sock_get_reuse_addr, sock_set_reuse_addr(is_on: u32) = is_on != 0;
    sock_get_keep_alive, sock_set_keep_alive(is_on: u32) = is_on != 0;
    sock_get_tcp_no_delay, sock_set_tcp_no_delay(is_on: u32) = is_on != 0;
    sock_get_tcp_keep_idle, sock_set_tcp_keep_idle(value: u32) = value;
    sock_get_tcp_keep_intvl, sock_set_tcp_keep_intvl(value: u32) = value;
    sock_get_ip_ttl, sock_set_ip_ttl(value: u32) = value;
}

/// Options that are what they are.
macro_rules! fixed {
    ($($get:ident, $set:ident = $is_on:expr;)*) => {$(
        /// The call of the extension with this name.
        #[unsafe(no_mangle)]
        pub extern "C" fn $get(fd: u32, to: u32) -> i32 {
            Errno::of(wasi().sock_get_fixed(fd, to, $is_on))
        }

        /// The call of the extension with this name.
        #[unsafe(no_mangle)]
        pub extern "C" fn $set(fd: u32, is_on: u32) -> i32 {
            Errno::of(wasi().sock_set_fixed(fd, (is_on != 0) == $is_on))
        }
    )*};
}

fixed! {
    sock_get_reuse_port, sock_set_reuse_port = false;
    sock_get_broadcast, sock_set_broadcast = false;
    sock_get_tcp_quick_ack, sock_set_tcp_quick_ack = true;
    sock_get_tcp_fastopen_connect, sock_set_tcp_fastopen_connect = false;
    sock_get_ipv6_only, sock_set_ipv6_only = true;
}

/// The extension's `sock_get_linger`
#[unsafe(no_mangle)]
pub extern "C" fn sock_get_linger(fd: u32, is_on_at: u32, time_at: u32) -> i32 {
    Errno::of(wasi().sock_get_linger(fd, is_on_at, time_at))
}

/// The extension's `sock_set_linger`
#[unsafe(no_mangle)]
pub extern "C" fn sock_set_linger(fd: u32, is_on: u32, _time: u32) -> i32 {
    Errno::of(wasi().sock_set_fixed(fd, is_on == 0))
}

/// The extension's `sock_get_ip_multicast_loop`
#[unsafe(no_mangle)]
pub extern "C" fn sock_get_ip_multicast_loop(fd: u32, _v6: u32, _to: u32) -> i32 {
    Errno::of(wasi().sock_set_fixed(fd, false))
}

/// The extension's `sock_set_ip_multicast_loop`
#[unsafe(no_mangle)]
pub extern "C" fn sock_set_ip_multicast_loop(fd: u32, _v6: u32, _is_on: u32) -> i32 {
    Errno::of(wasi().sock_set_fixed(fd, false))
}

/// The extension's `sock_get_ip_multicast_ttl`
#[unsafe(no_mangle)]
pub extern "C" fn sock_get_ip_multicast_ttl(fd: u32, _to: u32) -> i32 {
    Errno::of(wasi().sock_set_fixed(fd, false))
}

/// The extension's `sock_set_ip_multicast_ttl`
#[unsafe(no_mangle)]
pub extern "C" fn sock_set_ip_multicast_ttl(fd: u32, _limit: u32) -> i32 {
    Errno::of(wasi().sock_set_fixed(fd, false))
}

/// The extension's `sock_set_ip_add_membership`
#[unsafe(no_mangle)]
pub extern "C" fn sock_set_ip_add_membership(fd: u32, _group: u32, _interface: u32) -> i32 {
    Errno::of(wasi().sock_set_fixed(fd, false))
}

/// The extension's `sock_set_ip_drop_membership`
#[unsafe(no_mangle)]
pub extern "C" fn sock_set_ip_drop_membership(fd: u32, _group: u32, _interface: u32) -> i32 {
    Errno::of(wasi().sock_set_fixed(fd, false))
}

/// `SO_ERROR`
#[unsafe(no_mangle)]
pub extern "C" fn socket_error(fd: u32, to: u32) -> i32 {
    Errno::of(wasi().sock_get_error(fd, to))
}

/// `SO_ACCEPTCONN`
#[unsafe(no_mangle)]
pub extern "C" fn socket_listens(fd: u32, to: u32) -> i32 {
    Errno::of(wasi().sock_is_listening(fd, to))
}

/// `TCP_KEEPCNT`
#[unsafe(no_mangle)]
pub extern "C" fn socket_keep_count(fd: u32, to: u32) -> i32 {
    Errno::of(wasi().sock_get_keep_count(fd, to))
}

/// Sets `TCP_KEEPCNT`.
#[unsafe(no_mangle)]
pub extern "C" fn socket_set_keep_count(fd: u32, count: u32) -> i32 {
    Errno::of(wasi().sock_set_keep_count(fd, count))
}
