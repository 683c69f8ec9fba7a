//! What is done with the descriptor of a file or a directory.

use coopt_wasi::{Span, Times};

use crate::preview1::begin;
use crate::wasi::wasi;

/// preview1's `fd_advise`
#[unsafe(no_mangle)]
pub extern "C" fn fd_advise(fd: u32, offset: u64, len: u64, advice: u32) -> u32 {
    begin(wasi().fd_advise(fd, offset, len, advice))
}

/// preview1's `fd_allocate`
#[unsafe(no_mangle)]
pub extern "C" fn fd_allocate(fd: u32, offset: u64, len: u64) -> u32 {
    begin(wasi().fd_allocate(fd, offset, len))
}

/// preview1's `fd_datasync`
#[unsafe(no_mangle)]
pub extern "C" fn fd_datasync(fd: u32) -> u32 {
    begin(wasi().fd_datasync(fd))
}

/// preview1's `fd_sync`
#[unsafe(no_mangle)]
pub extern "C" fn fd_sync(fd: u32) -> u32 {
    begin(wasi().fd_sync(fd))
}

/// preview1's `fd_filestat_get`
#[unsafe(no_mangle)]
pub extern "C" fn fd_filestat_get(fd: u32, to: u32) -> u32 {
    begin(wasi().fd_filestat_get(fd, to))
}

/// preview1's `fd_filestat_set_size`
#[unsafe(no_mangle)]
pub extern "C" fn fd_filestat_set_size(fd: u32, size: u64) -> u32 {
    begin(wasi().fd_filestat_set_size(fd, size))
}

/// preview1's `fd_filestat_set_times`
#[unsafe(no_mangle)]
pub extern "C" fn fd_filestat_set_times(
    fd: u32,
    access: u64,
    modification: u64,
    flags: u32,
) -> u32 {
    let times = Times {
        access,
        modification,
        flags,
    };
    begin(wasi().fd_filestat_set_times(fd, times))
}

/// preview1's `fd_readdir`
#[unsafe(no_mangle)]
pub extern "C" fn fd_readdir(fd: u32, to: u32, len: u32, cookie: u64, used_at: u32) -> u32 {
    begin(wasi().fd_readdir(fd, Span::new(to, len), cookie, used_at))
}
