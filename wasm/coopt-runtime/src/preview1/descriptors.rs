//! What is done with a descriptor of any kind.

use coopt_wasi::{Errno, Span};

use crate::preview1::{begin, end};
use crate::wasi::wasi;

/// preview1's `fd_close`
#[unsafe(no_mangle)]
pub extern "C" fn fd_close(fd: u32) -> i32 {
    end(wasi().fd_close(fd))
}

/// preview1's `fd_renumber`
#[unsafe(no_mangle)]
pub extern "C" fn fd_renumber(from: u32, to: u32) -> i32 {
    end(wasi().fd_renumber(from, to))
}

/// preview1's `fd_fdstat_get`
#[unsafe(no_mangle)]
pub extern "C" fn fd_fdstat_get(fd: u32, to: u32) -> u32 {
    begin(wasi().fd_fdstat_get(fd, to))
}

/// preview1's `fd_fdstat_set_flags`
#[unsafe(no_mangle)]
pub extern "C" fn fd_fdstat_set_flags(fd: u32, flags: u32) -> i32 {
    Errno::of(wasi().fd_fdstat_set_flags(fd, flags))
}

/// preview1's `fd_fdstat_set_rights`
#[unsafe(no_mangle)]
pub extern "C" fn fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64) -> i32 {
    Errno::of(wasi().fd_fdstat_set_rights(fd, base, inheriting))
}

/// preview1's `fd_seek`
#[unsafe(no_mangle)]
pub extern "C" fn fd_seek(fd: u32, offset: i64, whence: u32, to: u32) -> u32 {
    begin(wasi().fd_seek(fd, offset, whence, to))
}

/// preview1's `fd_tell`
#[unsafe(no_mangle)]
pub extern "C" fn fd_tell(fd: u32, to: u32) -> u32 {
    begin(wasi().fd_tell(fd, to))
}

/// preview1's `fd_prestat_get`
#[unsafe(no_mangle)]
pub extern "C" fn fd_prestat_get(fd: u32, to: u32) -> i32 {
    Errno::of(wasi().fd_prestat_get(fd, to))
}

/// preview1's `fd_prestat_dir_name`
#[unsafe(no_mangle)]
pub extern "C" fn fd_prestat_dir_name(fd: u32, to: u32, len: u32) -> i32 {
    Errno::of(wasi().fd_prestat_dir_name(fd, Span::new(to, len)))
}
