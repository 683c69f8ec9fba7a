//! Connections that come in.

use core::cell::Cell;
use core::task::{Context, Poll, ready};

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
    /// Why no connection comes in any more.
    why_ended: Cell<Option<Errno>>,
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
            why_ended: Cell::new(None),
            ending: Changes::new(),
            turns: Turns::new(),
        })
    }

    /// Waits for a connection, and takes it if that is `allowed` then. Who asked first gets the first.
    pub async fn accept(
        &self,
        wait: &Wait<H>,
        allowed: impl FnOnce() -> Result<(), Errno>,
    ) -> Result<Handle<H>, Errno> {
        let _turn = wait.turn(&self.turns).await?;
        wait.until(|context| self.poll_ahead(context)).await?;
        allowed()?;
        self.ahead.take().ok_or(Errno::BADF)
    }

    /// Waits for a connection, which is kept.
    fn poll_ahead(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        loop {
            let ahead = self.ahead.take();
            let is_there = ahead.is_some();
            self.ahead.set(ahead);
            if is_there {
                return Poll::Ready(Ok(()));
            }
            let (stream, why_ended) = (self.stream.get(), self.why_ended.get());
            let (Some(stream), None) = (stream, why_ended) else {
                return Poll::Ready(Err(why_ended.unwrap_or(Errno::BADF)));
            };
            if !self.is_under_way.get() {
                self.begin(stream);
            } else {
                let ended = self.wasi.poll_operation(stream, &self.ending, context);
                self.finish(ready!(ended));
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
        match Progress::from_bits(bits) {
            Some(progress) => self.finish(progress),
            None => self.wasi.expect(stream),
        }
    }

    /// Takes what a read has come to.
    fn finish(&self, Progress { count, ended }: Progress) {
        self.is_under_way.set(false);
        if ended {
            self.why_ended
                .set(self.why_ended.get().or(Some(Errno::INVAL)));
        }
        if count > 0 {
            let (wasi, number) = (self.wasi, self.wasi.host.load32(self.room.address()));
            self.ahead.set(Some(Handle { wasi, number }));
        }
    }

    /// Whether an accept would not wait.
    pub fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.poll_ahead(context).map_ok(|()| 1)
    }

    /// No connection comes in any more, for this reason. Those that nobody has accepted are gone.
    pub fn end(&self, why: Errno) {
        self.why_ended.set(Some(why));
        let Some(stream) = self.stream.take() else {
            return;
        };
        let cancel = |host: &H, stream| host.accepted_cancel_read(stream);
        if self.is_under_way.get()
            && let Some(progress) = self.wasi.cancel(stream, cancel)
        {
            self.finish(progress);
        }
        self.ahead.take();
        self.wasi.host.accepted_drop(stream);
        self.ending.announce();
    }
}

impl<H: Host> Drop for Listener<H> {
    fn drop(&mut self) {
        self.end(Errno::BADF);
    }
}
