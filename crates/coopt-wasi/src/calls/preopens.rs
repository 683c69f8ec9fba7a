//! The directories that are open from the start.

use alloc::rc::Rc;

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Span;
use crate::node::{Handle, Node};
use crate::object::Rights;
use crate::table::Entry;
use crate::wasi::Wasi;

impl<H: Host> Wasi<H> {
    /// Opens a descriptor for each directory of the host, 3 and up. A program that can use a
    /// directory calls this before anything else.
    pub fn open_preopens(&'static self) -> Result<(), Errno> {
        const SIZE: u32 = 8;
        const ELEMENT_SIZE: u32 = 12;
        let area = self.area(SIZE)?;
        self.host.preopens(area.address());
        let list = self.list_at(area.address());
        self.has_preopens.set(list.len > 0);
        for index in 0..list.len {
            let at = list.address + index * ELEMENT_SIZE;
            let handle = Handle::new(self, self.host.load32(at));
            let path = self.take_string(self.list_at(at + 4));
            let object = Rc::new(Node::preopened(handle, path.into()));
            let rights = Rights {
                base: Rights::ALL,
                inheriting: Rights::ALL,
            };
            self.table().open(Entry { object, rights })?;
        }
        self.scratch
            .give(Span::new(list.address, list.len * ELEMENT_SIZE));
        Ok(())
    }

    /// `fd_prestat_get`. A socket that is open from the start is of a kind of which preview 1 knows
    /// none: C libraries that look for directories pass it over.
    pub fn fd_prestat_get(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        /// The `prestat` of a directory.
        const DIRECTORY: u32 = 0;
        const OTHER: u32 = 1;
        if self.object(fd)?.is_given_socket() {
            self.host.store32(to, OTHER);
            self.host.store32(to + 4, 0);
            return Ok(());
        }
        let node = self.node(fd, Errno::BADF)?;
        let path = node.preopen().ok_or(Errno::BADF)?;
        self.host.store32(to, DIRECTORY);
        self.host.store32(to + 4, path.len() as u32);
        Ok(())
    }

    /// `fd_prestat_dir_name`
    pub fn fd_prestat_dir_name(&'static self, fd: u32, to: Span) -> Result<(), Errno> {
        let node = self.node(fd, Errno::BADF)?;
        let path = node.preopen().ok_or(Errno::BADF)?;
        if path.len() > to.len as usize {
            return Err(Errno::NAMETOOLONG);
        }
        self.host.write(to.address, path);
        Ok(())
    }
}
