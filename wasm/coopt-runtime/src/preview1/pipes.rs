//! Pipes, and further descriptors of one object: calls of our own.

use coopt_wasi::{Errno, Ways};

use crate::preview1::end;
use crate::wasi::wasi;

/// `coopt.fd_pipe`
#[unsafe(no_mangle)]
pub extern "C" fn fd_pipe(ways: u32, fdflags: u32, fds: u32) -> i32 {
    Errno::of(match ways {
        1 => wasi().fd_pipe(Ways::One, fdflags, fds),
        2 => wasi().fd_pipe(Ways::Both, fdflags, fds),
        _ => Err(Errno::INVAL),
    })
}

/// `coopt.fd_dup`
#[unsafe(no_mangle)]
pub extern "C" fn fd_dup(fd: u32, least: u32, to: u32) -> i32 {
    Errno::of(wasi().fd_dup(fd, least, to))
}

/// `coopt.fd_dup_to`
#[unsafe(no_mangle)]
pub extern "C" fn fd_dup_to(fd: u32, to: u32) -> i32 {
    end(wasi().fd_dup_to(fd, to))
}
