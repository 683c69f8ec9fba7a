//! An open file or directory.

use alloc::boxed::Box;
use core::cell::Cell;

use crate::host::Host;
use crate::node::entries::Entries;
use crate::node::handle::Handle;
use crate::node::offset::Offset;
use crate::node::reader::Reader;
use crate::node::writer::Writer;
use crate::object::Status;
use crate::turns::Turns;
use crate::wasi::Wasi;

/// A file or a directory that was opened.
///
/// Sequential reads and writes keep their stream, which stands where the next begins. One that
/// begins elsewhere opens another.
pub struct Node<H: Host> {
    // The streams end before the node.
    pub reader: Cell<Option<Reader<H>>>,
    pub writer: Cell<Option<Writer<H>>>,
    pub entries: Entries,
    handle: Handle<H>,
    pub status: Status,
    pub offset: Cell<Offset>,
    /// The number that tells files apart, once the host was asked: it never changes.
    pub inode: Cell<Option<u64>>,
    /// Whose turn it is at the offset. A call that brings its own takes none.
    pub turns: Turns,
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
            status: Status::new(flags),
            offset: Cell::new(Offset::At(0)),
            inode: Cell::new(None),
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

    pub fn wasi(&self) -> &'static Wasi<H> {
        self.handle.wasi
    }
}
