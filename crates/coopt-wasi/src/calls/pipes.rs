//! Pipes, and further descriptors of one object: calls of our own, which preview 1 lacks.

use alloc::rc::Rc;

use crate::errno::Errno;
use crate::host::Host;
use crate::object::{Object, Rights, flags};
use crate::pipe::{Pipe, PipeEnd};
use crate::table::Entry;
use crate::wasi::Wasi;

/// Between what the bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// From the second descriptor to the first: `pipe`.
    One,
    /// Both ways: `socketpair`.
    Both,
}

impl<H: Host> Wasi<H> {
    /// Opens both ends of a pipe, and stores their descriptors at `fds_at`.
    pub fn fd_pipe(&'static self, ways: Ways, fdflags: u32, fds_at: u32) -> Result<(), Errno> {
        let fdflags = u16::try_from(fdflags).map_err(|_| Errno::INVAL)?;
        if fdflags & !flags::NONBLOCK != 0 {
            return Err(Errno::INVAL);
        }
        let (there, back) = (Pipe::new(), Pipe::new());
        let back = Some(back).filter(|_| ways == Ways::Both);
        let end = |from, to| PipeEnd::new(self, fdflags, from, to);
        let first = end(Some(Rc::clone(&there)), back.clone());
        let second = end(back, Some(there));
        let (reads, writes) = match ways {
            Ways::One => (Rights::INPUT, Rights::OUTPUT),
            Ways::Both => (Rights::STREAM, Rights::STREAM),
        };
        let first = self.open_end(first, reads)?;
        let second = self.open_end(second, writes).inspect_err(|_| {
            let _ = self.table().close(first);
        })?;
        self.host.store32(fds_at, first);
        self.host.store32(fds_at + 4, second);
        Ok(())
    }

    fn open_end(&'static self, end: PipeEnd<H>, base: u64) -> Result<u32, Errno> {
        let object: Rc<dyn Object> = Rc::new(end);
        let inheriting = base;
        let rights = Rights { base, inheriting };
        self.table().open(Entry { object, rights })
    }

    /// Gives what `fd` stands for another descriptor, the lowest that is free and not below `least`,
    /// and stores it at `to`.
    pub fn fd_dup(&'static self, fd: u32, least: u32, to: u32) -> Result<(), Errno> {
        let entry = self.table().get(fd)?;
        let new = self.table().open_from(least, entry)?;
        self.host.store32(to, new);
        Ok(())
    }

    /// Gives what `fd` stands for the descriptor `to`, too, whatever that was.
    pub fn fd_dup_to(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        self.table().duplicate_to(fd, to)
    }
}
