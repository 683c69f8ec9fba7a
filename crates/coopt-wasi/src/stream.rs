//! Streams of bytes, and the futures that say how they ended.

use core::cell::RefCell;
use core::future::poll_fn;
use core::task::{Context, Poll, ready};

use crate::answer::Shape;
use crate::area::Area;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::progress::Progress;
use crate::wasi::Wasi;

/// Whose stream it is: its result is of another type. Functions, since a component imports what its
/// program can reach.
pub struct Source<H: Host> {
    /// Begins to read a result.
    read: fn(&H, u32, u32) -> u32,
    /// Cancels such a read.
    cancel: fn(&H, u32) -> u32,
    /// Drops a result.
    drop: fn(&H, u32),
    /// What the result at an address says.
    result: fn(&Wasi<H>, u32) -> Result<(), Errno>,
}

impl<H: Host> Source<H> {
    /// Of `wasi:cli`.
    pub const STDIO: &'static Self = &Self {
        read: |host, future, to| host.stdio_result_read(future, to),
        cancel: |host, future| host.stdio_result_cancel(future),
        drop: |host, future| host.stdio_result_drop(future),
        result: |wasi, at| match wasi.host.load8(at) {
            0 => Ok(()),
            _ => Err(Errno::of_stdio(wasi.host.load8(at + 1))),
        },
    };
    /// Of `wasi:filesystem`.
    pub const FILE: &'static Self = &Self {
        read: |host, future, to| host.file_result_read(future, to),
        cancel: |host, future| host.file_result_cancel(future),
        drop: |host, future| host.file_result_drop(future),
        result: |wasi, at| wasi.check(at, Shape::WORDS),
    };
    /// Of `wasi:sockets`.
    pub const SOCKET: &'static Self = &Self {
        read: |host, future, to| host.socket_result_read(future, to),
        cancel: |host, future| host.socket_result_cancel(future),
        drop: |host, future| host.socket_result_drop(future),
        result: |wasi, at| wasi.check(at, Shape::SOCKET),
    };
}

/// How far the question is why a stream ended.
enum Asked {
    Not,
    /// The host stores the result here.
    At(Area<'static>),
    Told(Result<(), Errno>),
}

/// The future that says how a stream ended.
pub struct Outcome<H: Host> {
    wasi: &'static Wasi<H>,
    future: u32,
    source: &'static Source<H>,
    asked: RefCell<Asked>,
}

impl<H: Host> Outcome<H> {
    /// The future with the handle `future`.
    pub const fn new(wasi: &'static Wasi<H>, future: u32, source: &'static Source<H>) -> Self {
        Self {
            wasi,
            future,
            source,
            asked: RefCell::new(Asked::Not),
        }
    }

    /// Waits until the stream's other end is gone; why it is.
    pub async fn get(self) -> Result<(), Errno> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The same. Several may ask, and as often as they like.
    pub fn poll(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        let mut asked = self.asked.borrow_mut();
        if let Asked::Not = *asked {
            *asked = self.ask()?;
        }
        if let Asked::At(area) = &*asked {
            ready!(self.wasi.events.poll(self.future, context));
            *asked = Asked::Told(self.result(area));
        }
        match *asked {
            Asked::Told(result) => Poll::Ready(result),
            Asked::Not | Asked::At(_) => Poll::Pending,
        }
    }

    fn ask(&self) -> Result<Asked, Errno> {
        const SIZE: u32 = 20;
        let area = self.wasi.area(SIZE)?;
        let bits = (self.source.read)(&self.wasi.host, self.future, area.address());
        Ok(match Progress::from_bits(bits) {
            Some(_) => Asked::Told(self.result(&area)),
            None => {
                self.wasi.expect(self.future);
                Asked::At(area)
            }
        })
    }

    fn result(&self, area: &Area<'_>) -> Result<(), Errno> {
        (self.source.result)(self.wasi, area.address())
    }
}

impl<H: Host> Drop for Outcome<H> {
    fn drop(&mut self) {
        if let Asked::At(_) = *self.asked.get_mut() {
            self.wasi.cancel(self.future, self.source.cancel);
        }
        (self.source.drop)(&self.wasi.host, self.future);
    }
}

/// The readable end of a stream of bytes. No operation is under way when it is dropped.
pub struct ReadEnd<H: Host> {
    wasi: &'static Wasi<H>,
    /// The host's handle.
    pub stream: u32,
}

impl<H: Host> Drop for ReadEnd<H> {
    fn drop(&mut self) {
        self.wasi.host.stream_drop_readable(self.stream);
    }
}

/// A stream to read from.
pub struct Readable<H: Host> {
    pub end: ReadEnd<H>,
    pub outcome: Outcome<H>,
}

impl<H: Host> Readable<H> {
    /// The host's handle.
    pub const fn handle(&self) -> u32 {
        self.end.stream
    }

    /// The future that says why it has ended.
    pub fn into_outcome(self) -> Outcome<H> {
        self.outcome
    }

    /// Opens a stream: `open` stores the stream and its future at the address that it is given.
    pub fn open(
        wasi: &'static Wasi<H>,
        source: &'static Source<H>,
        open: impl FnOnce(&H, u32),
    ) -> Result<Self, Errno> {
        const SIZE: u32 = 8;
        let area = wasi.area(SIZE)?;
        open(&wasi.host, area.address());
        let stream = wasi.host.load32(area.address());
        let future = wasi.host.load32(area.address() + 4);
        Ok(Self {
            end: ReadEnd { wasi, stream },
            outcome: Outcome::new(wasi, future, source),
        })
    }

    /// Begins to read up to as many bytes as `to` has room for; what that has come to, which
    /// [`finish`](Self::finish) waits for.
    pub fn begin(&self, to: Span) -> u32 {
        let ReadEnd { wasi, stream } = self.end;
        wasi.host.stream_read(stream, to.address, to.len)
    }

    /// Waits for the end of a read that has come to `bits`.
    pub async fn finish(&self, bits: u32) -> Progress {
        let ReadEnd { wasi, stream } = self.end;
        wasi.progress(stream, bits).await
    }
}

/// The writable end of a stream of bytes. No operation is under way when it is dropped.
struct WriteEnd<H: Host> {
    wasi: &'static Wasi<H>,
    stream: u32,
}

impl<H: Host> Drop for WriteEnd<H> {
    fn drop(&mut self) {
        self.wasi.host.stream_drop_writable(self.stream);
    }
}

/// A stream to write to.
pub struct Writable<H: Host> {
    end: WriteEnd<H>,
    outcome: Outcome<H>,
}

/// How far a write has come.
pub struct Written<H: Host> {
    /// How many bytes have been written.
    pub len: u32,
    /// The stream, or why it takes no more.
    pub then: Result<Writable<H>, Errno>,
}

impl<H: Host> Writable<H> {
    /// The host's handle.
    pub const fn handle(&self) -> u32 {
        self.end.stream
    }

    /// The future that says why it has ended.
    pub fn into_outcome(self) -> Outcome<H> {
        self.outcome
    }

    /// Makes a stream: `open` hands its other end to the host, and returns the future.
    pub fn open(
        wasi: &'static Wasi<H>,
        source: &'static Source<H>,
        open: impl FnOnce(&H, u32) -> u32,
    ) -> Self {
        let both = wasi.host.stream_new();
        let stream = (both >> 32) as u32;
        let future = open(&wasi.host, both as u32);
        Self {
            end: WriteEnd { wasi, stream },
            outcome: Outcome::new(wasi, future, source),
        }
    }

    /// Begins to write `from`, which has bytes; what that has come to, which
    /// [`finish`](Self::finish) goes on with.
    pub fn begin(&self, from: Span) -> u32 {
        let WriteEnd { wasi, stream } = self.end;
        wasi.host.stream_write(stream, from.address, from.len)
    }

    /// Writes all of `from`, unless the stream ends.
    pub async fn write(self, from: Span) -> Written<H> {
        let bits = self.begin(from);
        self.finish(from, bits).await
    }

    /// Writes all of `from`, the first write of which has come to `bits`, unless the stream ends.
    pub async fn finish(self, from: Span, mut bits: u32) -> Written<H> {
        let WriteEnd { wasi, stream } = self.end;
        let mut rest = from;
        loop {
            let progress = wasi.progress(stream, bits).await;
            rest = rest.after(progress.count);
            if progress.ended {
                drop(self.end);
                let why = self.outcome.get().await.err();
                return Written {
                    len: from.len - rest.len,
                    then: Err(why.unwrap_or(Errno::IO)),
                };
            }
            if rest.len == 0 {
                return Written {
                    len: from.len,
                    then: Ok(self),
                };
            }
            bits = self.begin(rest);
        }
    }
}
