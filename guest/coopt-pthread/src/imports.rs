//! The functions of the import module "coopt" (see [`coopt_abi::guest`]) and
//! the one clock that WASI has and it has not.

use core::ffi::c_void;

use coopt_sync::Word;

#[link(wasm_import_module = "coopt")]
unsafe extern "C" {
    pub fn thread_spawn(start_arg: *const c_void) -> i32;
    pub safe fn thread_exit() -> !;
    pub fn thread_set_name(tid: u32, name: *const u8, len: usize) -> i32;
    pub safe fn thread_yield();
    pub safe fn thread_wake(tid: u32) -> u32;
    pub safe fn thread_set_priority(tid: u32, priority: u32) -> u32;
    pub safe fn thread_preempt();
    pub safe fn sleep_until(deadline: i64) -> u32;
    pub safe fn futex_wait(word: &Word, expected: u32, kind: u32, owner: u32, deadline: i64)
    -> u32;
    pub safe fn futex_handoff_wait(
        lock: &Word,
        word: &Word,
        expected: u32,
        kind: u32,
        owner: u32,
        deadline: i64,
    ) -> u32;
    /// There need not be a word at that address.
    pub safe fn futex_priority(word: *const Word) -> i32;
    pub safe fn futex_wake(word: &Word, count: u32) -> u32;
    pub safe fn futex_handoff(word: &Word) -> u32;
    pub safe fn futex_requeue(from: &Word, to: &Word, wake: u32, requeue: u32) -> u32;
    pub safe fn clock_monotonic() -> u64;
}

/// WASI's number of the time of day (`__WASI_CLOCKID_REALTIME`).
pub const CLOCKID_REALTIME: u32 = 0;

#[link(wasm_import_module = "wasi_snapshot_preview1")]
unsafe extern "C" {
    /// Writes nanoseconds since 1970 to `time`; returns an errno.
    pub fn clock_time_get(clock: u32, precision: u64, time: *mut u64) -> u32;
}
