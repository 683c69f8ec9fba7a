//! Standard output and standard error.

use alloc::rc::Rc;
use core::any::Any;
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::host::Host;
use crate::object::{Begun, Call, Object, Patience, Rights, Status, Transfer, filetype};
use crate::outgoing::Outgoing;
use crate::stream::{Source, Writable};
use crate::wait::Wait;
use crate::wasi::Wasi;

/// Which stream it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Stdout,
    Stderr,
}

/// Standard output or standard error.
pub struct Output<H: Host> {
    wasi: &'static Wasi<H>,
    which: Which,
    status: Status,
    bytes: Outgoing<H>,
}

impl<H: Host> Output<H> {
    /// One of the streams, not opened yet.
    pub fn new(wasi: &'static Wasi<H>, which: Which) -> Self {
        let open = match which {
            Which::Stdout => |wasi| {
                Writable::open(wasi, Source::STDIO, |host: &H, stream| {
                    host.stdout_open(stream)
                })
            },
            Which::Stderr => |wasi| {
                Writable::open(wasi, Source::STDIO, |host: &H, stream| {
                    host.stderr_open(stream)
                })
            },
        };
        Self {
            wasi,
            which,
            status: Status::new(0),
            bytes: Outgoing::new(wasi, open),
        }
    }
}

impl<H: Host> Object for Output<H> {
    fn status(&self) -> &Status {
        &self.status
    }

    fn write(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        let wasi = self.wasi;
        let piece = transfer.buffers.only(&wasi.host);
        if let Some(piece) = piece.filter(|piece| self.bytes.write_at_once(*piece)) {
            wasi.store_count(transfer, piece.len);
            return Ok(Call::Ended);
        }
        let patience = Patience::of(&self.status);
        Ok(Call::patient(patience, async move {
            let wait = Wait::new(wasi, patience);
            let written = self.bytes.write(transfer.buffers, &wait).await?;
            wasi.store_count(transfer, written);
            Ok(())
        }))
    }

    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun {
        let terminal = self.wasi.terminal(|host, to| match self.which {
            Which::Stdout => host.terminal_stdout(to),
            Which::Stderr => host.terminal_stderr(to),
        })?;
        let filetype = match terminal {
            None => filetype::UNKNOWN,
            Some(terminal) => {
                self.wasi.host.terminal_output_drop(terminal);
                filetype::CHARACTER_DEVICE
            }
        };
        self.wasi
            .store_fdstat(to, filetype, self.status.flags.get(), rights);
        Ok(Call::Ended)
    }

    fn poll_writable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        self.bytes.poll_writable(context)
    }

    fn poll_hangup(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        match self.bytes.poll_writable(context) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            _ => Poll::Pending,
        }
    }

    fn close(&self) {
        self.bytes.end(Errno::BADF);
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}

impl<H: Host> Wasi<H> {
    /// The terminal that a standard stream is, if it is one: `get` stores an `option<terminal>`.
    pub(crate) fn terminal(&self, get: impl FnOnce(&H, u32)) -> Result<Option<u32>, Errno> {
        const SIZE: u32 = 8;
        let area = self.area(SIZE)?;
        get(&self.host, area.address());
        let is_some = self.host.load8(area.address()) == 1;
        Ok(is_some.then(|| self.host.load32(area.address() + 4)))
    }
}
