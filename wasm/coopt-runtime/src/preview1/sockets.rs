//! Sockets.

use coopt_wasi::{Call, Errno};

use crate::preview1::begin;
use crate::wasi::wasi;

/// preview1's `sock_accept`
#[unsafe(no_mangle)]
pub extern "C" fn sock_accept(fd: u32, _flags: u32, _fd_at: u32) -> u32 {
    begin(wasi().not_a_socket(fd).map(|()| Call::Ended))
}

/// preview1's `sock_recv`
#[unsafe(no_mangle)]
pub extern "C" fn sock_recv(
    fd: u32,
    _buffers: u32,
    _count: u32,
    _flags: u32,
    _read_at: u32,
    _flags_at: u32,
) -> u32 {
    begin(wasi().not_a_socket(fd).map(|()| Call::Ended))
}

/// preview1's `sock_send`
#[unsafe(no_mangle)]
pub extern "C" fn sock_send(
    fd: u32,
    _buffers: u32,
    _count: u32,
    _flags: u32,
    _written_at: u32,
) -> u32 {
    begin(wasi().not_a_socket(fd).map(|()| Call::Ended))
}

/// preview1's `sock_shutdown`
#[unsafe(no_mangle)]
pub extern "C" fn sock_shutdown(fd: u32, _how: u32) -> i32 {
    Errno::of(wasi().not_a_socket(fd))
}
