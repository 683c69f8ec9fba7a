//! Bytes that come in by a stream of the host.

use core::cell::{Cell, RefCell};
use core::mem;
use core::task::{Context, Poll, Waker, ready};

use crate::changes::Changes;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::object::Patience;
use crate::progress::Progress;
use crate::stream::{Outcome, Readable};
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

/// What there is of the stream.
enum Stage<H: Host> {
    /// It is opened when a program first asks for bytes.
    Unopened(Open<H>),
    Open(Readable<H>),
    /// The other end is gone; why, the host says.
    Ended(Outcome<H>),
    /// Nothing more comes in.
    Over,
}

/// Bytes that come in by a stream of the host.
///
/// A read goes straight into the program's buffer. A poll cannot ask the host whether a byte is
/// there: a read of no bytes ends at once. So it reads ahead, into room of the description's own,
/// which the next reads empty first. So does a read that does not wait for as long as it takes.
pub struct Incoming<H: Host> {
    wasi: &'static Wasi<H>,
    stage: RefCell<Stage<H>>,
    room: Cell<Option<Span>>,
    /// The bytes in the room that no call has taken.
    ahead: Cell<Span>,
    under_way: Cell<Option<Destination>>,
    /// How many bytes have come into the buffer of the call whose turn it is.
    arrived: Cell<u32>,
    is_closed: Cell<bool>,
    closing: Changes,
    turns: Turns,
}

impl<H: Host> Incoming<H> {
    /// A stream that `open` opens.
    pub const fn new(wasi: &'static Wasi<H>, open: Open<H>) -> Self {
        Self::with(wasi, Stage::Unopened(open))
    }

    /// A stream that is open.
    pub const fn opened(wasi: &'static Wasi<H>, stream: Readable<H>) -> Self {
        Self::with(wasi, Stage::Open(stream))
    }

    const fn with(wasi: &'static Wasi<H>, stage: Stage<H>) -> Self {
        Self {
            wasi,
            stage: RefCell::new(stage),
            room: Cell::new(None),
            ahead: Cell::new(Span::EMPTY),
            under_way: Cell::new(None),
            arrived: Cell::new(0),
            is_closed: Cell::new(false),
            closing: Changes::new(),
            turns: Turns::new(),
        }
    }

    /// Reads up to as many bytes as `buffer` has room for; 0 at the end of the stream.
    pub async fn read(&self, buffer: Span, wait: &Wait<H>) -> Result<u32, Errno> {
        let _turn = self.turn(wait).await?;
        let read = if wait.patience() == Patience::Forever {
            self.read_to(buffer, wait).await?
        } else {
            self.await_some(wait).await?;
            self.take_ahead(buffer)
        };
        if read == 0 && buffer.len > 0 {
            self.why_ended(wait).await?;
        }
        Ok(read)
    }

    /// Reads into the buffer itself. What has arrived when the thread is interrupted is kept.
    async fn read_to(&self, buffer: Span, wait: &Wait<H>) -> Result<u32, Errno> {
        let read = wait.until(|context| self.poll_read(context, buffer)).await;
        self.cancel();
        match (read, self.arrived.take()) {
            (Err(_), arrived @ 1..) => Ok(arrived),
            (read, _) => read,
        }
    }

    /// Waits for the turn of a call.
    pub async fn turn(&self, wait: &Wait<H>) -> Result<Turn<'_>, Errno> {
        wait.turn(&self.turns).await
    }

    /// Waits until something has been read ahead; how many bytes, 0 at the end.
    pub async fn await_some(&self, wait: &Wait<H>) -> Result<u32, Errno> {
        wait.until(|context| self.poll_there(context)).await
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
            if self.has_ended() || buffer.len == 0 {
                return Poll::Ready(Ok(0));
            }
            if self.under_way.get().is_none() {
                self.begin(Destination::Call, buffer)?;
            } else if self.poll_end(context).is_pending() {
                return Poll::Pending;
            }
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
        let cancel = |host: &H, stream| host.stream_cancel_read(stream);
        if let Some(stream) = self.opened_stream()
            && let Some(progress) = self.wasi.cancel(stream, cancel)
        {
            self.finish(progress);
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
        let Some(stream) = self.opened_stream() else {
            return Poll::Ready(());
        };
        let ended = self.wasi.poll_operation(stream, &self.closing, context);
        ended.map(|progress| self.finish(progress))
    }

    fn finish(&self, progress: Progress) {
        let len = progress.count;
        match self.under_way.take() {
            Some(Destination::Ahead(address)) => self.ahead.set(Span::new(address, len)),
            Some(Destination::Call) | None => self.arrived.set(len),
        }
        if progress.ended {
            self.stage.replace_with(|stage| match take(stage) {
                Stage::Open(stream) => Stage::Ended(stream.into_outcome()),
                other => other,
            });
        }
    }

    /// Whether nothing more comes in than what has been read ahead.
    pub fn has_ended(&self) -> bool {
        matches!(*self.stage.borrow(), Stage::Ended(_) | Stage::Over)
    }

    /// Waits for why the stream has ended.
    fn poll_outcome(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        match &*self.stage.borrow() {
            Stage::Ended(outcome) => outcome.poll(context),
            Stage::Unopened(_) | Stage::Open(_) | Stage::Over => Poll::Ready(Ok(())),
        }
    }

    /// Why the stream has ended. An error is told once.
    pub async fn why_ended(&self, wait: &Wait<H>) -> Result<(), Errno> {
        let why = wait.until(|context| self.poll_outcome(context)).await;
        why.inspect_err(|error| self.note_told(*error))
    }

    fn note_told(&self, error: Errno) {
        if !matches!(error, Errno::INTR | Errno::AGAIN) {
            self.stage.replace(Stage::Over);
        }
    }

    /// What went wrong with the stream, if no call has been told; it is told now.
    pub fn take_error(&self) -> Option<Errno> {
        let context = Context::from_waker(Waker::noop());
        if self.under_way.get().is_some() {
            let _ = self.poll_end(&context);
        }
        match self.poll_outcome(&context) {
            Poll::Ready(Err(error)) => {
                self.note_told(error);
                Some(error)
            }
            _ => None,
        }
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
        let mut stage = self.stage.borrow_mut();
        if let Stage::Unopened(open) = *stage {
            *stage = Stage::Open(open(self.wasi)?);
        }
        drop(stage);
        self.opened_stream().ok_or(Errno::BADF)
    }

    fn opened_stream(&self) -> Option<u32> {
        match &*self.stage.borrow() {
            Stage::Open(stream) => Some(stream.handle()),
            Stage::Unopened(_) | Stage::Ended(_) | Stage::Over => None,
        }
    }

    fn room(&self) -> Result<Span, Errno> {
        let room = self
            .room
            .get()
            .map_or_else(|| self.wasi.scratch.take(&self.wasi.host, AHEAD_MAX), Some);
        self.room.set(room);
        room.ok_or(Errno::NOMEM)
    }

    /// How many bytes a read would get without waiting, or 0 at the end; or what it would tell.
    pub fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        match ready!(self.poll_there(context))? {
            0 => self.poll_outcome(context).map_ok(|()| 0),
            there => Poll::Ready(Ok(there)),
        }
    }

    /// Waits until something has been read ahead, or the stream has ended.
    fn poll_there(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        loop {
            if self.is_closed.get() {
                return Poll::Ready(Err(Errno::BADF));
            }
            let there = self.ahead.get().len;
            if there > 0 || self.has_ended() {
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
        self.stage.replace(Stage::Over);
        self.closing.announce();
    }
}

/// Takes a stage out of its place.
const fn take<H: Host>(stage: &mut Stage<H>) -> Stage<H> {
    mem::replace(stage, Stage::Over)
}

impl<H: Host> Drop for Incoming<H> {
    /// A read ahead may be under way, whose end nobody waits for: its stream and its room stay.
    fn drop(&mut self) {
        if self.under_way.get().is_some() {
            mem::forget(self.stage.replace(Stage::Over));
        } else if let Some(room) = self.room.take() {
            self.wasi.scratch.give(room);
        }
    }
}
