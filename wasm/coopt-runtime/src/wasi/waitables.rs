//! Operations under way, and streams of bytes.
//!
//! A stream of bytes has one type, whichever function made it. So the built-ins of one function
//! serve them all.

use coopt_wasi::Waitables;

use crate::host;
use crate::wasi::WasiHost;

mod read {
    #[link(wasm_import_module = "wasi:cli/stdin@0.3.0")]
    unsafe extern "C" {
        #[link_name = "[async-lower][stream-read-0]read-via-stream"]
        pub safe fn read(stream: u32, to: u32, len: u32) -> u32;
        #[link_name = "[stream-cancel-read-0]read-via-stream"]
        pub safe fn cancel_read(stream: u32) -> u32;
        #[link_name = "[stream-drop-readable-0]read-via-stream"]
        pub safe fn drop_readable(stream: u32);
    }
}

mod write {
    #[link(wasm_import_module = "wasi:cli/stdout@0.3.0")]
    unsafe extern "C" {
        #[link_name = "[stream-new-0]write-via-stream"]
        pub safe fn new() -> u64;
        #[link_name = "[async-lower][stream-write-0]write-via-stream"]
        pub safe fn write(stream: u32, from: u32, len: u32) -> u32;
        #[link_name = "[stream-cancel-write-0]write-via-stream"]
        pub safe fn cancel_write(stream: u32) -> u32;
        #[link_name = "[stream-drop-writable-0]write-via-stream"]
        pub safe fn drop_writable(stream: u32);
    }
}

impl Waitables for WasiHost {
    fn watch(&self, waitable: u32) {
        host::waitable_join(waitable, self.waitables.get());
    }
    fn unwatch(&self, waitable: u32) {
        const NO_SET: u32 = 0;
        host::waitable_join(waitable, NO_SET);
    }
    fn subtask_drop(&self, subtask: u32) {
        host::subtask_drop(subtask);
    }
    fn subtask_cancel(&self, subtask: u32) -> u32 {
        host::subtask_cancel(subtask)
    }
    fn stream_new(&self) -> u64 {
        write::new()
    }
    fn stream_read(&self, stream: u32, to: u32, len: u32) -> u32 {
        read::read(stream, to, len)
    }
    fn stream_cancel_read(&self, stream: u32) -> u32 {
        read::cancel_read(stream)
    }
    fn stream_write(&self, stream: u32, from: u32, len: u32) -> u32 {
        write::write(stream, from, len)
    }
    fn stream_cancel_write(&self, stream: u32) -> u32 {
        write::cancel_write(stream)
    }
    fn stream_drop_readable(&self, stream: u32) {
        read::drop_readable(stream);
    }
    fn stream_drop_writable(&self, stream: u32) {
        write::drop_writable(stream);
    }
}
