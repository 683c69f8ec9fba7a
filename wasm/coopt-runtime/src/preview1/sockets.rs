//! Sockets: the calls of preview 1, and those of the extension that WAMR brought.

use coopt_wasi::{Buffers, Errno, Lookup, Span, Transfer};

use crate::preview1::{begin, end};
use crate::wasi::wasi;

fn transfer(address: u32, count: u32, count_at: u32) -> Transfer {
    Transfer {
        buffers: Buffers { address, count },
        count_at,
        offset: None,
    }
}

/// The extension's `sock_open`
#[unsafe(no_mangle)]
pub extern "C" fn sock_open(_pool: u32, family: u32, kind: u32, fd_at: u32) -> i32 {
    Errno::of(wasi().sock_open(family, kind, fd_at))
}

/// The extension's `sock_bind`
#[unsafe(no_mangle)]
pub extern "C" fn sock_bind(fd: u32, address: u32) -> i32 {
    end(wasi().sock_bind(fd, address))
}

/// The extension's `sock_listen`
#[unsafe(no_mangle)]
pub extern "C" fn sock_listen(fd: u32, backlog: u32) -> i32 {
    end(wasi().sock_listen(fd, backlog))
}

/// preview1's `sock_accept`
#[unsafe(no_mangle)]
pub extern "C" fn sock_accept(fd: u32, flags: u32, fd_at: u32) -> u32 {
    begin(wasi().sock_accept(fd, flags, fd_at))
}

/// The extension's `sock_connect`
#[unsafe(no_mangle)]
pub extern "C" fn sock_connect(fd: u32, address: u32) -> u32 {
    begin(wasi().sock_connect(fd, address))
}

/// preview1's `sock_recv`
#[unsafe(no_mangle)]
pub extern "C" fn sock_recv(
    fd: u32,
    buffers: u32,
    count: u32,
    flags: u32,
    read_at: u32,
    flags_at: u32,
) -> u32 {
    begin(wasi().sock_recv(fd, transfer(buffers, count, read_at), flags, flags_at))
}

/// The extension's `sock_recv_from`
#[unsafe(no_mangle)]
pub extern "C" fn sock_recv_from(
    fd: u32,
    buffers: u32,
    count: u32,
    flags: u32,
    from_at: u32,
    read_at: u32,
) -> u32 {
    begin(wasi().sock_recv_from(fd, transfer(buffers, count, read_at), flags, from_at))
}

/// preview1's `sock_send`
#[unsafe(no_mangle)]
pub extern "C" fn sock_send(fd: u32, buffers: u32, count: u32, flags: u32, written_at: u32) -> u32 {
    begin(wasi().sock_send(fd, transfer(buffers, count, written_at), flags, None))
}

/// The extension's `sock_send_to`
#[unsafe(no_mangle)]
pub extern "C" fn sock_send_to(
    fd: u32,
    buffers: u32,
    count: u32,
    flags: u32,
    to_at: u32,
    written_at: u32,
) -> u32 {
    begin(wasi().sock_send(fd, transfer(buffers, count, written_at), flags, Some(to_at)))
}

/// preview1's `sock_shutdown`
#[unsafe(no_mangle)]
pub extern "C" fn sock_shutdown(fd: u32, how: u32) -> i32 {
    end(wasi().sock_shutdown(fd, how))
}

/// The extension's `sock_addr_local`
#[unsafe(no_mangle)]
pub extern "C" fn sock_addr_local(fd: u32, to: u32) -> i32 {
    Errno::of(wasi().sock_addr_local(fd, to))
}

/// The extension's `sock_addr_remote`
#[unsafe(no_mangle)]
pub extern "C" fn sock_addr_remote(fd: u32, to: u32) -> i32 {
    Errno::of(wasi().sock_addr_remote(fd, to))
}

/// The extension's `sock_addr_resolve`
#[unsafe(no_mangle)]
pub extern "C" fn sock_addr_resolve(
    name: u32,
    service: u32,
    hints: u32,
    infos: u32,
    count: u32,
    count_at: u32,
) -> u32 {
    begin(wasi().sock_addr_resolve(Lookup {
        name,
        service,
        hints,
        to: Span::new(infos, count),
        count_at,
    }))
}
