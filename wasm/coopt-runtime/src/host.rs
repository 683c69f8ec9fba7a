//! What the runtime itself imports: built-ins that do not switch threads, the clock that threads
//! wait by, the exit, and what coopt-build knows.

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
    /// `subtask.cancel`, which ends when the subtask has ended.
    #[link_name = "[subtask-cancel]"]
    pub safe fn subtask_cancel(subtask: u32) -> u32;
    /// `subtask.drop`
    #[link_name = "[subtask-drop]"]
    pub safe fn subtask_drop(subtask: u32);
}

#[link(wasm_import_module = "wasi:clocks/monotonic-clock@0.3.0")]
unsafe extern "C" {
    /// Nanoseconds on the monotonic clock.
    pub safe fn now() -> u64;
    /// Begins a wait. Returns the subtask's status.
    #[link_name = "[async-lower]wait-until"]
    pub safe fn wait_until_start(mark: u64) -> u32;
}

#[link(wasm_import_module = "wasi:cli/exit@0.3.0")]
unsafe extern "C" {
    /// Ends the program.
    #[link_name = "exit-with-code"]
    safe fn exit_with_code(code: u32);
}

/// Ends the program with a code; only the low eight bits count.
pub fn exit(code: u32) -> ! {
    exit_with_code(code & 0xff);
    // The host never returns from an exit.
    core::arch::wasm32::unreachable()
}
