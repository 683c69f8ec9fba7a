//! Reads and writes.

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::Buffers;
use crate::object::{Begun, Rights, Transfer};
use crate::wasi::Wasi;

impl<H: Host> Wasi<H> {
    /// `fd_read` and, with an offset, `fd_pread`
    pub fn fd_read(&'static self, fd: u32, transfer: Transfer) -> Begun {
        let object = self.object_to_read(fd, Rights::READ)?;
        self.check_sizes(transfer.buffers)?;
        object.read(transfer)
    }

    /// `fd_write` and, with an offset, `fd_pwrite`
    pub fn fd_write(&'static self, fd: u32, transfer: Transfer) -> Begun {
        let object = self.object_for(fd, Rights::WRITE)?;
        self.check_sizes(transfer.buffers)?;
        object.write(transfer)
    }

    /// POSIX, readv: "the sum of the `iov_len` values" is an `ssize_t`, and there are `IOV_MAX`.
    pub(crate) fn check_sizes(&self, buffers: Buffers) -> Result<(), Errno> {
        const COUNT_MAX: u32 = 1024;
        let sum: u64 = if buffers.count > COUNT_MAX {
            u64::MAX
        } else {
            buffers.len(&self.host)
        };
        if sum > i32::MAX as u64 {
            return Err(Errno::INVAL);
        }
        Ok(())
    }
}
