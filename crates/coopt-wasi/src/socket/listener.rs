//! Connections that come in.

use alloc::boxed::Box;
use core::cell::Cell;
use core::task::{Context, Poll};

use crate::area::Area;
use crate::changes::Changes;
use crate::errno::Errno;
use crate::host::Host;
use crate::progress::Progress;
use crate::socket::handle::Handle;
use crate::turns::Turns;
use crate::wait::Wait;
use crate::wasi::Wasi;

/// The connections that come in at a socket: a stream of sockets.
pub struct Listener<H: Host> {
    wasi: &'static Wasi<H>,
    stream: Cell<Option<u32>>,
    /// Where the host stores a socket.
    room: Area<'static>,
    is_under_way: Cell<bool>,
    /// A connection that nobody has accepted yet.
    ahead: Cell<Option<Handle<H>>>,
    has_ended: Cell<bool>,
    ending: Changes,
    turns: Turns,
}

impl<H: Host> Listener<H> {
    /// Takes connections from `stream`.
    pub fn new(wasi: &'static Wasi<H>, stream: u32) -> Result<Self, Errno> {
        const SIZE: u32 = 4;
        Ok(Self {
            wasi,
            stream: Cell::new(Some(stream)),
            room: wasi.area(SIZE)?,
            is_under_way: Cell::new(false),
            ahead: Cell::new(None),
            has_ended: Cell::new(false),
            ending: Changes::new(),
            turns: Turns::new(),
        })
    }

    /// Waits for a connection. Who asked first gets the first.
    pub async fn accept(&self, wait: &Wait<H>) -> Result<Handle<H>, Errno> {
        let mut turn = Box::pin(self.turns.take());
        let _turn = wait.until(|context| turn.as_mut().poll(context).map(Ok));
        let _turn = _turn.await?;
        wait.until(|context| self.poll_accept(context)).await
    }

    fn poll_accept(&self, context: &Context<'_>) -> Poll<Result<Handle<H>, Errno>> {
        self.poll_ahead(context)
            .map(|there| there.and_then(|()| self.ahead.take().ok_or(Errno::BADF)))
    }

    /// Waits for a connection, which is kept.
    fn poll_ahead(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        loop {
            let ahead = self.ahead.take();
            let is_there = ahead.is_some();
            self.ahead.set(ahead);
            let Some(stream) = self.stream.get() else {
                return Poll::Ready(Err(Errno::BADF));
            };
            if is_there {
                return Poll::Ready(Ok(()));
            }
            if self.has_ended.get() {
                return Poll::Ready(Err(Errno::INVAL));
            }
            if !self.is_under_way.get() {
                self.begin(stream);
            } else if let Poll::Ready(payload) = self.wasi.events.poll(stream, context) {
                self.finish(payload);
            } else {
                self.ending.note(context.waker());
                return Poll::Pending;
            }
        }
    }

    fn begin(&self, stream: u32) {
        const COUNT: u32 = 1;
        let bits = self
            .wasi
            .host
            .accepted_read(stream, self.room.address(), COUNT);
        self.is_under_way.set(true);
        if Progress::from_bits(bits).is_some() {
            self.finish(bits);
        } else {
            self.wasi.expect(stream);
        }
    }

    /// Takes what a read has come to.
    fn finish(&self, bits: u32) {
        let Some(Progress { count, ended }) = Progress::from_bits(bits) else {
            return;
        };
        self.is_under_way.set(false);
        self.has_ended.set(ended);
        if count > 0 {
            let (wasi, number) = (self.wasi, self.wasi.host.load32(self.room.address()));
            self.ahead.set(Some(Handle { wasi, number }));
        }
    }

    /// Whether an accept would not wait.
    pub fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.poll_ahead(context).map_ok(|()| 1)
    }

    /// Nobody has a descriptor of it any more. Connections that nobody has accepted are gone.
    pub fn close(&self) {
        let Some(stream) = self.stream.take() else {
            return;
        };
        let Wasi { host, events, .. } = self.wasi;
        if self.is_under_way.get() {
            let ended = events.take(stream);
            let bits = ended.unwrap_or_else(|| {
                host.unwatch(stream);
                events.forget(stream);
                host.accepted_cancel_read(stream)
            });
            self.finish(bits);
        }
        self.ahead.take();
        host.accepted_drop(stream);
        self.ending.announce();
    }
}

impl<H: Host> Drop for Listener<H> {
    fn drop(&mut self) {
        self.close();
    }
}
