//! What is done with a descriptor of any kind.

use crate::errno::Errno;
use crate::host::Host;
use crate::object::{Begun, Rights, Whence, flags};
use crate::wasi::Wasi;

impl<H: Host> Wasi<H> {
    /// `fd_close`. Who waits for the descriptor goes on, with `BADF`.
    pub fn fd_close(&'static self, fd: u32) -> Result<(), Errno> {
        self.table().close(fd)
    }

    /// `fd_renumber`
    pub fn fd_renumber(&'static self, from: u32, to: u32) -> Result<(), Errno> {
        self.table().renumber(from, to)
    }

    /// `fd_fdstat_get`
    pub fn fd_fdstat_get(&'static self, fd: u32, to: u32) -> Begun {
        let entry = self.table().get(fd)?;
        entry.object.describe(entry.rights, to)
    }

    /// `fd_fdstat_set_flags`
    pub fn fd_fdstat_set_flags(&'static self, fd: u32, set: u32) -> Result<(), Errno> {
        const SETTABLE: u16 = flags::APPEND | flags::NONBLOCK;
        let object = self.object(fd)?;
        let flags = &object.status().flags;
        let set = u16::try_from(set).map_err(|_| Errno::INVAL)?;
        // What a file was opened with stays.
        if (set ^ flags.get()) & !SETTABLE != 0 {
            return Err(Errno::INVAL);
        }
        flags.set(set);
        Ok(())
    }

    /// `fd_fdstat_set_rights`: rights can be given up only.
    pub fn fd_fdstat_set_rights(
        &'static self,
        fd: u32,
        base: u64,
        inheriting: u64,
    ) -> Result<(), Errno> {
        let before = self.table().get(fd)?.rights;
        if base & !before.base != 0 || inheriting & !before.inheriting != 0 {
            return Err(Errno::NOTCAPABLE);
        }
        self.table().set_rights(fd, Rights { base, inheriting });
        Ok(())
    }

    /// `fd_seek`
    pub fn fd_seek(&'static self, fd: u32, offset: i64, whence: u32, to: u32) -> Begun {
        let whence = match whence {
            0 => Whence::Set,
            1 => Whence::Current,
            2 => Whence::End,
            _ => return Err(Errno::INVAL),
        };
        self.object(fd)?.seek(offset, whence, to)
    }

    /// `fd_tell`
    pub fn fd_tell(&'static self, fd: u32, to: u32) -> Begun {
        self.object(fd)?.seek(0, Whence::Current, to)
    }
}
