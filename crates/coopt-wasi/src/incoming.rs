//! Bytes that come in by a stream of the host.

use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::mem;
use core::task::{Context, Poll};

use crate::changes::Changes;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::progress::Progress;
use crate::stream::Readable;
use crate::turns::{Turn, Turns};
use crate::wait::Wait;
use crate::wasi::Wasi;

/// How many bytes are read ahead at most.
const AHEAD_MAX: u32 = 16_384;

/// Where a read that is under way puts its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    /// The buffer of the call whose turn it is.
    Call,
    /// The room for what is read ahead, at this address.
    Ahead(u32),
}

/// How a stream is opened.
pub type Open<H> = fn(&'static Wasi<H>) -> Result<Readable<H>, Errno>;

/// Bytes that come in by a stream of the host, which is opened when a program first asks for them.
///
/// A read goes straight into the program's buffer. A poll cannot ask the host whether a byte is
/// there: a read of no bytes ends at once. So it reads ahead, into room of the description's own,
/// which the next reads empty first.
pub struct Incoming<H: Host> {
    wasi: &'static Wasi<H>,
    /// `None` when it is opened from the start.
    open: Option<Open<H>>,
    stream: RefCell<Option<Readable<H>>>,
    room: Cell<Option<Span>>,
    /// The bytes in the room that no call has taken.
    ahead: Cell<Span>,
    under_way: Cell<Option<Destination>>,
    /// How many bytes have come into the buffer of the call whose turn it is.
    arrived: Cell<u32>,
    has_ended: Cell<bool>,
    is_closed: Cell<bool>,
    closing: Changes,
    turns: Turns,
}

impl<H: Host> Incoming<H> {
    /// A stream that `open` opens.
    pub const fn new(wasi: &'static Wasi<H>, open: Open<H>) -> Self {
        Self::with(wasi, Some(open), None)
    }

    /// A stream that is open.
    pub const fn opened(wasi: &'static Wasi<H>, stream: Readable<H>) -> Self {
        Self::with(wasi, None, Some(stream))
    }

    const fn with(
        wasi: &'static Wasi<H>,
        open: Option<Open<H>>,
        stream: Option<Readable<H>>,
    ) -> Self {
        Self {
            wasi,
            open,
            stream: RefCell::new(stream),
            room: Cell::new(None),
            ahead: Cell::new(Span::EMPTY),
            under_way: Cell::new(None),
            arrived: Cell::new(0),
            has_ended: Cell::new(false),
            is_closed: Cell::new(false),
            closing: Changes::new(),
            turns: Turns::new(),
        }
    }

    /// Reads up to as many bytes as `buffer` has room for; 0 at the end of the stream.
    pub async fn read_to(&self, buffer: Span) -> Result<u32, Errno> {
        let wasi = self.wasi;
        let _turn = wasi.unless_interrupted(self.turns.take()).await?;
        let read = poll_fn(|context| match self.poll_read(context, buffer) {
            Poll::Pending if wasi.interrupted.get() => self.give_up(),
            polled => polled,
        });
        let read = read.await?;
        if read == 0 && buffer.len > 0 {
            self.why_ended().await?;
        }
        Ok(read)
    }

    /// Waits for the turn of a call that waits until there is something to read.
    pub async fn turn(&self, wait: &Wait<H>) -> Result<Turn<'_>, Errno> {
        wait.turn(&self.turns).await
    }

    fn poll_read(&self, context: &Context<'_>, buffer: Span) -> Poll<Result<u32, Errno>> {
        loop {
            let arrived = self.arrived.take();
            if arrived > 0 {
                return Poll::Ready(Ok(arrived));
            }
            if self.is_closed.get() {
                return Poll::Ready(Err(Errno::BADF));
            }
            if self.ahead.get().len > 0 {
                return Poll::Ready(Ok(self.take_ahead(buffer)));
            }
            if self.has_ended.get() || buffer.len == 0 {
                return Poll::Ready(Ok(0));
            }
            if self.under_way.get().is_none() {
                self.begin(Destination::Call, buffer)?;
            } else if self.poll_end(context).is_pending() {
                return Poll::Pending;
            }
        }
    }

    /// Ends the read of an interrupted thread: with what has arrived, if anything has.
    fn give_up(&self) -> Poll<Result<u32, Errno>> {
        self.cancel();
        match self.arrived.take() {
            0 => Poll::Ready(Err(Errno::INTR)),
            arrived => Poll::Ready(Ok(arrived)),
        }
    }

    /// Cancels the read that is under way into the buffer of a call, which is the program's again.
    fn cancel(&self) {
        if self.under_way.get() == Some(Destination::Call) {
            self.cancel_any();
        }
    }

    /// Cancels the read that is under way, wherever it puts its bytes.
    fn cancel_any(&self) {
        let stream = self.stream.borrow().as_ref().map(|open| open.end.stream);
        let cancel = |host: &H, stream| host.stream_cancel_read(stream);
        if let Some(progress) = stream.and_then(|stream| self.wasi.cancel(stream, cancel)) {
            self.finish(progress);
        }
    }

    /// Reads what is there without waiting, once the host has been asked.
    pub async fn read_at_once(&self, buffer: Span) -> Result<u32, Errno> {
        let mut has_asked = false;
        let there = poll_fn(|context| match self.poll_readable(context) {
            Poll::Pending if has_asked => Poll::Ready(Err(Errno::AGAIN)),
            polled => {
                has_asked = true;
                polled
            }
        });
        match there.await? {
            0 => self.why_ended().await.map(|()| 0),
            _ => Ok(self.take_ahead(buffer)),
        }
    }

    /// Begins a read, which may end as it begins.
    fn begin(&self, destination: Destination, to: Span) -> Result<(), Errno> {
        let stream = self.stream()?;
        self.under_way.set(Some(destination));
        let bits = self.wasi.host.stream_read(stream, to.address, to.len);
        match Progress::from_bits(bits) {
            Some(progress) => self.finish(progress),
            None => self.wasi.expect(stream),
        }
        Ok(())
    }

    /// Waits for the end of the read that is under way, or of the description.
    fn poll_end(&self, context: &Context<'_>) -> Poll<()> {
        let Some(stream) = self.stream.borrow().as_ref().map(|open| open.end.stream) else {
            return Poll::Ready(());
        };
        match self.wasi.events.poll(stream, context) {
            Poll::Ready(payload) => {
                if let Some(progress) = Progress::from_bits(payload) {
                    self.finish(progress);
                }
                Poll::Ready(())
            }
            Poll::Pending => {
                self.closing.note(context.waker());
                Poll::Pending
            }
        }
    }

    fn finish(&self, progress: Progress) {
        let len = progress.count;
        match self.under_way.take() {
            Some(Destination::Ahead(address)) => self.ahead.set(Span::new(address, len)),
            Some(Destination::Call) | None => self.arrived.set(len),
        }
        self.has_ended.set(progress.ended);
    }

    /// Why the stream has ended. An error is told once.
    pub async fn why_ended(&self) -> Result<(), Errno> {
        let stream = self.stream.borrow_mut().take();
        let Some(Readable { end, outcome }) = stream else {
            return Ok(());
        };
        drop(end);
        outcome.get().await
    }

    fn take_ahead(&self, buffer: Span) -> u32 {
        let len = self.copy_ahead(buffer, 0);
        self.skip_ahead(len);
        len
    }

    /// Copies what was read ahead, but for the first `from` bytes, and keeps it; how many bytes.
    pub fn copy_ahead(&self, buffer: Span, from: u32) -> u32 {
        let ahead = self.ahead.get();
        let rest = ahead.after(from.min(ahead.len));
        let len = buffer.len.min(rest.len);
        self.wasi.host.copy(buffer.address, rest.address, len);
        len
    }

    /// Takes `len` bytes of what was read ahead.
    pub fn skip_ahead(&self, len: u32) {
        self.ahead.set(self.ahead.get().after(len));
    }

    /// The host's handle of the stream, which is opened if need be.
    fn stream(&self) -> Result<u32, Errno> {
        if let Some(open) = &*self.stream.borrow() {
            return Ok(open.end.stream);
        }
        let open = self.open.ok_or(Errno::BADF)?(self.wasi)?;
        let stream = open.end.stream;
        self.stream.replace(Some(open));
        Ok(stream)
    }

    fn room(&self) -> Result<Span, Errno> {
        let room = self
            .room
            .get()
            .map_or_else(|| self.wasi.scratch.take(&self.wasi.host, AHEAD_MAX), Some);
        self.room.set(room);
        room.ok_or(Errno::NOMEM)
    }

    /// How many bytes a read would get without waiting; 0 at the end.
    pub fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        loop {
            if self.is_closed.get() {
                return Poll::Ready(Err(Errno::BADF));
            }
            let there = self.ahead.get().len;
            if there > 0 || self.has_ended.get() {
                return Poll::Ready(Ok(there));
            }
            if self.under_way.get().is_none() {
                let room = self.room()?;
                self.begin(Destination::Ahead(room.address), room)?;
            } else if self.poll_end(context).is_pending() {
                return Poll::Pending;
            }
        }
    }

    /// Nobody has a descriptor of it any more. The read that is under way ends: its buffer is the
    /// program's again.
    pub fn close(&self) {
        self.is_closed.set(true);
        self.cancel();
        self.closing.announce();
    }

    /// Nothing more comes in: the read that is under way ends, and the stream is gone. What was read
    /// ahead stays.
    pub fn end(&self) {
        if self.under_way.get().is_some() {
            self.cancel_any();
        }
        self.has_ended.set(true);
        self.stream.take();
        self.closing.announce();
    }
}

impl<H: Host> Drop for Incoming<H> {
    /// A read ahead may be under way, whose end nobody waits for: its stream and its room stay.
    fn drop(&mut self) {
        if self.under_way.get().is_some() {
            mem::forget(self.stream.get_mut().take());
        } else if let Some(room) = self.room.take() {
            self.wasi.scratch.give(room);
        }
    }
}
