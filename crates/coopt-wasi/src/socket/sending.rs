//! The bytes that a connection sends.

use core::cell::{Cell, RefCell};
use core::task::{Context, Poll};

use crate::changes::Changes;
use crate::errno::Errno;
use crate::host::Host;
use crate::joined::JOINED_MAX;
use crate::memory::{Buffers, PAGE_SIZE, Span};
use crate::progress::Progress;
use crate::stream::Writable;
use crate::turns::Turns;
use crate::wait::Wait;
use crate::wasi::Wasi;

/// What is under way on the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnderWay {
    /// The write of the call whose turn it is.
    Write,
    /// A write of no bytes, which ends when the host takes bytes.
    Probe,
}

/// The bytes that a connection sends.
pub struct Sending<H: Host> {
    wasi: &'static Wasi<H>,
    /// `None` when nothing more is sent.
    stream: RefCell<Option<Writable<H>>>,
    under_way: Cell<Option<UnderWay>>,
    /// What the write has come to of the call whose turn it is.
    moved: Cell<Option<Progress>>,
    /// Whether the host takes no more: a further write would trap.
    is_refused: Cell<bool>,
    /// Why nothing more is sent.
    why_ended: Cell<Option<Errno>>,
    ending: Changes,
    turns: Turns,
}

impl<H: Host> Sending<H> {
    /// Sends by `stream`.
    pub const fn new(wasi: &'static Wasi<H>, stream: Writable<H>) -> Self {
        Self {
            wasi,
            stream: RefCell::new(Some(stream)),
            under_way: Cell::new(None),
            moved: Cell::new(None),
            is_refused: Cell::new(false),
            why_ended: Cell::new(None),
            ending: Changes::new(),
            turns: Turns::new(),
        }
    }

    /// Sends the buffers as one: nobody else's bytes come between them. How many bytes were sent,
    /// which is all of them unless the connection or the patience has ended.
    pub async fn send(&self, buffers: Buffers, wait: &Wait<H>) -> Result<u32, Errno> {
        let _turn = wait.turn(&self.turns).await?;
        let sent = self.send_now(buffers, wait).await;
        if let Err(error) = sent {
            self.note_told(error);
        }
        sent
    }

    async fn send_now(&self, buffers: Buffers, wait: &Wait<H>) -> Result<u32, Errno> {
        let Some(joined) = self.wasi.joined(buffers, JOINED_MAX)? else {
            return self.send_each(buffers, wait).await;
        };
        let (sent, ended) = self.send_piece(joined.span(), wait).await;
        if sent > 0 {
            Ok(sent)
        } else {
            ended.map(|()| 0)
        }
    }

    async fn send_each(&self, buffers: Buffers, wait: &Wait<H>) -> Result<u32, Errno> {
        let mut total = 0_u32;
        for piece in buffers.iter(&self.wasi.host) {
            let (sent, ended) = self.send_piece(piece, wait).await;
            total = total.saturating_add(sent);
            match ended {
                Err(_) if total > 0 => break,
                ended => ended?,
            }
        }
        Ok(total)
    }

    /// Sends one piece; how many bytes of it, and why not all.
    async fn send_piece(&self, piece: Span, wait: &Wait<H>) -> (u32, Result<(), Errno>) {
        let mut rest = piece;
        while rest.len > 0 {
            match self.send_some(rest, wait).await {
                Ok(sent) => rest = rest.after(sent),
                Err(error) => return (piece.len - rest.len, Err(error)),
            }
        }
        (piece.len, Ok(()))
    }

    /// Sends some bytes of `rest`, which has some.
    async fn send_some(&self, rest: Span, wait: &Wait<H>) -> Result<u32, Errno> {
        self.cancel();
        if self.is_refused.get() {
            self.note_end().await;
        }
        if let Some(error) = self.why_ended.get() {
            return Err(error);
        }
        self.begin(UnderWay::Write, rest);
        // The host may not read the buffer any more when this is dropped.
        let write = Write(self);
        let waited = wait.until(|context| self.poll_moved(context)).await;
        drop(write);
        let progress = match waited {
            Ok(progress) => progress,
            Err(error) => self
                .moved
                .take()
                .filter(|moved| moved.count > 0 || moved.ended)
                .ok_or(error)?,
        };
        if progress.ended {
            self.note_end().await;
        }
        match progress.count {
            0 => self.why_ended.get().map_or(Ok(0), Err),
            sent => Ok(sent),
        }
    }

    fn begin(&self, what: UnderWay, from: Span) {
        let stream = self.stream.borrow();
        let Some(stream) = &*stream else { return };
        let bits = stream.begin(from);
        self.under_way.set(Some(what));
        match Progress::from_bits(bits) {
            Some(progress) => self.finish(progress),
            None => self.wasi.expect(stream.handle()),
        }
    }

    fn finish(&self, progress: Progress) {
        if progress.ended {
            self.is_refused.set(true);
        }
        if self.under_way.take() == Some(UnderWay::Write) {
            self.moved.set(Some(progress));
        }
    }

    /// Waits for the end of what is under way.
    fn poll_end(&self, context: &Context<'_>) -> Poll<()> {
        let stream = self.stream.borrow();
        let Some(stream) = stream.as_ref().filter(|_| self.under_way.get().is_some()) else {
            return Poll::Ready(());
        };
        match self.wasi.events.poll(stream.handle(), context) {
            Poll::Ready(payload) => {
                if let Some(progress) = Progress::from_bits(payload) {
                    self.finish(progress);
                }
                Poll::Ready(())
            }
            Poll::Pending => {
                self.ending.note(context.waker());
                Poll::Pending
            }
        }
    }

    fn poll_moved(&self, context: &Context<'_>) -> Poll<Result<Progress, Errno>> {
        match self.poll_end(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => Poll::Ready(self.moved.take().ok_or(Errno::BADF)),
        }
    }

    /// Cancels what is under way.
    fn cancel(&self) {
        let stream = self.stream.borrow();
        let Some(stream) = stream.as_ref().filter(|_| self.under_way.get().is_some()) else {
            return;
        };
        let cancel = |host: &H, stream| host.stream_cancel_write(stream);
        if let Some(progress) = self.wasi.cancel(stream.handle(), cancel) {
            self.finish(progress);
        }
    }

    /// A call has failed with this error. What went wrong is told once, and then that nobody reads:
    /// by a call that has sent nothing.
    fn note_told(&self, error: Errno) {
        if self.why_ended.get() == Some(error) && error != Errno::BADF {
            self.why_ended.set(Some(Errno::PIPE));
        }
    }

    /// The other end of the stream is gone: notes why.
    async fn note_end(&self) {
        let stream = self.stream.take();
        if let Some(stream) = stream {
            let why = stream.why_ended().await;
            self.why_ended.set(self.why_ended.get().or(Some(why)));
        }
    }

    /// Nothing more is sent, for this reason: the other side is told.
    pub fn end(&self, why: Errno) {
        self.cancel();
        self.why_ended.set(Some(why));
        self.stream.take();
        self.ending.announce();
    }

    /// Whether nothing more is sent.
    pub fn has_ended(&self) -> bool {
        self.why_ended.get().is_some()
    }

    /// How many bytes a write would take without waiting, at least.
    pub fn poll_writable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        if !self.turns.is_free() {
            return self.turns.poll_free(context).map(|()| Ok(1));
        }
        // A write would tell at once why nothing more is sent.
        if self.has_ended() || self.is_refused.get() {
            return Poll::Ready(Ok(1));
        }
        if self.under_way.get().is_none() {
            self.begin(UnderWay::Probe, Span::EMPTY);
        }
        self.poll_end(context).map(|()| Ok(PAGE_SIZE))
    }
}

/// A write that is under way. Dropped, it is cancelled.
struct Write<'s, H: Host>(&'s Sending<H>);

impl<H: Host> Drop for Write<'_, H> {
    fn drop(&mut self) {
        if self.0.under_way.get() == Some(UnderWay::Write) {
            self.0.cancel();
        }
    }
}

impl<H: Host> Drop for Sending<H> {
    fn drop(&mut self) {
        self.cancel();
    }
}
