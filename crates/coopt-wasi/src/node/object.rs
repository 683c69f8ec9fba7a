//! A file or a directory as what a descriptor stands for.

use alloc::rc::Rc;
use core::any::Any;
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::PAGE_SIZE;
use crate::node::offset::Offset;
use crate::node::open::Node;
use crate::object::{Begun, Call, Object, Rights, Status, Transfer, Whence};

impl<H: Host> Object for Node<H> {
    fn status(&self) -> &Status {
        &self.status
    }

    fn read(self: Rc<Self>, transfer: Transfer) -> Begun {
        match self.read_at_once(transfer)? {
            Some(call) => Ok(call),
            None => Ok(Call::new(async move {
                let read = match transfer.offset {
                    Some(offset) => self.read_at(offset, transfer.buffers).await?,
                    None => self.read_on(transfer.buffers).await?,
                };
                self.wasi().store_count(transfer, read);
                Ok(())
            })),
        }
    }

    fn write(self: Rc<Self>, transfer: Transfer) -> Begun {
        match self.write_at_once(transfer) {
            Some(call) => Ok(call),
            None => Ok(Call::new(async move {
                let written = match transfer.offset {
                    Some(offset) => self.write_at(Offset::At(offset), transfer.buffers).await?,
                    None => self.write_on(transfer.buffers).await?,
                };
                self.wasi().store_count(transfer, written);
                Ok(())
            })),
        }
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
                .store_fdstat(to, filetype, self.status.flags.get(), rights);
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
