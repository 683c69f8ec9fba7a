//! An output as WASI 0.2 has it.
//!
//! There a program asks how much it may write, and the write that follows must
//! neither wait nor be refused, although others may have filled the pipe
//! meanwhile. So a stream takes what it has promised, and keeps what the kernel
//! does not take: the rest. While there is a rest, the stream promises nothing
//! more and is not ready, and a flush has not ended. A stream writes its rest
//! before it goes, also when the program ended by exit or trap.

use std::future::poll_fn;
use std::io;
use std::os::fd::AsFd;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use wasmtime_wasi::async_trait;
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamError, StreamResult};

use super::stream::Stream;

/// How much a program may write at once: what an empty pipe takes on Linux.
const PROMISE: usize = 64 * 1024;

/// A stream that takes up to [`PROMISE`] bytes before there is room for them.
pub(super) struct Stream0_2<F: AsFd> {
    stream: Stream<F>,
    rest: Bytes,
}

impl<F: AsFd> Stream0_2<F> {
    pub fn new(stream: Stream<F>) -> Self {
        Self {
            stream,
            rest: Bytes::new(),
        }
    }

    /// Writes the rest as far as there is room.
    fn write_rest(&mut self) -> io::Result<()> {
        while !self.rest.is_empty() {
            let Some(done) = self.stream.write(&self.rest) else {
                break;
            };
            match done? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                count => self.rest.advance(count),
            }
        }
        Ok(())
    }

    /// The same for the program, which a rest that cannot be written is lost to.
    fn write_rest_or_fail(&mut self) -> StreamResult<()> {
        self.write_rest().map_err(|error| {
            self.rest.clear();
            stream_error(error)
        })
    }
}

impl<F: AsFd + Send + Sync + 'static> Stream0_2<F> {
    /// Ready when there is no rest, or an error that the next call meets.
    fn poll_ready(&mut self, context: &Context<'_>) -> Poll<()> {
        if self.write_rest().is_err() || self.rest.is_empty() {
            return Poll::Ready(());
        }
        self.stream.wake_when_room(context);
        Poll::Pending
    }
}

#[async_trait]
impl<F: AsFd + Send + Sync + 'static> OutputStream for Stream0_2<F> {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        if !self.rest.is_empty() || bytes.len() > PROMISE {
            return Err(StreamError::trap("a write must not exceed its permit"));
        }
        self.rest = bytes;
        self.write_rest_or_fail()
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        self.write_rest_or_fail()?;
        Ok(if self.rest.is_empty() { PROMISE } else { 0 })
    }

    /// The program drops the stream.
    async fn cancel(&mut self) {
        self.ready().await;
        self.rest.clear();
    }
}

#[async_trait]
impl<F: AsFd + Send + Sync + 'static> Pollable for Stream0_2<F> {
    async fn ready(&mut self) {
        poll_fn(|context| self.poll_ready(context)).await;
    }
}

impl<F: AsFd> Drop for Stream0_2<F> {
    fn drop(&mut self) {
        while self.write_rest().is_ok() && !self.rest.is_empty() {
            self.stream.block_until_room();
        }
    }
}

/// A closed pipe is a closed stream. The text of other errors is the system's.
fn stream_error(error: io::Error) -> StreamError {
    if error.kind() == io::ErrorKind::BrokenPipe {
        StreamError::Closed
    } else {
        StreamError::LastOperationFailed(error.into())
    }
}
