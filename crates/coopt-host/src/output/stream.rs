//! A stream that leads to an output. It writes at once what there is room for,
//! and otherwise waits with empty hands (invariants O1 and O2 of
//! [`crate::output`]).

use std::io;
use std::os::fd::AsFd;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustix::io::Errno;
use tokio::io::AsyncWrite;

use super::room::{Room, Waiter};
use super::writer::Writer;

/// What all streams of one output share.
pub(super) struct Shared<F> {
    writer: Writer<F>,
    room: Room,
}

impl<F: AsFd> Shared<F> {
    pub fn new(file: F) -> Self {
        Self {
            writer: Writer::new(file),
            room: Room::default(),
        }
    }

    pub fn file(&self) -> &F {
        self.writer.file()
    }

    #[cfg(test)]
    pub fn room(&self) -> &Room {
        &self.room
    }
}

/// One of the streams that lead to an output.
pub(super) struct Stream<F> {
    output: Arc<Shared<F>>,
    waiter: Waiter,
}

impl<F: AsFd> Stream<F> {
    pub fn new(output: &Arc<Shared<F>>) -> Self {
        Self {
            output: Arc::clone(output),
            waiter: output.room.waiter(),
        }
    }

    /// Writes as much of `bytes` as there is room for; `None` when there is no
    /// room.
    pub fn write(&self, bytes: &[u8]) -> Option<io::Result<usize>> {
        match self.output.writer.write(bytes) {
            Err(Errno::AGAIN) => None,
            done => Some(done.map_err(io::Error::from)),
        }
    }

    /// Whether a write would not wait, or why it would fail; `None` when there is no
    /// room.
    pub fn probe(&self) -> Option<io::Result<()>> {
        let probed = self.output.writer.probe();
        probed.map(|done| done.map_err(io::Error::from))
    }

    /// Blocks the calling thread until there is room, or a write would fail.
    pub fn block_until_room(&self) {
        self.output.writer.wait_for_room();
    }
}

impl<F: AsFd + Send + Sync + 'static> Stream<F> {
    /// Has `context` woken when there is room, or when a write would fail.
    pub fn wake_when_room(&self, context: &Context<'_>) {
        let output = Arc::clone(&self.output);
        let help = move || {
            output.writer.wait_for_room();
            output.room.appeared();
        };
        self.output.room.wait(self.waiter, context.waker(), help);
    }
}

impl<F: AsFd + Send + Sync + 'static> AsyncWrite for Stream<F> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(done) = self.write(bytes) {
            return Poll::Ready(done);
        }
        self.wake_when_room(context);
        Poll::Pending
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // What was taken is in the kernel.
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // The descriptor belongs to the process.
        Poll::Ready(Ok(()))
    }
}

impl<F> Drop for Stream<F> {
    fn drop(&mut self) {
        self.output.room.give_up(self.waiter);
    }
}
