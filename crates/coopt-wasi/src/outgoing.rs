//! Bytes that go out by a stream of the host.

use core::cell::{Cell, RefCell};
use core::task::{Context, Poll, Waker, ready};

use crate::changes::Changes;
use crate::errno::Errno;
use crate::host::Host;
use crate::joined::JOINED_MAX;
use crate::memory::{Buffers, PAGE_SIZE, Span};
use crate::progress::Progress;
use crate::stream::{Outcome, Writable};
use crate::turns::Turns;
use crate::wait::Wait;
use crate::wasi::Wasi;

/// How a stream is opened.
pub type Open<H> = fn(&'static Wasi<H>) -> Writable<H>;

/// What there is of the stream.
enum Stage<H: Host> {
    /// It is opened when a program first writes.
    Unopened(Open<H>),
    Open(Writable<H>),
    /// The other end is gone, which no call has been told; why, the host says.
    Ended(Outcome<H>),
    /// Nothing goes out any more, for this reason.
    Over(Errno),
}

/// What is under way on the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnderWay {
    /// The write of the call whose turn it is.
    Write,
    /// A write of no bytes, which ends when the host takes bytes.
    Probe,
}

/// Bytes that go out by a stream of the host.
pub struct Outgoing<H: Host> {
    wasi: &'static Wasi<H>,
    /// How the stream is opened again when it has ended.
    open: Option<Open<H>>,
    stage: RefCell<Stage<H>>,
    under_way: Cell<Option<UnderWay>>,
    /// What the write has come to of the call whose turn it is.
    moved: Cell<Option<Progress>>,
    ending: Changes,
    turns: Turns,
}

impl<H: Host> Outgoing<H> {
    /// A stream that `open` opens: when a program first writes, and again when it has ended.
    pub const fn new(wasi: &'static Wasi<H>, open: Open<H>) -> Self {
        Self::with(wasi, Some(open), Stage::Unopened(open))
    }

    /// A stream that is open.
    pub const fn opened(wasi: &'static Wasi<H>, stream: Writable<H>) -> Self {
        Self::with(wasi, None, Stage::Open(stream))
    }

    const fn with(wasi: &'static Wasi<H>, open: Option<Open<H>>, stage: Stage<H>) -> Self {
        Self {
            wasi,
            open,
            stage: RefCell::new(stage),
            under_way: Cell::new(None),
            moved: Cell::new(None),
            ending: Changes::new(),
            turns: Turns::new(),
        }
    }

    /// Begins to write one piece, and says whether all of it has been written. If not, the caller
    /// calls [`write`](Self::write) for the same piece before anybody else has a turn, which goes on
    /// with what has begun.
    ///
    /// The usual write ends as it begins, so it needs no future.
    pub fn write_at_once(&self, piece: Span) -> bool {
        if !self.turns.is_free() || piece.len == 0 {
            return false;
        }
        self.cancel();
        if self.has_ended() {
            return false;
        }
        self.begin(UnderWay::Write, piece);
        let all = Progress {
            count: piece.len,
            ended: false,
        };
        let is_all = self.moved.get() == Some(all);
        if is_all {
            self.moved.set(None);
        }
        is_all
    }

    /// Writes the buffers as one: nobody else's bytes come between them. How many bytes were written,
    /// which is all of them unless the stream or the patience has ended.
    pub async fn write(&self, buffers: Buffers, wait: &Wait<H>) -> Result<u32, Errno> {
        let _turn = wait.turn(&self.turns).await?;
        let written = self.write_now(buffers, wait).await;
        if let Err(error) = written {
            self.note_told(error);
        }
        written
    }

    async fn write_now(&self, buffers: Buffers, wait: &Wait<H>) -> Result<u32, Errno> {
        let Some(joined) = self.wasi.joined(buffers, JOINED_MAX)? else {
            return self.write_each(buffers, wait).await;
        };
        let (written, ended) = self.write_piece(joined.span(), wait).await;
        if written > 0 {
            Ok(written)
        } else {
            ended.map(|()| 0)
        }
    }

    async fn write_each(&self, buffers: Buffers, wait: &Wait<H>) -> Result<u32, Errno> {
        let mut total = 0_u32;
        for piece in buffers.iter(&self.wasi.host) {
            let (written, ended) = self.write_piece(piece, wait).await;
            total = total.saturating_add(written);
            match ended {
                Err(_) if total > 0 => break,
                ended => ended?,
            }
        }
        Ok(total)
    }

    /// Writes one piece; how many bytes of it, and why not all.
    async fn write_piece(&self, piece: Span, wait: &Wait<H>) -> (u32, Result<(), Errno>) {
        let mut rest = piece;
        while rest.len > 0 {
            let (written, ended) = self.write_some(rest, wait).await;
            rest = rest.after(written);
            if ended.is_err() {
                return (piece.len - rest.len, ended);
            }
        }
        (piece.len, Ok(()))
    }

    /// Writes some bytes of `rest`, which has some; how many, and why no more can follow.
    async fn write_some(&self, rest: Span, wait: &Wait<H>) -> (u32, Result<(), Errno>) {
        if !self.has_begun() {
            self.cancel();
            let usable = wait.until(|context| self.poll_usable(context)).await;
            if usable.is_err() {
                return (0, usable);
            }
            self.begin(UnderWay::Write, rest);
        }
        // The host may not read the buffer any more when this is dropped.
        let write = Write(self);
        let waited = wait.until(|context| self.poll_end(context).map(Ok)).await;
        drop(write);
        let Some(Progress { count, ended }) = self.moved.take() else {
            return (0, waited.and(Err(Errno::BADF)));
        };
        if count == 0 && ended {
            return (0, wait.until(|context| self.poll_usable(context)).await);
        }
        (count, waited)
    }

    /// Whether the write of the call whose turn it is has begun.
    fn has_begun(&self) -> bool {
        self.under_way.get() == Some(UnderWay::Write) || self.moved.get().is_some()
    }

    /// Waits for why no more can be written, if that is so.
    fn poll_usable(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        match &*self.stage.borrow() {
            Stage::Unopened(_) | Stage::Open(_) => Poll::Ready(Ok(())),
            Stage::Ended(outcome) => {
                let why = outcome.poll(context);
                why.map(|why| Err(why.err().unwrap_or(Errno::PIPE)))
            }
            Stage::Over(why) => Poll::Ready(Err(*why)),
        }
    }

    /// The stream, which is opened if need be; `None` when it has ended.
    fn stream(&self) -> Option<u32> {
        let mut stage = self.stage.borrow_mut();
        if let Stage::Unopened(open) = *stage {
            *stage = Stage::Open(open(self.wasi));
        }
        match &*stage {
            Stage::Open(stream) => Some(stream.handle()),
            Stage::Unopened(_) | Stage::Ended(_) | Stage::Over(_) => None,
        }
    }

    fn begin(&self, what: UnderWay, from: Span) {
        let Some(stream) = self.stream() else { return };
        let host = &self.wasi.host;
        let bits = host.stream_write(stream, from.address, from.len);
        self.under_way.set(Some(what));
        match Progress::from_bits(bits) {
            Some(progress) => self.finish(progress),
            None => self.wasi.expect(stream),
        }
    }

    /// Takes what the operation that was under way has come to.
    fn finish(&self, progress: Progress) {
        if self.under_way.take() == Some(UnderWay::Write) {
            self.moved.set(Some(progress));
        }
        if progress.ended {
            self.stage.replace_with(|stage| match take(stage) {
                Stage::Open(stream) => Stage::Ended(stream.into_outcome()),
                other => other,
            });
        }
    }

    /// The stream, while something is under way on it.
    fn busy(&self) -> Option<u32> {
        self.under_way.get().and_then(|_| self.stream())
    }

    /// Waits for the end of what is under way.
    fn poll_end(&self, context: &Context<'_>) -> Poll<()> {
        let Some(stream) = self.busy() else {
            return Poll::Ready(());
        };
        let ended = self.wasi.poll_operation(stream, &self.ending, context);
        ended.map(|progress| self.finish(progress))
    }

    /// Cancels what is under way.
    fn cancel(&self) {
        let cancel = |host: &H, stream| host.stream_cancel_write(stream);
        if let Some(stream) = self.busy()
            && let Some(progress) = self.wasi.cancel(stream, cancel)
        {
            self.finish(progress);
        }
    }

    /// A call has failed with this error. Why the stream has ended is told once: the next call opens
    /// it again, or is told that nobody reads.
    fn note_told(&self, error: Errno) {
        let mut stage = self.stage.borrow_mut();
        let is_why = !matches!(error, Errno::INTR | Errno::AGAIN);
        if is_why && matches!(*stage, Stage::Ended(_)) {
            *stage = match self.open {
                Some(open) => Stage::Unopened(open),
                None => Stage::Over(Errno::PIPE),
            };
        }
    }

    /// What went wrong with the stream, if no call has been told; it is told now.
    pub fn take_error(&self) -> Option<Errno> {
        let context = Context::from_waker(Waker::noop());
        let _ = self.poll_end(&context);
        let has_ended = matches!(*self.stage.borrow(), Stage::Ended(_));
        match self.poll_usable(&context) {
            Poll::Ready(Err(error)) if has_ended && error != Errno::PIPE => {
                self.note_told(error);
                Some(error)
            }
            _ => None,
        }
    }

    /// Nothing more goes out, for this reason: the other side is told.
    pub fn end(&self, why: Errno) {
        self.cancel();
        self.stage.replace(Stage::Over(why));
        self.ending.announce();
    }

    /// Whether nothing more goes out.
    pub fn has_ended(&self) -> bool {
        matches!(*self.stage.borrow(), Stage::Ended(_) | Stage::Over(_))
    }

    /// How many bytes a write would take without waiting, at least; or what it would tell.
    pub fn poll_writable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        // A write would wait for its turn.
        ready!(self.turns.poll_free(context));
        if !self.has_ended() {
            if self.under_way.get().is_none() {
                self.begin(UnderWay::Probe, Span::EMPTY);
            }
            if self.poll_end(context).is_pending() {
                return Poll::Pending;
            }
        }
        match &*self.stage.borrow() {
            Stage::Ended(outcome) => outcome.poll(context).map_ok(|()| 1),
            Stage::Over(_) => Poll::Ready(Ok(1)),
            Stage::Unopened(_) | Stage::Open(_) => Poll::Ready(Ok(PAGE_SIZE)),
        }
    }

    /// Has the context told when nothing more goes out.
    pub fn note_end(&self, context: &Context<'_>) {
        self.ending.note(context.waker());
    }
}

/// Takes a stage out of its place.
const fn take<H: Host>(stage: &mut Stage<H>) -> Stage<H> {
    core::mem::replace(stage, Stage::Over(Errno::PIPE))
}

/// A write that is under way. Dropped, it is cancelled.
struct Write<'o, H: Host>(&'o Outgoing<H>);

impl<H: Host> Drop for Write<'_, H> {
    fn drop(&mut self) {
        if self.0.under_way.get() == Some(UnderWay::Write) {
            self.0.cancel();
        }
    }
}

impl<H: Host> Drop for Outgoing<H> {
    fn drop(&mut self) {
        self.cancel();
    }
}
