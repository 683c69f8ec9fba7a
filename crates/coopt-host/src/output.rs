//! Standard output and standard error of a program: the descriptors of the
//! process, without a buffer between.
//!
//! Rust's `stdout` collects lines behind a lock, and blocks the thread that runs
//! the program when a pipe is full. Here a write is one system call on the
//! calling thread. A write that finds no room is pending, and the program's other
//! threads go on.
//!
//! - **O1** What was taken from the program is in the kernel. Nothing is kept in
//!   the process, so an exit or a trap loses nothing. The one exception is
//!   WASI 0.2, where bytes are taken before there is room ([`stream_0_2`]).
//! - **O2** A stream that waits holds no bytes. So a wait that is given up writes
//!   nothing, and one that ends writes what the program shows then, once.
//! - **O3** The descriptor is shared with other processes, so it stays as it was
//!   found: no `O_NONBLOCK`. Each write says itself that it does not wait
//!   ([`writer`]).
//! - **O4** What is written to one file or terminal is there in the program's
//!   order, since each write has ended before the next begins.
//!
//! A terminal that the user has stopped blocks the whole program, as it blocks
//! any other: there is no way to ask how much a terminal takes without waiting.

mod room;
mod stream;
mod stream_0_2;
mod stream_0_3;
#[cfg(test)]
mod tests;
mod writer;

use std::io;
use std::os::fd::AsFd;
use std::sync::Arc;

use tokio::io::AsyncWrite;
use wasmtime::StoreContextMut;
use wasmtime::component::{FutureReader, Linker, StreamReader};
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::OutputStream;
use wasmtime_wasi::p3::bindings::cli::types::ErrorCode;

use self::stream::{Shared, Stream};
use self::stream_0_2::Stream0_2;

/// What a program writes to `F`, through any number of streams.
pub(crate) struct Output<F>(Arc<Shared<F>>);

impl<F: AsFd> Output<F> {
    pub fn new(file: F) -> Self {
        Self(Arc::new(Shared::new(file)))
    }
}

impl<F: AsFd + Send + Sync + 'static> Output<F> {
    /// Leads what a program writes to the output; the future of how that ends.
    fn lead<D>(
        &self,
        store: StoreContextMut<'_, D>,
        data: StreamReader<u8>,
    ) -> wasmtime::Result<FutureReader<Result<(), ErrorCode>>> {
        stream_0_3::lead(store, data, Stream::new(&self.0))
    }
}

/// Puts the outputs of the process into the place of Wasmtime's, which are there.
pub(crate) fn shadow<D: 'static>(linker: &mut Linker<D>) -> wasmtime::Result<()> {
    const WRITE: &str = "write-via-stream";
    let (stdout, stderr) = (Output::new(io::stdout()), Output::new(io::stderr()));
    linker
        .instance("wasi:cli/stdout@0.3.0")?
        .func_wrap(WRITE, move |store, (data,)| {
            Ok((stdout.lead(store, data)?,))
        })?;
    linker
        .instance("wasi:cli/stderr@0.3.0")?
        .func_wrap(WRITE, move |store, (data,)| {
            Ok((stderr.lead(store, data)?,))
        })
}

impl<F: AsFd + Send + Sync + 'static> StdoutStream for Output<F> {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(Stream::new(&self.0))
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(Stream0_2::new(Stream::new(&self.0)))
    }
}

impl<F: AsFd> IsTerminal for Output<F> {
    fn is_terminal(&self) -> bool {
        io::IsTerminal::is_terminal(&self.0.file().as_fd())
    }
}
