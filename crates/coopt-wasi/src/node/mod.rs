//! A file or a directory.

mod entries;
mod offset;
mod read;
mod stat;
mod write;

use alloc::boxed::Box;
use alloc::rc::Rc;
use core::any::Any;
use core::cell::Cell;
use core::task::{Context, Poll};

use crate::answer::Shape;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::PAGE_SIZE;
use crate::node::entries::Entries;
use crate::node::offset::Offset;
use crate::node::read::Reader;
use crate::node::write::Writer;
use crate::object::{Begun, Call, Object, Rights, Transfer, Whence};
use crate::turns::Turns;
use crate::wasi::Wasi;

/// The host's handle of a file or a directory. It is dropped with the value.
pub struct Handle<H: Host> {
    wasi: &'static Wasi<H>,
    number: u32,
}

impl<H: Host> Handle<H> {
    /// Owns the handle `number`.
    pub const fn new(wasi: &'static Wasi<H>, number: u32) -> Self {
        Self { wasi, number }
    }
}

impl<H: Host> Drop for Handle<H> {
    fn drop(&mut self) {
        self.wasi.host.node_drop(self.number);
    }
}

/// A file or a directory that was opened.
///
/// Sequential reads and writes keep their stream, which stands where the next begins. One that
/// begins elsewhere opens another.
pub struct Node<H: Host> {
    // The streams end before the node.
    reader: Cell<Option<Reader<H>>>,
    writer: Cell<Option<Writer<H>>>,
    entries: Entries,
    handle: Handle<H>,
    flags: Cell<u16>,
    offset: Cell<Offset>,
    /// Whose turn it is at the offset. A call that brings its own takes none.
    turns: Turns,
    /// The path by which a program knows a directory that was open from the start.
    preopen: Option<Box<[u8]>>,
}

impl<H: Host> Node<H> {
    /// The node behind `handle`, opened with preview 1's `fdflags`.
    pub fn new(handle: Handle<H>, flags: u16) -> Self {
        Self {
            reader: Cell::new(None),
            writer: Cell::new(None),
            entries: Entries::new(),
            handle,
            flags: Cell::new(flags),
            offset: Cell::new(Offset::At(0)),
            turns: Turns::new(),
            preopen: None,
        }
    }

    /// A directory that is open from the start, under the path `preopen`.
    pub fn preopened(handle: Handle<H>, preopen: Box<[u8]>) -> Self {
        Self {
            preopen: Some(preopen),
            ..Self::new(handle, 0)
        }
    }

    /// The host's handle.
    pub fn handle(&self) -> u32 {
        self.handle.number
    }

    /// The path by which a program knows a directory that was open from the start.
    pub fn preopen(&self) -> Option<&[u8]> {
        self.preopen.as_deref()
    }

    fn wasi(&self) -> &'static Wasi<H> {
        self.handle.wasi
    }

    /// Its type: preview 1's `filetype`.
    async fn filetype(&self) -> Result<u8, Errno> {
        let node = self.handle();
        let ask = |host: &H, to| host.get_type(node, to);
        let answer = self.wasi().ask(Shape::WORDS, ask).await?;
        Ok(self.wasi().filetype_at(answer.payload()))
    }
}

impl<H: Host> Object for Node<H> {
    fn flags(&self) -> &Cell<u16> {
        &self.flags
    }

    fn read(self: Rc<Self>, transfer: Transfer) -> Begun {
        Ok(Call::new(async move {
            let read = match transfer.offset {
                Some(offset) => self.read_at(offset, transfer.buffers).await?,
                None => self.read_on(transfer.buffers).await?,
            };
            self.wasi().store_count(transfer, read);
            Ok(())
        }))
    }

    fn write(self: Rc<Self>, transfer: Transfer) -> Begun {
        Ok(Call::new(async move {
            let written = match transfer.offset {
                Some(offset) => self.write_at(Offset::At(offset), transfer.buffers).await?,
                None => self.write_on(transfer.buffers).await?,
            };
            self.wasi().store_count(transfer, written);
            Ok(())
        }))
    }

    fn seek(self: Rc<Self>, offset: i64, whence: Whence, to: u32) -> Begun {
        Ok(Call::new(async move {
            let now = self.move_offset(offset, whence).await?;
            self.wasi().host.store64(to, now);
            Ok(())
        }))
    }

    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun {
        Ok(Call::new(async move {
            let filetype = self.filetype().await?;
            self.wasi()
                .store_fdstat(to, filetype, self.flags.get(), rights);
            Ok(())
        }))
    }

    /// The host reads a file without waiting for others.
    fn poll_readable(&self, _: &Context<'_>) -> Poll<Result<u32, Errno>> {
        Poll::Ready(Ok(PAGE_SIZE))
    }

    fn poll_writable(&self, _: &Context<'_>) -> Poll<Result<u32, Errno>> {
        Poll::Ready(Ok(PAGE_SIZE))
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}
