//! The imports of the thread layer, made from the table of calls ([`mod@coopt_abi::calls`]).
//!
//! A call that takes numbers only is used as it is. A call that takes an
//! address gets a function here that takes a pointer.

use core::ffi::c_void;

use coopt_sync::Word;

macro_rules! imports {
    ($(
        $(#[doc = $doc:literal])*
        $module:literal $name:literal: $safety:ident fn $own:ident($($param:ident: $ty:ty),* $(,)?)
            $(-> $result:ty)? = $way:ident($($function:ident),*) $($placed:ident)?;
    )*) => {
        /// The calls, with addresses as numbers.
        mod raw {
            $(
                #[link(wasm_import_module = $module)]
                #[allow(dead_code, reason = "the thread layer uses some of the calls")]
                unsafe extern "C" {
                    $(#[doc = $doc])*
                    #[link_name = $name]
                    pub $safety fn $own($($param: $ty),*) $(-> $result)?;
                }
            )*
        }
    };
}

coopt_abi::calls!(imports);

pub use raw::{
    clock_monotonic, sleep_until, thread_exit, thread_preempt, thread_set_priority, thread_wake,
    thread_yield, thread_yield_to_host,
};

/// WASI's number of the time of day (`__WASI_CLOCKID_REALTIME`).
pub const CLOCKID_REALTIME: u32 = 0;

/// An address as a call takes it. The provenance is exposed, so that the
/// compiler takes into account what a call writes there.
fn address<T>(pointer: *const T) -> u32 {
    pointer.expose_provenance() as u32
}

/// Where the calling thread's stack begins, and how many bytes it has.
pub fn stack_bounds(low: *const u8, size: usize) {
    raw::stack_bounds(address(low), size as u32);
}

/// # Safety
/// The thread's entry makes of `start_arg` what the caller meant by it.
pub unsafe fn thread_spawn(start_arg: *const c_void) -> i32 {
    // SAFETY: as the caller promises.
    unsafe { raw::thread_spawn(address(start_arg)) }
}

/// # Safety
/// `name` is valid for reads of `len` bytes.
pub unsafe fn thread_set_name(tid: u32, name: *const u8, len: usize) -> i32 {
    // SAFETY: as the caller promises.
    unsafe { raw::thread_set_name(tid, address(name), len as u32) }
}

pub fn futex_wait(word: &Word, expected: u32, kind: u32, owner: u32, deadline: i64) -> u32 {
    // SAFETY: the call reads a word that is there.
    unsafe { raw::futex_wait(address(word), expected, kind, owner, deadline) }
}

/// `word` is an address, where there need not be a word.
pub fn futex_priority(word: *const Word) -> i32 {
    raw::futex_priority(word.addr() as u32)
}

pub fn futex_wake(word: &Word, count: u32) -> u32 {
    raw::futex_wake(address(word), count)
}

pub fn futex_handoff(word: &Word) -> u32 {
    raw::futex_handoff(address(word))
}

pub fn futex_requeue(from: &Word, to: &Word, wake: u32, requeue: u32) -> u32 {
    raw::futex_requeue(address(from), address(to), wake, requeue)
}

/// Writes what `clock` shows, in nanoseconds, to `time`; returns an errno.
///
/// # Safety
/// `time` is valid for a write.
pub unsafe fn clock_time_get(clock: u32, precision: u64, time: *mut u64) -> u32 {
    // SAFETY: as the caller promises.
    unsafe { raw::clock_time_get(clock, precision, address(time)) }.cast_unsigned()
}
