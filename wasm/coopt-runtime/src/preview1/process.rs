//! What a program is given, and its clocks.

use coopt_wasi::{Errno, Span};

use crate::host;
use crate::wasi::wasi;

/// preview1's `args_sizes_get`
#[unsafe(no_mangle)]
pub extern "C" fn args_sizes_get(count_at: u32, size_at: u32) -> i32 {
    Errno::of(wasi().args_sizes_get(count_at, size_at))
}

/// preview1's `args_get`
#[unsafe(no_mangle)]
pub extern "C" fn args_get(pointers_at: u32, bytes_at: u32) -> i32 {
    Errno::of(wasi().args_get(pointers_at, bytes_at))
}

/// preview1's `environ_sizes_get`
#[unsafe(no_mangle)]
pub extern "C" fn environ_sizes_get(count_at: u32, size_at: u32) -> i32 {
    Errno::of(wasi().environ_sizes_get(count_at, size_at))
}

/// preview1's `environ_get`
#[unsafe(no_mangle)]
pub extern "C" fn environ_get(pointers_at: u32, bytes_at: u32) -> i32 {
    Errno::of(wasi().environ_get(pointers_at, bytes_at))
}

/// preview1's `random_get`
#[unsafe(no_mangle)]
pub extern "C" fn random_get(to: u32, len: u32) -> i32 {
    Errno::of(wasi().random_get(Span::new(to, len)))
}

/// preview1's `clock_res_get`
#[unsafe(no_mangle)]
pub extern "C" fn clock_res_get(id: u32, to: u32) -> i32 {
    Errno::of(wasi().clock_res_get(id, to))
}

/// preview1's `clock_time_get`. Deadlines are on the same monotonic clock.
#[unsafe(no_mangle)]
pub extern "C" fn clock_time_get(id: u32, _precision: u64, to: u32) -> i32 {
    Errno::of(wasi().clock_time_get(id, to))
}

/// preview1's `proc_exit`
#[unsafe(no_mangle)]
pub extern "C" fn proc_exit(code: u32) -> ! {
    host::exit(code)
}

/// preview1's `proc_raise`, which no host has had: a C library raises signals itself.
#[unsafe(no_mangle)]
pub extern "C" fn proc_raise(_signal: u32) -> i32 {
    Errno::of(Err(Errno::NOSYS))
}
