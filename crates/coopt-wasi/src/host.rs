//! What the calls need from a WASI 0.3 host: its functions as a component's core module sees them.
//!
//! Numbers are handles, addresses of the program's memory, and values. `to` is where a function
//! stores its result. A function that is asynchronous there returns its status
//! ([`Started`](crate::progress::Started)), and takes more than four parameters as a record at
//! `params`. Shapes are those of the canonical ABI for 32-bit memories (Component Model,
//! CanonicalABI.md, "Flattening").

mod sockets;

pub use sockets::{FlatAddress, Sockets};

use crate::memory::Memory;

/// A WASI 0.3 host, and the memory that it and the program share.
pub trait Host:
    Memory + Waitables + Clocks + Random + Surroundings + Stdio + Files + Sockets + 'static
{
}

impl<T> Host for T where
    T: Memory + Waitables + Clocks + Random + Surroundings + Stdio + Files + Sockets + 'static
{
}

/// Operations under way, and streams of bytes.
pub trait Waitables {
    /// Has the end of an operation on `waitable` come as an event.
    fn watch(&self, waitable: u32);
    /// Takes `waitable` out of the set that events come from: what waits for it itself traps in there.
    fn unwatch(&self, waitable: u32);
    /// `subtask.drop`
    fn subtask_drop(&self, subtask: u32);
    /// `subtask.cancel`, which ends when the subtask has ended.
    fn subtask_cancel(&self, subtask: u32) -> u32;
    /// `stream.new`: the readable end, and the writable one in the high half.
    fn stream_new(&self) -> u64;
    /// `stream.read`, asynchronous.
    fn stream_read(&self, stream: u32, to: u32, len: u32) -> u32;
    /// `stream.cancel-read`, which ends when the read is cancelled.
    fn stream_cancel_read(&self, stream: u32) -> u32;
    /// `stream.write`, asynchronous.
    fn stream_write(&self, stream: u32, from: u32, len: u32) -> u32;
    /// `stream.cancel-write`, which ends when the write is cancelled.
    fn stream_cancel_write(&self, stream: u32) -> u32;
    /// `stream.drop-readable`
    fn stream_drop_readable(&self, stream: u32);
    /// `stream.drop-writable`
    fn stream_drop_writable(&self, stream: u32);
}

/// `wasi:clocks`
pub trait Clocks {
    /// `monotonic-clock.now`
    fn monotonic_now(&self) -> u64;
    /// `monotonic-clock.get-resolution`
    fn monotonic_resolution(&self) -> u64;
    /// `system-clock.now`
    fn system_now(&self, to: u32);
    /// `system-clock.get-resolution`
    fn system_resolution(&self) -> u64;
}

/// `wasi:random`
pub trait Random {
    /// `random.get-random-bytes`
    fn random_bytes(&self, len: u64, to: u32);
}

/// `wasi:cli/environment`
pub trait Surroundings {
    /// `get-arguments`
    fn arguments(&self, to: u32);
    /// `get-environment`
    fn environment(&self, to: u32);
}

/// `wasi:cli`'s standard streams.
pub trait Stdio {
    /// `stdin.read-via-stream`
    fn stdin_open(&self, to: u32);
    /// `stdout.write-via-stream`
    fn stdout_open(&self, stream: u32) -> u32;
    /// `stderr.write-via-stream`
    fn stderr_open(&self, stream: u32) -> u32;
    /// `future.read`, asynchronous, of the result of one of the streams.
    fn stdio_result_read(&self, future: u32, to: u32) -> u32;
    /// `future.cancel-read` of such a result.
    fn stdio_result_cancel(&self, future: u32) -> u32;
    /// `future.drop-readable` of such a result.
    fn stdio_result_drop(&self, future: u32);
    /// `terminal-stdin.get-terminal-stdin`
    fn terminal_stdin(&self, to: u32);
    /// `terminal-stdout.get-terminal-stdout`
    fn terminal_stdout(&self, to: u32);
    /// `terminal-stderr.get-terminal-stderr`
    fn terminal_stderr(&self, to: u32);
    /// Drops a `terminal-input`.
    fn terminal_input_drop(&self, terminal: u32);
    /// Drops a `terminal-output`.
    fn terminal_output_drop(&self, terminal: u32);
}

/// `wasi:filesystem`, whose `descriptor` is called a node here: descriptors are the program's.
pub trait Files {
    /// `preopens.get-directories`
    fn preopens(&self, to: u32);
    /// Drops a `descriptor`.
    fn node_drop(&self, node: u32);
    /// `read-via-stream`
    fn read_via_stream(&self, node: u32, offset: u64, to: u32);
    /// `write-via-stream`
    fn write_via_stream(&self, node: u32, stream: u32, offset: u64) -> u32;
    /// `append-via-stream`
    fn append_via_stream(&self, node: u32, stream: u32) -> u32;
    /// `read-directory`
    fn read_directory(&self, node: u32, to: u32);
    /// `stream.read`, asynchronous, of directory entries.
    fn entries_read(&self, stream: u32, to: u32, count: u32) -> u32;
    /// `stream.drop-readable` of such a stream.
    fn entries_drop(&self, stream: u32);
    /// `future.read`, asynchronous, of the result of one of the streams.
    fn file_result_read(&self, future: u32, to: u32) -> u32;
    /// `future.cancel-read` of such a result.
    fn file_result_cancel(&self, future: u32) -> u32;
    /// `future.drop-readable` of such a result.
    fn file_result_drop(&self, future: u32);
    /// `advise`, asynchronous
    fn advise(&self, node: u32, offset: u64, len: u64, advice: u32, to: u32) -> u32;
    /// `sync-data`, asynchronous
    fn sync_data(&self, node: u32, to: u32) -> u32;
    /// `sync`, asynchronous
    fn sync(&self, node: u32, to: u32) -> u32;
    /// `get-type`, asynchronous
    fn get_type(&self, node: u32, to: u32) -> u32;
    /// `set-size`, asynchronous
    fn set_size(&self, node: u32, size: u64, to: u32) -> u32;
    /// `set-times`, asynchronous
    fn set_times(&self, params: u32, to: u32) -> u32;
    /// `stat`, asynchronous
    fn stat(&self, node: u32, to: u32) -> u32;
    /// `metadata-hash`, asynchronous
    fn metadata_hash(&self, node: u32, to: u32) -> u32;
    /// `stat-at`, asynchronous
    fn stat_at(&self, node: u32, flags: u32, path: u32, len: u32, to: u32) -> u32;
    /// `metadata-hash-at`, asynchronous
    fn metadata_hash_at(&self, node: u32, flags: u32, path: u32, len: u32, to: u32) -> u32;
    /// `set-times-at`, asynchronous
    fn set_times_at(&self, params: u32, to: u32) -> u32;
    /// `open-at`, asynchronous
    fn open_at(&self, params: u32, to: u32) -> u32;
    /// `create-directory-at`, asynchronous
    fn create_directory_at(&self, node: u32, path: u32, len: u32, to: u32) -> u32;
    /// `remove-directory-at`, asynchronous
    fn remove_directory_at(&self, node: u32, path: u32, len: u32, to: u32) -> u32;
    /// `unlink-file-at`, asynchronous
    fn unlink_file_at(&self, node: u32, path: u32, len: u32, to: u32) -> u32;
    /// `readlink-at`, asynchronous
    fn readlink_at(&self, node: u32, path: u32, len: u32, to: u32) -> u32;
    /// `link-at`, asynchronous
    fn link_at(&self, params: u32, to: u32) -> u32;
    /// `rename-at`, asynchronous
    fn rename_at(&self, params: u32, to: u32) -> u32;
    /// `symlink-at`, asynchronous
    fn symlink_at(&self, params: u32, to: u32) -> u32;
}
