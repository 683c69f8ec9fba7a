//! Bytes that go from one descriptor of a program to another.

use alloc::collections::VecDeque;
use alloc::rc::Rc;
use alloc::vec;
use core::any::Any;
use core::cell::{Cell, RefCell};
use core::task::{Context, Poll, ready};

use crate::changes::Changes;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::{Buffers, Span};
use crate::object::{Begun, Call, Object, Rights, Status, Transfer, filetype, flags};
use crate::turns::{Turn, Turns};
use crate::wasi::Wasi;

/// How many bytes a pipe holds.
const CAPACITY: usize = 65_536;
/// A write of so many bytes at most is never torn (POSIX, `PIPE_BUF`).
const WHOLE_MAX: u32 = 4096;

/// Bytes on their way. They lie in the runtime's memory, so a pipe costs a program none of its own.
#[derive(Debug, Default)]
pub struct Pipe {
    bytes: RefCell<VecDeque<u8>>,
    has_readers: Cell<bool>,
    has_writers: Cell<bool>,
    changes: Changes,
    readers: Turns,
    writers: Turns,
}

impl Pipe {
    /// An empty pipe with both its ends.
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            has_readers: Cell::new(true),
            has_writers: Cell::new(true),
            ..Self::default()
        })
    }

    fn len(&self) -> usize {
        self.bytes.borrow().len()
    }

    fn room(&self) -> usize {
        CAPACITY - self.len()
    }

    /// How many bytes a read would get without waiting; 0 at the end.
    fn poll_readable(&self, context: &Context<'_>) -> Poll<u32> {
        let len = self.len();
        if len > 0 || !self.has_writers.get() || !self.has_readers.get() {
            return Poll::Ready(len as u32);
        }
        self.changes.note(context.waker());
        Poll::Pending
    }

    /// How many bytes a write would take without waiting, when it takes `least`.
    fn poll_writable(&self, context: &Context<'_>, least: u32) -> Poll<Result<u32, Errno>> {
        if !self.has_readers.get() || !self.has_writers.get() {
            return Poll::Ready(Err(Errno::PIPE));
        }
        let room = self.room() as u32;
        if room >= least {
            return Poll::Ready(Ok(room));
        }
        self.changes.note(context.waker());
        Poll::Pending
    }

    /// Moves bytes out; how many.
    fn take<H: Host>(&self, host: &H, buffers: Buffers) -> u32 {
        let mut taken = 0;
        for buffer in buffers.iter(host) {
            let mut bytes = self.bytes.borrow_mut();
            let len = bytes.len().min(buffer.len as usize);
            let (front, back) = bytes.as_slices();
            let from_front = len.min(front.len());
            host.write(buffer.address, &front[..from_front]);
            let rest = buffer.after(from_front as u32);
            host.write(rest.address, &back[..len - from_front]);
            bytes.drain(..len);
            taken += len as u32;
        }
        self.changes.announce();
        taken
    }

    /// Moves bytes in.
    fn put<H: Host>(&self, host: &H, from: Span) {
        let mut bytes = vec![0; from.len as usize];
        host.read(from.address, &mut bytes);
        self.bytes.borrow_mut().extend(bytes);
        debug_assert!(self.len() <= CAPACITY);
        self.changes.announce();
    }
}

/// An end of a pipe, or of two: what it reads from, and what it writes to.
pub struct PipeEnd<H: Host> {
    wasi: &'static Wasi<H>,
    status: Status,
    from: Option<Rc<Pipe>>,
    to: Option<Rc<Pipe>>,
}

impl<H: Host> PipeEnd<H> {
    /// The end that reads `from` one pipe and writes `to` another.
    pub const fn new(
        wasi: &'static Wasi<H>,
        flags: u16,
        from: Option<Rc<Pipe>>,
        to: Option<Rc<Pipe>>,
    ) -> Self {
        Self {
            wasi,
            status: Status::new(flags),
            from,
            to,
        }
    }

    /// Whether it reads and writes: one end of a `socketpair`.
    pub const fn is_of_both_ways(&self) -> bool {
        self.from.is_some() && self.to.is_some()
    }

    /// Reads no more, or writes no more. Who waits at the other end is told.
    pub fn shut_down(&self, reading: bool, writing: bool) {
        if let Some(pipe) = self.from.as_ref().filter(|_| reading) {
            pipe.has_readers.set(false);
            pipe.changes.announce();
        }
        if let Some(pipe) = self.to.as_ref().filter(|_| writing) {
            pipe.has_writers.set(false);
            pipe.changes.announce();
        }
    }

    /// Whether it still has a descriptor. Who waits for one that has none goes on with `BADF`.
    fn check_open(&self) -> Result<(), Errno> {
        let is_open = self.status.descriptors.get() > 0;
        is_open.then_some(()).ok_or(Errno::BADF)
    }

    /// Waits for a turn. A call that is not to wait has it at once, or not at all.
    async fn turn<'t>(&self, turns: &'t Turns) -> Result<Turn<'t>, Errno> {
        if self.status.has(flags::NONBLOCK) && !turns.is_free() {
            return Err(Errno::AGAIN);
        }
        self.wasi.unless_interrupted(turns.take()).await
    }

    async fn read_from(&self, pipe: &Pipe, buffers: Buffers) -> Result<u32, Errno> {
        let host = &self.wasi.host;
        if buffers.first(host).len == 0 {
            return Ok(0);
        }
        let _turn = self.turn(&pipe.readers).await?;
        self.wait(|context| pipe.poll_readable(context).map(Ok))
            .await?;
        Ok(pipe.take(host, buffers))
    }

    /// Writes all buffers. What is small goes in one piece, and what is not as there is room.
    async fn write_to(&self, pipe: &Pipe, buffers: Buffers) -> Result<u32, Errno> {
        let host = &self.wasi.host;
        let total: u32 = buffers.iter(host).map(|buffer| buffer.len).sum();
        if total == 0 {
            return Ok(0);
        }
        let is_whole = total <= WHOLE_MAX;
        let _turn = self.turn(&pipe.writers).await?;
        let mut written = 0;
        for buffer in buffers.iter(host) {
            let mut rest = buffer;
            while rest.len > 0 {
                let least = if is_whole { total - written } else { 1 };
                let room = self
                    .wait(|context| pipe.poll_writable(context, least))
                    .await;
                let room = match room {
                    Ok(room) => room,
                    Err(error) if written == 0 => return Err(error),
                    // What has been written is told first.
                    Err(_) => return Ok(written),
                };
                let piece = rest.first(room);
                pipe.put(host, piece);
                rest = rest.after(piece.len);
                written += piece.len;
            }
        }
        Ok(written)
    }

    /// Waits until `poll` is ready, the end is closed, or the thread is interrupted. One that is not
    /// to wait does not.
    async fn wait<T>(
        &self,
        mut poll: impl FnMut(&Context<'_>) -> Poll<Result<T, Errno>>,
    ) -> Result<T, Errno> {
        let ready = core::future::poll_fn(|context| {
            self.check_open()?;
            match poll(context) {
                Poll::Pending if self.status.has(flags::NONBLOCK) => Poll::Ready(Err(Errno::AGAIN)),
                polled => polled,
            }
        });
        self.wasi.unless_interrupted(ready).await?
    }
}

impl<H: Host> Object for PipeEnd<H> {
    fn status(&self) -> &Status {
        &self.status
    }

    fn read(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        Ok(Call::new(async move {
            let pipe = self.from.as_ref().ok_or(Errno::BADF)?;
            let read = self.read_from(pipe, transfer.buffers).await?;
            self.wasi.store_count(transfer, read);
            Ok(())
        }))
    }

    fn write(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        Ok(Call::new(async move {
            let pipe = self.to.as_ref().ok_or(Errno::BADF)?;
            let written = self.write_to(pipe, transfer.buffers).await?;
            self.wasi.store_count(transfer, written);
            Ok(())
        }))
    }

    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun {
        let filetype = match (&self.from, &self.to) {
            (Some(_), Some(_)) => filetype::SOCKET_STREAM,
            // Preview 1 has no number for a pipe.
            _ => filetype::UNKNOWN,
        };
        let flags = self.status.flags.get();
        self.wasi.store_fdstat(to, filetype, flags, rights);
        Ok(Call::Ended)
    }

    fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.check_open()?;
        let Some(pipe) = &self.from else {
            return self.poll_hangup(context).map_ok(|()| 0);
        };
        // A read would wait for its turn.
        ready!(pipe.readers.poll_free(context));
        let there = ready!(pipe.poll_readable(context));
        // The end of what comes from the other side is not the end of the other side.
        let least = u32::from(self.is_of_both_ways() && !self.is_hung_up());
        Poll::Ready(Ok(there.max(least)))
    }

    fn poll_writable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.check_open()?;
        let Some(pipe) = &self.to else {
            return self.poll_hangup(context).map_ok(|()| 0);
        };
        ready!(pipe.writers.poll_free(context));
        let writable = pipe.poll_writable(context, WHOLE_MAX);
        if self.is_of_both_ways() {
            // As on Linux: that a write would fail is no error of the socket.
            return writable.map(|room| Ok(room.unwrap_or(1)));
        }
        // A poll tells no errors but that there is one.
        writable.map_err(|_| Errno::IO)
    }

    fn is_hung_up(&self) -> bool {
        let goes_on = |pipe: &Rc<Pipe>| pipe.has_writers.get() && pipe.has_readers.get();
        let mut pipes = [&self.from, &self.to].into_iter().flatten();
        !pipes.any(goes_on)
    }

    fn poll_hangup(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        self.check_open()?;
        if !self.is_hung_up() {
            let pipes = [&self.from, &self.to].into_iter().flatten();
            pipes.for_each(|pipe| pipe.changes.note(context.waker()));
            return Poll::Pending;
        }
        // As on Linux: that nobody reads a pipe is an error, of which a poll tells no more.
        let reads = self.from.is_some();
        Poll::Ready(reads.then_some(()).ok_or(Errno::IO))
    }

    fn close(&self) {
        self.shut_down(true, true);
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}
