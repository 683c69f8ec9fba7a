//! `wasi:cli`: the environment and the standard streams.

use coopt_wasi::{Stdio, Surroundings};

use crate::wasi::WasiHost;

mod environment {
    #[link(wasm_import_module = "wasi:cli/environment@0.3.0")]
    unsafe extern "C" {
        #[link_name = "get-arguments"]
        pub safe fn arguments(to: u32);
        #[link_name = "get-environment"]
        pub safe fn environment(to: u32);
    }
}

mod stdin {
    #[link(wasm_import_module = "wasi:cli/stdin@0.3.0")]
    unsafe extern "C" {
        #[link_name = "read-via-stream"]
        pub safe fn open(to: u32);
        /// The results of all three streams have one type.
        #[link_name = "[async-lower][future-read-1]read-via-stream"]
        pub safe fn result_read(future: u32, to: u32) -> u32;
        #[link_name = "[future-cancel-read-1]read-via-stream"]
        pub safe fn result_cancel(future: u32) -> u32;
        #[link_name = "[future-drop-readable-1]read-via-stream"]
        pub safe fn result_drop(future: u32);
    }
}

mod stdout {
    #[link(wasm_import_module = "wasi:cli/stdout@0.3.0")]
    unsafe extern "C" {
        #[link_name = "write-via-stream"]
        pub safe fn open(stream: u32) -> u32;
    }
}

/// Standard error, to which the runtime itself writes, too.
pub mod stderr {
    #[link(wasm_import_module = "wasi:cli/stderr@0.3.0")]
    unsafe extern "C" {
        #[link_name = "[stream-new-0]write-via-stream"]
        pub safe fn stream_new() -> u64;
        /// `write-via-stream`
        #[link_name = "write-via-stream"]
        pub safe fn open(stream: u32) -> u32;
        /// `stream.write`, asynchronous.
        #[link_name = "[async-lower][stream-write-0]write-via-stream"]
        pub safe fn write(stream: u32, from: u32, len: u32) -> u32;
    }
}

mod terminals {
    #[link(wasm_import_module = "wasi:cli/terminal-stdin@0.3.0")]
    unsafe extern "C" {
        #[link_name = "get-terminal-stdin"]
        pub safe fn stdin(to: u32);
    }
    #[link(wasm_import_module = "wasi:cli/terminal-stdout@0.3.0")]
    unsafe extern "C" {
        #[link_name = "get-terminal-stdout"]
        pub safe fn stdout(to: u32);
    }
    #[link(wasm_import_module = "wasi:cli/terminal-stderr@0.3.0")]
    unsafe extern "C" {
        #[link_name = "get-terminal-stderr"]
        pub safe fn stderr(to: u32);
    }
    #[link(wasm_import_module = "wasi:cli/terminal-input@0.3.0")]
    unsafe extern "C" {
        #[link_name = "[resource-drop]terminal-input"]
        pub safe fn input_drop(terminal: u32);
    }
    #[link(wasm_import_module = "wasi:cli/terminal-output@0.3.0")]
    unsafe extern "C" {
        #[link_name = "[resource-drop]terminal-output"]
        pub safe fn output_drop(terminal: u32);
    }
}

impl Surroundings for WasiHost {
    fn arguments(&self, to: u32) {
        environment::arguments(to);
    }
    fn environment(&self, to: u32) {
        environment::environment(to);
    }
}

impl Stdio for WasiHost {
    fn stdin_open(&self, to: u32) {
        stdin::open(to);
    }
    fn stdout_open(&self, stream: u32) -> u32 {
        stdout::open(stream)
    }
    fn stderr_open(&self, stream: u32) -> u32 {
        stderr::open(stream)
    }
    fn stdio_result_read(&self, future: u32, to: u32) -> u32 {
        stdin::result_read(future, to)
    }
    fn stdio_result_cancel(&self, future: u32) -> u32 {
        stdin::result_cancel(future)
    }
    fn stdio_result_drop(&self, future: u32) {
        stdin::result_drop(future);
    }
    fn terminal_stdin(&self, to: u32) {
        terminals::stdin(to);
    }
    fn terminal_stdout(&self, to: u32) {
        terminals::stdout(to);
    }
    fn terminal_stderr(&self, to: u32) {
        terminals::stderr(to);
    }
    fn terminal_input_drop(&self, terminal: u32) {
        terminals::input_drop(terminal);
    }
    fn terminal_output_drop(&self, terminal: u32) {
        terminals::output_drop(terminal);
    }
}
