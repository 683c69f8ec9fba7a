//! Standard input.

use core::cell::Cell;

use crate::events::Events;
use crate::host::{Host, Progress, Stream};
use crate::memory::{PAGE_SIZE, Span};
use crate::turns::Turns;

/// Where a read that is under way puts its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    /// The buffer of the call whose turn it is.
    Call,
    /// The page at this address, for a poll.
    Page(u32),
}

/// Standard input. Its stream is opened when a program first asks for it.
///
/// A read goes straight into the program's buffer. A poll cannot ask the host whether a byte is
/// there: a read of no bytes ends at once. So it reads ahead, into a page of the description's own,
/// which the next reads empty first.
#[derive(Debug, Default)]
pub struct Input {
    stream: Cell<Option<Stream>>,
    page: Cell<Option<u32>>,
    /// The bytes in the page that no call has taken.
    ahead: Cell<Span>,
    under_way: Cell<Option<Destination>>,
    /// How many bytes have come into the buffer of the call whose turn it is.
    arrived: Cell<u32>,
    has_ended: Cell<bool>,
    turns: Turns,
}

impl Input {
    /// Standard input, not opened yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            stream: Cell::new(None),
            page: Cell::new(None),
            ahead: Cell::new(Span::EMPTY),
            under_way: Cell::new(None),
            arrived: Cell::new(0),
            has_ended: Cell::new(false),
            turns: Turns::new(),
        }
    }

    /// Reads up to as many bytes as `buffer` has room for; 0 at the end of the stream.
    pub async fn read<H: Host>(&self, host: &H, events: &Events, buffer: Span) -> u32 {
        let _turn = self.turns.take().await;
        loop {
            self.settle(events);
            let arrived = self.arrived.take();
            if arrived > 0 {
                return arrived;
            }
            if self.ahead.get().len > 0 {
                return self.take_ahead(host, buffer);
            }
            if self.has_ended.get() || buffer.len == 0 {
                return 0;
            }
            match self.under_way.get() {
                None => self.begin(host, events, Destination::Call, buffer),
                Some(_) => events.end(self.stream(host).0).await,
            }
        }
    }

    /// Waits until a read would not wait: how many bytes are there, 0 at the end of the stream.
    /// `None` when there is no memory to read ahead into.
    pub async fn readable<H: Host>(&self, host: &H, events: &Events) -> Option<u32> {
        loop {
            self.settle(events);
            let there = self.ahead.get().len;
            if there > 0 || self.has_ended.get() {
                return Some(there);
            }
            match self.under_way.get() {
                None => {
                    let address = self.page(host)?;
                    let page = Span {
                        address,
                        len: PAGE_SIZE,
                    };
                    self.begin(host, events, Destination::Page(address), page);
                }
                Some(_) => events.end(self.stream(host).0).await,
            }
        }
    }

    fn begin<H: Host>(&self, host: &H, events: &Events, destination: Destination, to: Span) {
        let stream = self.stream(host);
        self.under_way.set(Some(destination));
        match host.read(stream, to.address, to.len) {
            Some(progress) => self.finish(progress),
            None => events.expect(stream.0),
        }
    }

    /// Takes note of a read that has ended.
    fn settle(&self, events: &Events) {
        if let (Some(stream), Some(_)) = (self.stream.get(), self.under_way.get()) {
            let payload = events.take(stream.0);
            if let Some(progress) = payload.and_then(Progress::from_bits) {
                self.finish(progress);
            }
        }
    }

    fn finish(&self, progress: Progress) {
        let len = progress.bytes;
        match self.under_way.take() {
            Some(Destination::Page(address)) => self.ahead.set(Span { address, len }),
            Some(Destination::Call) | None => self.arrived.set(len),
        }
        self.has_ended.set(progress.ended);
    }

    fn take_ahead<H: Host>(&self, host: &H, buffer: Span) -> u32 {
        let ahead = self.ahead.get();
        let len = buffer.len.min(ahead.len);
        host.copy(buffer.address, ahead.address, len);
        self.ahead.set(ahead.after(len));
        len
    }

    fn stream<H: Host>(&self, host: &H) -> Stream {
        let stream = self.stream.get().unwrap_or_else(|| host.open_stdin());
        self.stream.set(Some(stream));
        stream
    }

    fn page<H: Host>(&self, host: &H) -> Option<u32> {
        let page = self.page.get().or_else(|| host.add_page());
        self.page.set(page);
        page
    }
}
