//! Names of threads, which reports and backtraces show.

use core::ffi::{CStr, c_char};

use coopt_abi::thread::NAME_LEN_MAX;
use coopt_threads::{calls, switch};

use crate::answer::c_functions;
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::imports;
use crate::record::{Thread, find};

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
    thread.own.name.set(stored);
    Ok(())
}

/// Calls `put` for each byte of the name, the terminating zero included.
fn get(thread: &Thread, size: usize, put: impl Fn(usize, u8)) -> Result<(), Errno> {
    let name = thread.own.name.get();
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

c_functions! {
    /// `pthread_setname_np`: `ERANGE` for more than 15 bytes.
    ///
    /// # Safety
    ///
    /// `name` ends in a zero byte.
    unsafe fn pthread_setname_np(thread: *const Thread, name: *const c_char) -> status {
        switch::begin(&Coopt, calls::ASK);
        // SAFETY: as the caller promises.
        set(find(thread)?, unsafe { CStr::from_ptr(name) })?
    }

    /// `pthread_getname_np`: `ERANGE` for a buffer that is too small.
    ///
    /// # Safety
    ///
    /// `buffer` has `size` bytes.
    unsafe fn pthread_getname_np(thread: *const Thread, buffer: *mut u8, size: usize) -> status {
        switch::begin(&Coopt, calls::ASK);
        get(find(thread)?, size, |at, byte| {
            let place = buffer.wrapping_add(at);
            // SAFETY: `get` stays below `size`.
            unsafe { place.write(byte) };
        })?
    }
}
