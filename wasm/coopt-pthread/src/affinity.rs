//! Processor affinity: GNU extensions of `sched.h` and `pthread.h`.
//!
//! A component sees one processor, number 0. Every thread runs on it. A program
//! can tell a thread to run there, and nowhere else.

use core::cell::Cell;
use core::ffi::c_int;
use core::slice;

use crate::answer::c_functions;
use crate::errno::Errno;
use crate::process;
use crate::record::{Thread, find_live};

/// The processor, in the first byte of a set.
const PROCESSOR: u8 = 1;

/// The bytes of a `cpu_set_t`, or of what `CPU_ALLOC` made: the program says
/// its size. `EINVAL` for a null or empty set.
///
/// # Safety
///
/// `set` points to `size` bytes that live for `'a`, or is null.
unsafe fn bytes<'a>(set: *const Cell<u8>, size: usize) -> Result<&'a [Cell<u8>], Errno> {
    if set.is_null() || size == 0 {
        return Err(Errno::INVAL);
    }
    // SAFETY: the caller's promise.
    Ok(unsafe { slice::from_raw_parts(set, size) })
}

/// Where a thread may run.
fn get(set: &[Cell<u8>]) {
    set.iter().for_each(|byte| byte.set(0));
    set[0].set(PROCESSOR);
}

/// `EINVAL` unless the one processor is in the set.
fn set(set: &[Cell<u8>]) -> Result<(), Errno> {
    if set[0].get() & PROCESSOR == 0 {
        return Err(Errno::INVAL);
    }
    Ok(())
}

c_functions! {
    /// `pthread_getaffinity_np`.
    ///
    /// # Safety
    ///
    /// `set` points to `size` bytes, or is null.
    unsafe fn pthread_getaffinity_np(
        thread: *const Thread,
        size: usize,
        set: *const Cell<u8>,
    ) -> status {
        find_live(thread)?;
        // SAFETY: the caller's promise.
        get(unsafe { bytes(set, size) }?);
    }

    /// `pthread_setaffinity_np`.
    ///
    /// # Safety
    ///
    /// `set` points to `size` bytes, or is null.
    unsafe fn pthread_setaffinity_np(
        thread: *const Thread,
        size: usize,
        set: *const Cell<u8>,
    ) -> status {
        find_live(thread)?;
        // SAFETY: the caller's promise.
        self::set(unsafe { bytes(set, size) }?)?
    }

    /// `sched_getaffinity`.
    ///
    /// # Safety
    ///
    /// `set` points to `size` bytes, or is null.
    unsafe fn sched_getaffinity(process: c_int, size: usize, set: *const Cell<u8>) -> minus_one {
        process::find(process)?;
        // SAFETY: the caller's promise.
        get(unsafe { bytes(set, size) }?);
    }

    /// `sched_setaffinity`.
    ///
    /// # Safety
    ///
    /// `set` points to `size` bytes, or is null.
    unsafe fn sched_setaffinity(process: c_int, size: usize, set: *const Cell<u8>) -> minus_one {
        process::find(process)?;
        // SAFETY: the caller's promise.
        self::set(unsafe { bytes(set, size) }?)?
    }

    /// `sched_getcpu`: the number of the processor that the caller runs on.
    fn sched_getcpu() -> (c_int) {
        0
    }

    /// What `CPU_COUNT` calls.
    ///
    /// # Safety
    ///
    /// `set` points to `size` bytes, or is null.
    unsafe fn __sched_cpucount(size: usize, set: *const Cell<u8>) -> (c_int) {
        // SAFETY: the caller's promise.
        let set = unsafe { bytes(set, size) }.unwrap_or_default();
        set.iter().map(|byte| byte.get().count_ones() as c_int).sum()
    }
}
