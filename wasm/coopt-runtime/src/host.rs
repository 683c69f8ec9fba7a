//! What the runtime imports: built-ins that do not switch threads, WASI, and
//! what coopt-build knows.
//!
//! All of them take and return plain numbers; pointers are addresses of the program.

use coopt_abi::action::EVENT_WINDOW;

use crate::program_memory;

/// Constants, filled in by coopt-build.
pub mod build {
    #[link(wasm_import_module = "build")]
    unsafe extern "C" {
        /// 1 when the component may create threads.
        pub safe fn threads() -> u32;
        /// How many threads may live at once.
        pub safe fn live_threads_max() -> u32;
        /// Where the thread start function is in the component's table.
        pub safe fn thread_start_index() -> u32;
    }
}

#[link(wasm_import_module = "$root")]
unsafe extern "C" {
    /// `thread.index`: the host's name for the calling thread.
    #[link_name = "[thread-index]"]
    pub safe fn thread_index() -> u32;
    /// `thread.new-indirect`: a new, suspended host thread.
    #[link_name = "[thread-new-indirect-v0]"]
    pub safe fn thread_new(start_function: u32, argument: u32) -> u32;
    /// `waitable-set.new`
    #[link_name = "[waitable-set-new]"]
    pub safe fn waitable_set_new() -> u32;
    /// `waitable.join`
    #[link_name = "[waitable-join]"]
    pub safe fn waitable_join(waitable: u32, set: u32);
    /// `subtask.drop`
    #[link_name = "[subtask-drop]"]
    pub safe fn subtask_drop(subtask: u32);
}

#[link(wasm_import_module = "wasi:clocks/monotonic-clock@0.3.0")]
unsafe extern "C" {
    /// Nanoseconds on the monotonic clock.
    pub safe fn now() -> u64;
    /// Begins a wait. Returns the subtask's state in the low four bits and
    /// its handle, if it has not returned yet, above.
    #[link_name = "[async-lower]wait-until"]
    pub safe fn wait_until_start(mark: u64) -> u32;
}

#[link(wasm_import_module = "wasi:cli/exit@0.3.0")]
unsafe extern "C" {
    /// Ends the program.
    #[link_name = "exit-with-code"]
    pub safe fn exit_with_code(code: u32);
}

/// Standard input.
pub mod stdin {
    #[link(wasm_import_module = "wasi:cli/stdin@0.3.0")]
    unsafe extern "C" {
        /// Stores the stream and the future of its end at `to`, an address of the program.
        #[link_name = "read-via-stream"]
        pub safe fn open(to: u32);
        /// `future.drop-readable`
        #[link_name = "[future-drop-readable-1]read-via-stream"]
        pub safe fn drop_end(end: u32);
        /// `stream.read`, asynchronous.
        #[link_name = "[async-lower][stream-read-0]read-via-stream"]
        pub safe fn read(stream: u32, to: u32, len: u32) -> u32;
    }
}

/// preview1's `CLOCK_REALTIME`.
pub const REALTIME: u32 = 0;
/// preview1's `CLOCK_MONOTONIC`.
pub const MONOTONIC: u32 = 1;

/// The preview1 calls that the official adapter implements.
pub mod preview1 {
    #[link(wasm_import_module = "wasi_snapshot_preview1")]
    unsafe extern "C" {
        pub safe fn fd_write(fd: u32, iovs: u32, iovs_len: u32, written: u32) -> u32;
        pub safe fn fd_read(fd: u32, iovs: u32, iovs_len: u32, read: u32) -> i32;
        pub safe fn fd_close(fd: u32) -> i32;
        pub safe fn fd_renumber(from: u32, to: u32) -> i32;
        pub safe fn clock_time_get(id: u32, precision: u64, time: u32) -> i32;
        pub safe fn poll_oneoff(input: u32, output: u32, count: u32, count_out: u32) -> i32;
    }
}

/// Makes the preview1 adapter take its pages of the program's memory now: later
/// the program may have grown its memory to the maximum, and the adapter would
/// trap. Asking it for the time is the cheapest call that needs them.
pub fn settle_adapter() {
    let covered = program_memory::load64(EVENT_WINDOW);
    preview1::clock_time_get(MONOTONIC, 0, EVENT_WINDOW);
    program_memory::store64(EVENT_WINDOW, covered);
}

/// Ends the program with a code; only the low eight bits count.
pub fn exit(code: u32) -> ! {
    exit_with_code(code & 0xff);
    // The host never returns from an exit.
    core::arch::wasm32::unreachable()
}
