//! Standard input.

use alloc::rc::Rc;
use core::any::Any;
use core::cell::Cell;
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::host::Host;
use crate::incoming::Incoming;
use crate::object::{Begun, Call, Object, Rights, Transfer, filetype, flags};
use crate::stream::{Readable, Source};
use crate::wasi::Wasi;

/// Standard input.
pub struct Input<H: Host> {
    wasi: &'static Wasi<H>,
    flags: Cell<u16>,
    bytes: Incoming<H>,
}

impl<H: Host> Input<H> {
    /// Standard input, not opened yet.
    pub fn new(wasi: &'static Wasi<H>) -> Self {
        let open = |wasi| Readable::open(wasi, Source::STDIO, |host: &H, to| host.stdin_open(to));
        Self {
            wasi,
            flags: Cell::new(0),
            bytes: Incoming::new(wasi, open),
        }
    }
}

impl<H: Host> Object for Input<H> {
    fn flags(&self) -> &Cell<u16> {
        &self.flags
    }

    fn read(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        // A second buffer would have to wait.
        let buffer = transfer.buffers.first(&self.wasi.host);
        Ok(Call::new(async move {
            let read = if self.flags.get() & flags::NONBLOCK == 0 {
                self.bytes.read_to(buffer).await
            } else {
                self.bytes.read_at_once(buffer).await
            };
            self.wasi.store_count(transfer, read?);
            Ok(())
        }))
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
            .store_fdstat(to, filetype, self.flags.get(), rights);
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
