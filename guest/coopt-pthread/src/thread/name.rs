//! Names of threads, which reports and backtraces show.

use core::cell::Cell;
use core::ffi::{CStr, c_char, c_int};

use coopt_abi::thread::NAME_LEN_MAX;

use crate::errno::{Errno, status};
use crate::imports;
use crate::thread::record::Thread;

/// A name with its terminating zero.
pub struct Name(Cell<[u8; NAME_LEN_MAX + 1]>);

impl Name {
    /// No name.
    pub const fn new() -> Self {
        Self(Cell::new([0; NAME_LEN_MAX + 1]))
    }
}

fn set(thread: &Thread, name: &CStr) -> Result<(), Errno> {
    let bytes = name.to_bytes();
    if bytes.len() > NAME_LEN_MAX {
        return Err(Errno::RANGE);
    }
    let id = thread.id.get().ok_or(Errno::SRCH)?;
    // SAFETY: the name is as long as it says.
    let answer = unsafe { imports::thread_set_name(id.get(), bytes.as_ptr(), bytes.len()) };
    Errno::check(answer)?;
    let mut stored = [0; NAME_LEN_MAX + 1];
    for (to, from) in stored.iter_mut().zip(bytes) {
        *to = *from;
    }
    thread.name.0.set(stored);
    Ok(())
}

/// Calls `put` for each byte of the name, the terminating zero included.
fn get(thread: &Thread, size: usize, put: impl Fn(usize, u8)) -> Result<(), Errno> {
    let name = thread.name.0.get();
    let len = name
        .iter()
        .position(|&byte| byte == 0)
        .unwrap_or(NAME_LEN_MAX);
    if size <= len {
        return Err(Errno::RANGE);
    }
    for (at, &byte) in name.iter().take(len + 1).enumerate() {
        put(at, byte);
    }
    Ok(())
}

/// `pthread_setname_np`: `ERANGE` for more than 15 bytes.
///
/// # Safety
///
/// `name` ends in a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pthread_setname_np(thread: *const Thread, name: *const c_char) -> c_int {
    // SAFETY: as the caller promises.
    let name = unsafe { CStr::from_ptr(name) };
    status(Thread::find(thread).and_then(|thread| set(thread, name)))
}

/// `pthread_getname_np`: `ERANGE` for a buffer that is too small.
///
/// # Safety
///
/// `buffer` has `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pthread_getname_np(
    thread: *const Thread,
    buffer: *mut u8,
    size: usize,
) -> c_int {
    let put = |at: usize, byte: u8| {
        let place = buffer.wrapping_add(at);
        // SAFETY: `get` stays below `size`.
        unsafe { place.write(byte) };
    };
    status(Thread::find(thread).and_then(|thread| get(thread, size, put)))
}
