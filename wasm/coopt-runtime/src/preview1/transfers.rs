//! Reads and writes.

use coopt_abi::wait::WaitKind;
use coopt_wasi::{Buffers, Transfer};

use crate::preview1::begin;
use crate::runtime::with;
use crate::wasi::wasi;

fn transfer(address: u32, count: u32, offset: Option<u64>, count_at: u32) -> Transfer {
    Transfer {
        buffers: Buffers { address, count },
        count_at,
        offset,
    }
}

/// preview1's `fd_read`
#[unsafe(no_mangle)]
pub extern "C" fn fd_read(fd: u32, buffers: u32, count: u32, read_at: u32) -> u32 {
    let begun = wasi().fd_read(fd, transfer(buffers, count, None, read_at));
    with(|runtime| runtime.begin_call(WaitKind::Input, begun))
}

/// preview1's `fd_pread`
#[unsafe(no_mangle)]
pub extern "C" fn fd_pread(fd: u32, buffers: u32, count: u32, offset: u64, read_at: u32) -> u32 {
    begin(wasi().fd_read(fd, transfer(buffers, count, Some(offset), read_at)))
}

/// preview1's `fd_write`
#[unsafe(no_mangle)]
pub extern "C" fn fd_write(fd: u32, buffers: u32, count: u32, written_at: u32) -> u32 {
    begin(wasi().fd_write(fd, transfer(buffers, count, None, written_at)))
}

/// preview1's `fd_pwrite`
#[unsafe(no_mangle)]
pub extern "C" fn fd_pwrite(
    fd: u32,
    buffers: u32,
    count: u32,
    offset: u64,
    written_at: u32,
) -> u32 {
    begin(wasi().fd_write(fd, transfer(buffers, count, Some(offset), written_at)))
}
