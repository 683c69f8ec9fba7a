//! Bytes that go out by a stream of the host.

use alloc::rc::Rc;
use core::cell::Cell;
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::host::Host;
use crate::joined::JOINED_MAX;
use crate::memory::{Buffers, PAGE_SIZE, Span};
use crate::object::{Call, Transfer};
use crate::progress::Progress;
use crate::stream::{Writable, Written};
use crate::turns::Turns;
use crate::wasi::Wasi;

/// How a stream is opened.
pub type Open<H> = fn(&'static Wasi<H>) -> Writable<H>;

/// Bytes that go out by a stream of the host, which is opened when a program first writes.
pub struct Outgoing<H: Host> {
    wasi: &'static Wasi<H>,
    open: Open<H>,
    stream: Cell<Option<Writable<H>>>,
    turns: Turns,
}

impl<H: Host> Outgoing<H> {
    /// A stream that `open` opens.
    pub const fn new(wasi: &'static Wasi<H>, open: Open<H>) -> Self {
        Self {
            wasi,
            open,
            stream: Cell::new(None),
            turns: Turns::new(),
        }
    }

    /// Begins to write the buffers as one: nobody else's bytes come between them.
    pub fn write(self: &Rc<Self>, transfer: Transfer) -> Call {
        let wasi = self.wasi;
        let this = Rc::clone(self);
        let only = transfer.buffers.only(&wasi.host);
        let Some(piece) = only.filter(|_| self.turns.is_free()) else {
            return Call::new(async move {
                let written = this.write_all(transfer.buffers).await?;
                wasi.store_count(transfer, written);
                Ok(())
            });
        };
        // The usual write is of one piece and ends as it begins, so it needs no future. The future
        // of another is polled at once, so nobody takes the turn in between.
        let stream = self.take_stream();
        let bits = stream.begin(piece);
        if Progress::is_all(bits, piece.len) {
            self.stream.set(Some(stream));
            wasi.store_count(transfer, piece.len);
            return Call::Ended;
        }
        Call::new(async move {
            let written = this.finish(stream, piece, bits).await?;
            wasi.store_count(transfer, written);
            Ok(())
        })
    }

    /// Writes the buffers, when it is their turn.
    async fn write_all(&self, buffers: Buffers) -> Result<u32, Errno> {
        let _turn = self.wasi.unless_interrupted(self.turns.take()).await?;
        let stream = self.take_stream();
        self.settle(self.wasi.write(stream, buffers).await)
    }

    /// Goes on with a write of `piece` that has come to `bits`.
    async fn finish(&self, stream: Writable<H>, piece: Span, bits: u32) -> Result<u32, Errno> {
        let _turn = self.turns.take().await;
        self.settle(stream.finish(piece, bits).await)
    }

    /// Keeps the stream; how many bytes have been written.
    fn settle(&self, written: Written<H>) -> Result<u32, Errno> {
        let Written { len, then } = written;
        match then {
            Ok(stream) => self.stream.set(Some(stream)),
            Err(error) if len == 0 => return Err(error),
            // The next write tells the error.
            Err(_) => {}
        }
        Ok(len)
    }

    fn take_stream(&self) -> Writable<H> {
        let kept = self.stream.take();
        kept.unwrap_or_else(|| (self.open)(self.wasi))
    }

    /// A write of no bytes ends at once and says nothing. So a stream takes bytes unless a write is
    /// under way.
    pub fn poll_writable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.turns.poll_free(context).map(|()| Ok(PAGE_SIZE))
    }
}

impl<H: Host> Wasi<H> {
    /// Writes the buffers to a stream: several small ones in one piece, since a piece costs more
    /// than a copy.
    pub(crate) async fn write(&'static self, stream: Writable<H>, buffers: Buffers) -> Written<H> {
        match self.joined(buffers, JOINED_MAX) {
            Ok(Some(joined)) if joined.span().len > 0 => stream.write(joined.span()).await,
            Ok(_) => self.write_each(stream, buffers).await,
            Err(error) => Written {
                len: 0,
                then: Err(error),
            },
        }
    }

    async fn write_each(&self, stream: Writable<H>, buffers: Buffers) -> Written<H> {
        let mut all = Written {
            len: 0,
            then: Ok(stream),
        };
        for buffer in buffers.iter(&self.host) {
            let Ok(stream) = all.then else { break };
            let Written { len, then } = stream.write(buffer).await;
            all = Written {
                len: all.len.saturating_add(len),
                then,
            };
        }
        all
    }
}
