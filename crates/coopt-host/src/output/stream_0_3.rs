//! An output as WASI 0.3 has it.
//!
//! Wasmtime's own answers a write of no bytes at once, by which a program asks to
//! be told when there is room (Component Model, Canonical ABI, "stream.write").
//! Here it waits for room, so a program's `poll` tells the truth.

use std::io;
use std::os::fd::AsFd;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot::{self, Sender};
use wasmtime::StoreContextMut;
use wasmtime::component::{FutureReader, Source, StreamConsumer, StreamReader, StreamResult};
use wasmtime_wasi::p3::bindings::cli::types::ErrorCode;

use super::stream::Stream;

type Outcome = Result<(), ErrorCode>;

/// Leads what a program writes to `stream`; the future of how that ends.
pub(super) fn lead<D, F: AsFd + Send + Sync + 'static>(
    mut store: StoreContextMut<'_, D>,
    data: StreamReader<u8>,
    stream: Stream<F>,
) -> wasmtime::Result<FutureReader<Outcome>> {
    let (sender, outcome) = oneshot::channel();
    data.pipe(
        &mut store,
        Consumer {
            stream,
            outcome: Some(sender),
        },
    )?;
    FutureReader::new(&mut store, outcome)
}

/// Takes what a program writes.
struct Consumer<F: AsFd> {
    stream: Stream<F>,
    /// Where to say how it ended, until that has been said.
    outcome: Option<Sender<Outcome>>,
}

impl<F: AsFd> Consumer<F> {
    fn end(&mut self, outcome: Outcome) {
        if let Some(sender) = self.outcome.take() {
            // Whoever drops the other end does not want to know.
            let _ = sender.send(outcome);
        }
    }

    fn fail(&mut self, error: &io::Error) -> StreamResult {
        self.end(Err(match error.kind() {
            io::ErrorKind::BrokenPipe => ErrorCode::Pipe,
            _ => ErrorCode::Io,
        }));
        StreamResult::Dropped
    }
}

impl<D, F: AsFd + Send + Sync + 'static> StreamConsumer<D> for Consumer<F> {
    type Item = u8;

    fn poll_consume(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        store: StoreContextMut<'_, D>,
        from: Source<'_, Self::Item>,
        finish: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        let mut from = from.as_direct(store);
        let bytes = from.remaining();
        let done = if bytes.is_empty() {
            self.stream.probe().map(|done| done.map(|()| 0))
        } else {
            self.stream.write(bytes)
        };
        match done {
            Some(Ok(count)) => {
                from.mark_read(count);
                Poll::Ready(Ok(StreamResult::Completed))
            }
            Some(Err(error)) => Poll::Ready(Ok(self.fail(&error))),
            None if finish => Poll::Ready(Ok(StreamResult::Cancelled)),
            None => {
                self.stream.wake_when_room(context);
                Poll::Pending
            }
        }
    }
}

impl<F: AsFd> Drop for Consumer<F> {
    fn drop(&mut self) {
        // The program has written all it wants.
        self.end(Ok(()));
    }
}
