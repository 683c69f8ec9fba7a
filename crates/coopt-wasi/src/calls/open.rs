//! Opening a file.

use alloc::rc::Rc;

use crate::answer::Shape;
use crate::calls::path::{PATH_FLAGS, Path};
use crate::errno::Errno;
use crate::host::Host;
use crate::node::{Handle, Node};
use crate::object::{Begun, Call, Rights, flags};
use crate::table::Entry;
use crate::wasi::Wasi;

/// How a file is to be opened: what `path_open` takes beside the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenAt {
    /// Whether to follow symbolic links: `lookupflags`.
    pub lookup: u32,
    /// Whether to create or to truncate: `oflags`.
    pub oflags: u32,
    /// What is to be done with the descriptor.
    pub rights: Rights,
    /// `fdflags`
    pub fdflags: u32,
}

/// WASI 0.3's `descriptor-flags`.
mod descriptor_flags {
    pub const READ: u32 = 1;
    pub const WRITE: u32 = 2;
    pub const FILE_INTEGRITY_SYNC: u32 = 4;
    pub const DATA_INTEGRITY_SYNC: u32 = 8;
    pub const REQUESTED_WRITE_SYNC: u32 = 16;
}

impl OpenAt {
    /// The `descriptor-flags` that give these rights.
    fn descriptor_flags(self) -> Result<u32, Errno> {
        let fdflags = u16::try_from(self.fdflags).map_err(|_| Errno::INVAL)?;
        let map = [
            (
                fdflags & flags::SYNC != 0,
                descriptor_flags::FILE_INTEGRITY_SYNC,
            ),
            (
                fdflags & flags::DSYNC != 0,
                descriptor_flags::DATA_INTEGRITY_SYNC,
            ),
            (
                fdflags & flags::RSYNC != 0,
                descriptor_flags::REQUESTED_WRITE_SYNC,
            ),
            (self.rights.base & Rights::READ != 0, descriptor_flags::READ),
            (
                self.rights.base & Rights::WRITE != 0,
                descriptor_flags::WRITE,
            ),
        ];
        Ok(map
            .iter()
            .filter(|(has, _)| *has)
            .map(|(_, flag)| flag)
            .sum())
    }
}

impl<H: Host> Wasi<H> {
    /// `path_open`; the new descriptor is stored at `fd_at`.
    pub fn path_open(&'static self, path: Path, open: OpenAt, fd_at: u32) -> Begun {
        const SIZE: u32 = 20;
        const PATH: u32 = 8;
        /// Of `open-flags`, which are preview 1's `oflags`, and `descriptor-flags` behind them.
        const FLAGS: u32 = 16;
        const DESCRIPTOR_FLAGS_SHIFT: u32 = 8;
        const OFLAGS: u32 = 15;
        const TRUNCATE: u32 = 8;
        let inherited = self.table().get(path.fd)?.rights.inheriting;
        let (node, path) = self.resolve(path)?;
        let descriptor_flags = open.descriptor_flags()?;
        if open.oflags & !OFLAGS != 0 {
            return Err(Errno::INVAL);
        }
        Ok(Call::new(async move {
            let params = self.area(SIZE)?;
            let at = params.address();
            self.host.store32(at, node.handle());
            self.host.store32(at + PATH_FLAGS, open.lookup & 1);
            self.store_span(at + PATH, path);
            let flags = open.oflags | descriptor_flags << DESCRIPTOR_FLAGS_SHIFT;
            self.host.store32(at + FLAGS, flags);
            let ask = |host: &H, to| host.open_at(at, to);
            let answer = self.ask(Shape::WORDS, ask).await?;
            if open.oflags & TRUNCATE != 0 {
                self.note_change_of_file();
            }
            let handle = Handle::new(self, self.host.load32(answer.payload()));
            let object = Rc::new(Node::new(handle, open.fdflags as u16));
            let rights = Rights {
                base: open.rights.base & inherited,
                inheriting: open.rights.inheriting & inherited,
            };
            let fd = self.table().open(Entry { object, rights })?;
            self.host.store32(fd_at, fd);
            Ok(())
        }))
    }
}
