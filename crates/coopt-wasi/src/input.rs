//! Standard input.

use alloc::rc::Rc;
use core::any::Any;
use core::task::{Context, Poll, ready};

use crate::errno::Errno;
use crate::host::Host;
use crate::incoming::Incoming;
use crate::object::{Begun, Call, Object, Patience, Rights, Status, Transfer, filetype};
use crate::stream::{Readable, Source};
use crate::wait::Wait;
use crate::wasi::Wasi;

/// Standard input of a program that has not read it. Most never do, and their components have
/// nothing of what a read needs: only the calls that read reach [`Input`].
pub struct Unread<H: Host> {
    wasi: &'static Wasi<H>,
    status: Rc<Status>,
}

impl<H: Host> Unread<H> {
    /// Standard input as a program finds it.
    pub fn new(wasi: &'static Wasi<H>) -> Self {
        let status = Rc::new(Status::new(0));
        Self { wasi, status }
    }
}

impl<H: Host> Object for Unread<H> {
    fn status(&self) -> &Status {
        &self.status
    }

    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun {
        self.wasi.describe_input(&self.status, rights, to)
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

/// Standard input.
pub struct Input<H: Host> {
    wasi: &'static Wasi<H>,
    status: Rc<Status>,
    bytes: Incoming<H>,
}

impl<H: Host> Input<H> {
    /// Standard input, for a program that reads it. Its stream is not open yet.
    pub fn new(unread: &Unread<H>) -> Self {
        let wasi = unread.wasi;
        let open = |wasi| Readable::open(wasi, Source::STDIO, |host: &H, to| host.stdin_open(to));
        Self {
            wasi,
            status: Rc::clone(&unread.status),
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
        let wasi = self.wasi;
        let patience = Patience::of(&self.status);
        Ok(Call::patient(patience, async move {
            let read = self.bytes.read(buffer, &Wait::new(wasi, patience)).await?;
            wasi.store_count(transfer, read);
            Ok(())
        }))
    }

    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun {
        self.wasi.describe_input(&self.status, rights, to)
    }

    fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.bytes.poll_readable(context)
    }

    fn is_hung_up(&self) -> bool {
        self.bytes.has_ended()
    }

    fn poll_hangup(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        match ready!(self.bytes.poll_readable(context))? {
            0 => Poll::Ready(Ok(())),
            // Behind bytes that nobody takes nothing is seen.
            _ => Poll::Pending,
        }
    }

    fn close(&self) {
        self.bytes.close();
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

impl<H: Host> Wasi<H> {
    fn describe_input(&self, status: &Status, rights: Rights, to: u32) -> Begun {
        let filetype = match self.terminal(|host, to| host.terminal_stdin(to))? {
            None => filetype::UNKNOWN,
            Some(terminal) => {
                self.host.terminal_input_drop(terminal);
                filetype::CHARACTER_DEVICE
            }
        };
        self.store_fdstat(to, filetype, status.flags.get(), rights);
        Ok(Call::Ended)
    }
}
