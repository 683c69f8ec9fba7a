//! A UDP socket as what a descriptor stands for.

use alloc::rc::Rc;
use core::any::Any;
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::host::Host;
use crate::memory::PAGE_SIZE;
use crate::object::{Begun, Call, Object, Rights, Status, Transfer, filetype};
use crate::socket::address::Address;
use crate::socket::flags::ReceiveFlags;
use crate::socket::udp::{Received, Udp};
use crate::wait::Wait;

impl<H: Host> Udp<H> {
    /// Begins to receive; what came is told to `note`.
    pub fn begin_receive(
        self: Rc<Self>,
        transfer: Transfer,
        flags: ReceiveFlags,
        note: impl FnOnce(Received) + 'static,
    ) -> Begun {
        let (wasi, options) = (self.wasi(), &self.options);
        let dont_wait = flags.dont_wait();
        let patience = options.patience(wasi, &options.receive_timeout, dont_wait);
        Ok(Call::patient(patience, async move {
            let wait = Wait::new(wasi, patience);
            let received = self.receive(transfer.buffers, flags, &wait).await?;
            wasi.store_count(transfer, received.map_or(0, |received| received.len));
            received.map(note);
            Ok(())
        }))
    }

    /// Begins to send.
    pub fn begin_send(
        self: Rc<Self>,
        transfer: Transfer,
        to: Option<Address>,
        dont_wait: bool,
    ) -> Begun {
        let (wasi, options) = (self.wasi(), &self.options);
        let patience = options.patience(wasi, &options.send_timeout, dont_wait);
        Ok(Call::patient(patience, async move {
            let sent = self.send(transfer.buffers, to, patience).await?;
            wasi.store_count(transfer, sent);
            Ok(())
        }))
    }
}

impl<H: Host> Object for Udp<H> {
    fn status(&self) -> &Status {
        &self.options.status
    }

    fn read(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        self.begin_receive(transfer, ReceiveFlags::NONE, |_| {})
    }

    fn write(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        self.begin_send(transfer, None, false)
    }

    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun {
        let flags = self.options.status.flags.get();
        self.wasi()
            .store_fdstat(to, filetype::SOCKET_DGRAM, flags, rights);
        Ok(Call::Ended)
    }

    fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.poll_ahead(context).map_ok(|()| 1)
    }

    fn poll_writable(&self, _: &Context<'_>) -> Poll<Result<u32, Errno>> {
        Poll::Ready(Ok(PAGE_SIZE))
    }

    fn close(&self) {
        self.close_down();
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}
