//! What a descriptor stands for.

use alloc::boxed::Box;
use alloc::rc::Rc;
use core::any::Any;
use core::cell::Cell;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::memory::Buffers;

/// A call that has begun.
pub enum Call {
    /// It has ended.
    Ended,
    /// It goes on as this future, which ends with an errno.
    Pending(Future),
    /// The same, and it also ends by itself.
    Impatient(Future, Patience),
}

/// What a call does; it ends with an errno.
pub type Future = Pin<Box<dyn core::future::Future<Output = Result<(), Errno>>>>;

/// How long a call waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// For as long as it takes.
    Forever,
    /// Not at all; but the host is asked first, as what it has may be there already.
    AtOnce,
    /// Until this point on the monotonic clock, in nanoseconds.
    Until(u64),
}

impl Patience {
    /// That of a call on an object whose calls have no time: `O_NONBLOCK` decides.
    pub fn of(status: &Status) -> Self {
        if status.has(flags::NONBLOCK) {
            Self::AtOnce
        } else {
            Self::Forever
        }
    }
}

impl Call {
    /// The call that `future` is.
    pub fn new(future: impl core::future::Future<Output = Result<(), Errno>> + 'static) -> Self {
        Self::Pending(Box::pin(future))
    }

    /// The call that `future` is, which ends when its patience does.
    pub fn patient(
        patience: Patience,
        future: impl core::future::Future<Output = Result<(), Errno>> + 'static,
    ) -> Self {
        match patience {
            Patience::Forever => Self::new(future),
            Patience::AtOnce | Patience::Until(_) => Self::Impatient(Box::pin(future), patience),
        }
    }
}

/// What begins when a program calls: an error, or a call.
pub type Begun = Result<Call, Errno>;

/// Flags of an object: preview 1's `fdflags`.
pub mod flags {
    /// Writes go to the end.
    pub const APPEND: u16 = 1;
    /// Data is on the device when a write returns.
    pub const DSYNC: u16 = 2;
    /// Reads and writes do not wait.
    pub const NONBLOCK: u16 = 4;
    /// Reads see what is on the device.
    pub const RSYNC: u16 = 8;
    /// Data and metadata are on the device when a write returns.
    pub const SYNC: u16 = 16;
}

/// Types of objects: preview 1's `filetype`.
pub mod filetype {
    pub const UNKNOWN: u8 = 0;
    pub const CHARACTER_DEVICE: u8 = 2;
    pub const DIRECTORY: u8 = 3;
    pub const SOCKET_DGRAM: u8 = 5;
    pub const SOCKET_STREAM: u8 = 6;
}

/// Where an offset counts from: preview 1's `whence`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whence {
    /// The beginning.
    Set,
    /// The offset.
    Current,
    /// The end.
    End,
}

/// The rights of a descriptor: preview 1's `rights`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// What may be done with the descriptor.
    pub base: u64,
    /// What may be done with descriptors that are opened through it.
    pub inheriting: u64,
}

impl Rights {
    /// To read.
    pub const READ: u64 = 1 << 1;
    /// To seek.
    pub const SEEK: u64 = 1 << 2;
    /// To ask for the offset.
    pub const TELL: u64 = 1 << 5;
    /// To write.
    pub const WRITE: u64 = 1 << 6;
    /// Every right of preview 1.
    pub const ALL: u64 = (1 << 30) - 1;
    /// Those of a stream to read from, of which a program learns that it is one by what is missing.
    pub const INPUT: u64 = Self::ALL & !(Self::SEEK | Self::TELL | Self::WRITE);
    /// Those of a stream to read from and to write to.
    pub const STREAM: u64 = Self::ALL & !(Self::SEEK | Self::TELL);
    /// Those of a stream to write to.
    pub const OUTPUT: u64 = Self::ALL & !(Self::SEEK | Self::TELL | Self::READ);
}

/// The buffers of a read or a write, and where to store how many bytes were moved.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    /// The buffers.
    pub buffers: Buffers,
    /// Where the count goes.
    pub count_at: u32,
    /// An offset of its own, for `pread` and `pwrite`.
    pub offset: Option<u64>,
}

/// What all objects have.
#[derive(Debug, Default)]
pub struct Status {
    /// Its flags: preview 1's `fdflags`.
    pub flags: Cell<u16>,
    /// How many descriptors it has.
    pub descriptors: Cell<u32>,
}

impl Status {
    /// An object with these flags, and no descriptor yet.
    pub const fn new(flags: u16) -> Self {
        Self {
            flags: Cell::new(flags),
            descriptors: Cell::new(0),
        }
    }

    /// Whether a flag is set.
    pub fn has(&self, flag: u16) -> bool {
        self.flags.get() & flag != 0
    }
}

/// What a descriptor stands for: POSIX's open file description.
///
/// A method that is missing is an operation that the object does not have.
pub trait Object {
    /// Its flags, and how many descriptors it has.
    fn status(&self) -> &Status;

    /// Begins a read.
    fn read(self: Rc<Self>, transfer: Transfer) -> Begun {
        let _ = transfer;
        Err(Errno::BADF)
    }

    /// Begins a write.
    fn write(self: Rc<Self>, transfer: Transfer) -> Begun {
        let _ = transfer;
        Err(Errno::BADF)
    }

    /// Begins to move the offset; the new one is stored at `to`.
    fn seek(self: Rc<Self>, offset: i64, whence: Whence, to: u32) -> Begun {
        let _ = (offset, whence, to);
        Err(Errno::SPIPE)
    }

    /// Begins to store its `fdstat`, with these rights, at `to`.
    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun;

    /// How many bytes a read would get without waiting, at least; 0 at the end.
    fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        let _ = context;
        Poll::Pending
    }

    /// How many bytes a write would take without waiting, at least.
    fn poll_writable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        let _ = context;
        Poll::Pending
    }

    /// Whether the other side is gone for good, as far as is known.
    fn is_hung_up(&self) -> bool {
        false
    }

    /// Waits until the other side is gone for good, or something has gone wrong.
    fn poll_hangup(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        let _ = context;
        Poll::Pending
    }

    /// Whether it is a socket that is open from the start.
    fn is_given_socket(&self) -> bool {
        false
    }

    /// Its last descriptor has been closed: whoever waits for it is to know.
    fn close(&self) {}

    /// The object, for whoever knows its type.
    fn as_any(self: Rc<Self>) -> Rc<dyn Any>;
}
