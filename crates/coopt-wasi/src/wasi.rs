//! What all calls share, and how they wait for the host.

use alloc::vec;
use alloc::vec::Vec;
use core::cell::Cell;
use core::future::poll_fn;
use core::pin::pin;
use core::task::{Context, Poll};

use crate::area::Area;
use crate::changes::Changes;
use crate::errno::Errno;
use crate::events::Events;
use crate::host::Host;
use crate::memory::Span;
use crate::object::{Rights, Transfer};
use crate::progress::{Progress, Started};
use crate::scratch::Scratch;
use crate::strings::Cached;
use crate::table::Table;

/// What all calls share. Its methods are the calls.
pub struct Wasi<H: Host> {
    pub(crate) host: H,
    /// The operations of the host.
    pub events: Events,
    /// Our room in the program's memory.
    pub scratch: Scratch,
    pub(crate) descriptors: Table,
    pub(crate) arguments: Cached,
    pub(crate) environment: Cached,
    /// Whether the call that is polled now is to end, as its thread was interrupted.
    pub interrupted: Cell<bool>,
    /// Whether a directory was open from the start.
    pub(crate) has_preopens: Cell<bool>,
    /// How often files have been changed: what was read ahead before may be old.
    pub(crate) changes_of_files: Cell<u64>,
}

impl<H: Host> Wasi<H> {
    /// A program that has done nothing yet.
    #[must_use]
    pub const fn new(host: H) -> Self {
        Self {
            host,
            events: Events::new(),
            scratch: Scratch::new(),
            descriptors: Table::new(),
            arguments: Cached::new(),
            environment: Cached::new(),
            interrupted: Cell::new(false),
            has_preopens: Cell::new(false),
            changes_of_files: Cell::new(0),
        }
    }

    /// The host.
    pub const fn host(&self) -> &H {
        &self.host
    }

    /// Whether a directory was open from the start. Without one no path leads to a file.
    pub const fn has_preopens(&self) -> bool {
        self.has_preopens.get()
    }

    /// Room for `len` bytes in the program's memory.
    pub(crate) fn area(&self, len: u32) -> Result<Area<'_>, Errno> {
        let span = self.scratch.take(&self.host, len).ok_or(Errno::NOMEM)?;
        Ok(Area::new(&self.scratch, span))
    }

    /// Notes an operation that has not ended as it began.
    pub(crate) fn expect(&self, waitable: u32) {
        self.host.watch(waitable);
        self.events.expect(waitable);
    }

    /// Waits for something, unless the thread is interrupted: then with `INTR`. What is given up has
    /// done nothing.
    pub(crate) async fn unless_interrupted<T>(
        &self,
        wait: impl Future<Output = T>,
    ) -> Result<T, Errno> {
        let mut wait = pin!(wait);
        poll_fn(|context| match wait.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Ok(value)),
            Poll::Pending if self.interrupted.get() => Poll::Ready(Err(Errno::INTR)),
            Poll::Pending => Poll::Pending,
        })
        .await
    }

    /// Waits for the end of an operation on a stream or a future, which returned `bits`.
    pub(crate) async fn progress(&self, waitable: u32, bits: u32) -> Progress {
        if let Some(progress) = Progress::from_bits(bits) {
            return progress;
        }
        self.expect(waitable);
        let payload = self.events.end(waitable).await;
        Progress::from_bits(payload).unwrap_or(Progress::NOTHING)
    }

    /// Waits for the end of the operation that is under way on a stream; or for `ending`, after which
    /// the caller looks again.
    pub(crate) fn poll_operation(
        &self,
        stream: u32,
        ending: &Changes,
        context: &Context<'_>,
    ) -> Poll<Progress> {
        let ended = self.events.poll(stream, context);
        if ended.is_pending() {
            ending.note(context.waker());
        }
        ended.map(|payload| Progress::from_bits(payload).unwrap_or(Progress::NOTHING))
    }

    /// Cancels the operation that is under way on a stream; what it has come to, unless that comes as
    /// an event.
    pub(crate) fn cancel(
        &self,
        stream: u32,
        cancel: impl FnOnce(&H, u32) -> u32,
    ) -> Option<Progress> {
        let ended = self.events.take(stream);
        let bits = ended.unwrap_or_else(|| {
            self.host.unwatch(stream);
            cancel(&self.host, stream)
        });
        let progress = Progress::from_bits(bits)?;
        if ended.is_none() {
            self.events.forget(stream);
        }
        Some(progress)
    }

    /// Waits for an asynchronous function, which returned `status`, to store its result.
    pub(crate) async fn returned(&self, status: u32) {
        let Started::Subtask(subtask) = Started::from_bits(status) else {
            return;
        };
        self.expect(subtask);
        // A function that could not begin at once also says when it begins.
        while self.events.end(subtask).await != Started::RETURNED {
            self.events.expect(subtask);
        }
        self.host.subtask_drop(subtask);
    }

    /// Notes that a file has changed.
    pub(crate) fn note_change_of_file(&self) {
        self.changes_of_files.set(self.changes_of_files.get() + 1);
    }

    /// Stores how many bytes a transfer has moved.
    pub(crate) fn store_count(&self, transfer: Transfer, count: u32) {
        self.host.store32(transfer.count_at, count);
    }

    /// Stores an `fdstat`.
    pub(crate) fn store_fdstat(&self, to: u32, filetype: u8, flags: u16, rights: Rights) {
        const FLAGS_SHIFT: u32 = 16;
        let type_and_flags = u64::from(filetype) | u64::from(flags) << FLAGS_SHIFT;
        self.host.store64(to, type_and_flags);
        self.host.store64(to + 8, rights.base);
        self.host.store64(to + 16, rights.inheriting);
    }

    /// Takes a list of bytes that the host has stored, by where it says what it is.
    pub(crate) fn list_at(&self, at: u32) -> Span {
        Span::new(self.host.load32(at), self.host.load32(at + 4))
    }

    /// Takes a string that the host has stored in our room.
    pub(crate) fn take_string(&self, span: Span) -> Vec<u8> {
        let mut string = vec![0; span.len as usize];
        self.host.read(span.address, &mut string);
        self.scratch.give(span);
        string
    }
}
