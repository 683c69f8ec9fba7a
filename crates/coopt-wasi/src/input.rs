//! Standard input.

use alloc::rc::Rc;
use core::any::Any;
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::host::Host;
use crate::incoming::Incoming;
use crate::object::{Begun, Call, Object, Patience, Rights, Status, Transfer, filetype, flags};
use crate::stream::{Readable, Source};
use crate::wasi::Wasi;

/// Standard input.
pub struct Input<H: Host> {
    wasi: &'static Wasi<H>,
    status: Status,
    bytes: Incoming<H>,
}

impl<H: Host> Input<H> {
    /// Standard input, not opened yet.
    pub fn new(wasi: &'static Wasi<H>) -> Self {
        let open = |wasi| Readable::open(wasi, Source::STDIO, |host: &H, to| host.stdin_open(to));
        Self {
            wasi,
            status: Status::new(0),
            bytes: Incoming::new(wasi, open),
        }
    }
}

impl<H: Host> Object for Input<H> {
    fn status(&self) -> &Status {
        &self.status
    }

    fn read(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        // A second buffer would have to wait.
        let buffer = transfer.buffers.first(&self.wasi.host);
        let store = move |this: &Self, read| this.wasi.store_count(transfer, read);
        Ok(if self.status.has(flags::NONBLOCK) {
            Call::patient(Patience::AtOnce, async move {
                let read = self.bytes.read_at_once(buffer).await?;
                store(&self, read);
                Ok(())
            })
        } else {
            Call::new(async move {
                let read = self.bytes.read_to(buffer).await?;
                store(&self, read);
                Ok(())
            })
        })
    }

    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun {
        let filetype = match self.wasi.terminal(|host, to| host.terminal_stdin(to))? {
            None => filetype::UNKNOWN,
            Some(terminal) => {
                self.wasi.host.terminal_input_drop(terminal);
                filetype::CHARACTER_DEVICE
            }
        };
        self.wasi
            .store_fdstat(to, filetype, self.status.flags.get(), rights);
        Ok(Call::Ended)
    }

    fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.bytes.poll_readable(context)
    }

    fn close(&self) {
        self.bytes.close();
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}
