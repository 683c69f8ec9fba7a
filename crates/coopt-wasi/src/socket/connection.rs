//! A connection: what it sends and receives.

use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::host::Host;
use crate::incoming::Incoming;
use crate::memory::{Buffers, Memory, Span};
use crate::outgoing::Outgoing;
use crate::socket::flags::ReceiveFlags;
use crate::stream::{Readable, Source, Writable};
use crate::wait::Wait;
use crate::wasi::Wasi;

/// Buffers without so many bytes, which are full.
#[derive(Clone, Copy, Debug)]
struct Rest(Buffers, u32);

impl Rest {
    /// The buffers that have room, in their order.
    fn iter<M: Memory>(self, memory: &M) -> impl Iterator<Item = Span> {
        let Self(buffers, mut full) = self;
        let rest = buffers.iter(memory).map(move |buffer| {
            let len = full.min(buffer.len);
            full -= len;
            buffer.after(len)
        });
        rest.filter(|buffer| buffer.len > 0)
    }

    /// The buffer that has room, when only one has.
    fn only<M: Memory>(self, memory: &M) -> Option<Span> {
        let mut all = self.iter(memory);
        all.next().filter(|_| all.next().is_none())
    }
}

/// A connection: what it sends and receives.
pub struct Connection<H: Host> {
    wasi: &'static Wasi<H>,
    incoming: Incoming<H>,
    outgoing: Outgoing<H>,
}

impl<H: Host> Connection<H> {
    /// The connection of `socket`, which has one.
    pub fn open(wasi: &'static Wasi<H>, socket: u32) -> Result<Self, Errno> {
        let receive = |host: &H, to| host.tcp_receive(socket, to);
        let incoming = Readable::open(wasi, Source::SOCKET, receive)?;
        let send = |host: &H, stream| host.tcp_send(socket, stream);
        let outgoing = Writable::open(wasi, Source::SOCKET, send);
        Ok(Self {
            wasi,
            incoming: Incoming::opened(wasi, incoming),
            outgoing: Outgoing::opened(wasi, outgoing),
        })
    }

    /// Sends the buffers as one.
    pub async fn send(&self, buffers: Buffers, wait: &Wait<H>) -> Result<u32, Errno> {
        let sent = self.outgoing.write(buffers, wait).await;
        // As on Linux: what went wrong with the connection is told by the first call, whichever.
        sent.map_err(|error| match error {
            Errno::PIPE => self.incoming.take_error().unwrap_or(error),
            error => error,
        })
    }

    /// Receives some bytes; 0 when no more come.
    pub async fn receive(
        &self,
        buffers: Buffers,
        flags: ReceiveFlags,
        wait: &Wait<H>,
    ) -> Result<u32, Errno> {
        let len = buffers.len(&self.wasi.host);
        if len == 0 {
            return Ok(0);
        }
        let mut received = 0;
        loop {
            let rest = Rest(buffers, received);
            match self.receive_some(rest, flags, wait).await {
                // As on Linux: what went wrong is told by the first call, whichever.
                Ok(0) if received == 0 => return self.outgoing.take_error().map_or(Ok(0), Err),
                Ok(some) => {
                    received += some;
                    let is_all = u64::from(received) == len || some == 0;
                    if is_all || !flags.wait_all() || flags.peek() {
                        return Ok(received);
                    }
                }
                Err(_) if received > 0 => return Ok(received),
                Err(error) => return Err(error),
            }
        }
    }

    async fn receive_some(
        &self,
        buffers: Rest,
        flags: ReceiveFlags,
        wait: &Wait<H>,
    ) -> Result<u32, Errno> {
        let only = buffers.only(&self.wasi.host);
        if let Some(buffer) = only.filter(|_| !flags.peek()) {
            return self.incoming.read(buffer, wait).await;
        }
        let _turn = self.incoming.turn(wait).await?;
        if self.incoming.await_some(wait).await? == 0 {
            self.incoming.why_ended(wait).await?;
            return Ok(0);
        }
        let received = self.spread(buffers);
        if !flags.peek() {
            self.incoming.skip_ahead(received);
        }
        Ok(received)
    }

    /// Copies what was read ahead to the buffers; how many bytes.
    fn spread(&self, buffers: Rest) -> u32 {
        let mut copied = 0;
        for buffer in buffers.iter(&self.wasi.host) {
            copied += self.incoming.copy_ahead(buffer, copied);
        }
        copied
    }

    /// Nothing more is received: who waits for it is told that it has ended.
    pub fn end_receiving(&self) {
        self.incoming.end();
    }

    /// Nothing more is sent: who waits for it is told.
    pub fn end_sending(&self) {
        self.outgoing.end(Errno::PIPE);
    }

    /// Nobody has a descriptor of it any more.
    pub fn close(&self) {
        self.incoming.close();
        self.incoming.end();
        self.outgoing.end(Errno::BADF);
    }

    /// Whether a read would not wait. The end of what comes in is not the end of the connection.
    pub fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        let there = self.incoming.poll_readable(context);
        let has_ended = self.outgoing.has_ended();
        there.map_ok(|there| if has_ended { there } else { there.max(1) })
    }

    /// Whether a write would not wait.
    pub fn poll_writable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.outgoing.poll_writable(context)
    }

    /// What went wrong with the connection, if no call has been told; it is told now.
    pub fn take_error(&self) -> Option<Errno> {
        let outgoing = || self.outgoing.take_error();
        self.incoming.take_error().or_else(outgoing)
    }

    /// Whether nothing goes in either direction any more, but for what has been read ahead.
    pub fn is_hung_up(&self) -> bool {
        self.incoming.has_ended() && self.outgoing.has_ended()
    }

    /// Waits until nothing goes in either direction any more, or something has gone wrong.
    pub fn poll_hangup(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        if let Poll::Ready(Err(error)) = self.incoming.poll_readable(context) {
            return Poll::Ready(Err(error));
        }
        if self.is_hung_up() {
            return Poll::Ready(Ok(()));
        }
        self.outgoing.note_end(context);
        Poll::Pending
    }
}
