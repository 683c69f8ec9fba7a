//! A UDP socket.

use core::cell::{Cell, RefCell};
use core::task::{Context, Poll};

use crate::answer::Shape;
use crate::changes::Changes;
use crate::errno::Errno;
use crate::host::Host;
use crate::memory::{Buffers, Span};
use crate::object::Patience;
use crate::socket::address::{Address, Family};
use crate::socket::flags::ReceiveFlags;
use crate::socket::operation::Operation;
use crate::socket::options::Options;
use crate::wait::Wait;
use crate::wasi::Wasi;

/// The longest datagram: what a packet of version 4 holds.
const LEN_MAX: u32 = 65_507;

/// A datagram that has come in, in room of ours.
#[derive(Clone, Copy, Debug)]
struct Datagram {
    bytes: Span,
    from: Address,
}

/// What a call has received.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    /// How many bytes.
    pub len: u32,
    /// Whether the datagram was longer than the buffers.
    pub is_cut: bool,
    /// Who sent it.
    pub from: Address,
}

/// The host's handle of a UDP socket. It is dropped with the value.
struct Handle<H: Host> {
    wasi: &'static Wasi<H>,
    number: u32,
}

impl<H: Host> Drop for Handle<H> {
    fn drop(&mut self) {
        self.wasi.host.udp_drop(self.number);
    }
}

/// A UDP socket.
///
/// A poll receives a datagram ahead, since the host cannot be asked whether one is there.
pub struct Udp<H: Host> {
    pub options: Options,
    /// The receive that is under way. It is dropped before the handle, which it has lent.
    receiving: RefCell<Option<Operation<H>>>,
    /// A datagram that nobody has taken, or the error that came in its place.
    ahead: Cell<Option<Result<Datagram, Errno>>>,
    is_bound: Cell<bool>,
    pub remote: Cell<Option<Address>>,
    /// Whether nothing more is received: it was shut down.
    has_ended: Cell<bool>,
    /// Whether nothing more is sent.
    is_silent: Cell<bool>,
    is_closed: Cell<bool>,
    changes: Changes,
    handle: Handle<H>,
}

impl<H: Host> Udp<H> {
    /// A new socket of the host.
    pub fn create(wasi: &'static Wasi<H>, family: Family) -> Result<Self, Errno> {
        let create = |host: &H, to| host.udp_create(family.number(), to);
        let answer = wasi.ask_now(Shape::SOCKET, create)?;
        let number = wasi.host.load32(answer.payload());
        Ok(Self {
            options: Options::new(family, 0),
            receiving: RefCell::new(None),
            ahead: Cell::new(None),
            is_bound: Cell::new(false),
            remote: Cell::new(None),
            has_ended: Cell::new(false),
            is_silent: Cell::new(false),
            is_closed: Cell::new(false),
            changes: Changes::new(),
            handle: Handle { wasi, number },
        })
    }

    /// What all calls share.
    pub const fn wasi(&self) -> &'static Wasi<H> {
        self.handle.wasi
    }

    /// The host's handle.
    pub const fn number(&self) -> u32 {
        self.handle.number
    }

    /// Binds the socket.
    pub fn bind(&self, address: Address) -> Result<(), Errno> {
        let address = address.of_family(self.options.family)?.flat();
        let bind = |host: &H, to| host.udp_bind(self.number(), address, to);
        self.wasi().ask_now(Shape::SOCKET, bind)?;
        self.note_bound();
        Ok(())
    }

    fn note_bound(&self) {
        if !self.is_bound.replace(true) {
            self.changes.announce();
        }
    }

    /// Sets whom it sends to, and receives from; nobody in particular without an address.
    pub fn connect(&self, address: Option<Address>) -> Result<(), Errno> {
        let (wasi, socket) = (self.wasi(), self.number());
        let Some(address) = address else {
            if self.remote.get().is_some() {
                wasi.ask_now(Shape::SOCKET, |host, to| host.udp_disconnect(socket, to))?;
                self.remote.set(None);
            }
            return Ok(());
        };
        let address = address.of_family(self.options.family)?.to_connect_to();
        let connect = |host: &H, to| host.udp_connect(socket, address.flat(), to);
        wasi.ask_now(Shape::SOCKET, connect)?;
        self.remote.set(Some(address));
        self.note_bound();
        Ok(())
    }

    /// Sends the buffers as one datagram; how many bytes.
    pub async fn send(
        &self,
        buffers: Buffers,
        to: Option<Address>,
        patience: Patience,
    ) -> Result<u32, Errno> {
        const SIZE: u32 = 48;
        const DATA: u32 = 4;
        const HAS_ADDRESS: u32 = 12;
        const ADDRESS: u32 = 16;
        let wasi = self.wasi();
        if self.is_silent.get() {
            return Err(Errno::PIPE);
        }
        let to = self.receiver(to)?;
        if buffers.len(&wasi.host) > LEN_MAX.into() {
            return Err(Errno::MSGSIZE);
        }
        let joined = wasi.joined(buffers, LEN_MAX)?.ok_or(Errno::MSGSIZE)?;
        let params = wasi.area(SIZE)?;
        let at = params.address();
        wasi.host.store32(at, self.number());
        wasi.host.store32(at + DATA, joined.span().address);
        wasi.host.store32(at + DATA + 4, joined.span().len);
        wasi.host.store32(at + HAS_ADDRESS, to.is_some().into());
        if let Some(to) = to {
            to.store_wasi(&wasi.host, at + ADDRESS);
        }
        let send = |host: &H, to| host.udp_send(at, to);
        let sending = Operation::begin(wasi, Shape::SOCKET, Some(params), send)?;
        let wait = Wait::new(wasi, patience);
        wait.until(|context| self.poll_sent(&sending, context))
            .await?;
        self.note_bound();
        Ok(joined.span().len)
    }

    /// Waits until a datagram has been sent, or the socket is closed.
    fn poll_sent(&self, sending: &Operation<H>, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        match sending.poll(context) {
            Poll::Ready(sent) => Poll::Ready(sent.map(drop)),
            Poll::Pending if self.is_closed.get() => Poll::Ready(Err(Errno::BADF)),
            Poll::Pending => {
                self.changes.note(context.waker());
                Poll::Pending
            }
        }
    }

    /// Whom a datagram goes to; `None` for whom the socket is connected to.
    fn receiver(&self, to: Option<Address>) -> Result<Option<Address>, Errno> {
        match (to, self.remote.get()) {
            (None, None) => Err(Errno::DESTADDRREQ),
            (None, Some(_)) => Ok(None),
            (Some(to), remote) => {
                let to = to.of_family(self.options.family)?.to_connect_to();
                match remote {
                    Some(remote) if remote != to => Err(Errno::ISCONN),
                    _ => Ok(Some(to)),
                }
            }
        }
    }

    /// Waits for a datagram; `None` when nothing more is received.
    pub async fn receive(
        &self,
        buffers: Buffers,
        flags: ReceiveFlags,
        wait: &Wait<H>,
    ) -> Result<Option<Received>, Errno> {
        if !self.is_bound.get() {
            self.bind(Address::any(self.options.family))?;
        }
        wait.until(|context| self.poll_ahead(context)).await?;
        match self.ahead.get() {
            None => Ok(None),
            Some(Ok(datagram)) => Ok(Some(self.take(datagram, buffers, flags))),
            Some(Err(error)) => {
                self.ahead.take();
                Err(error)
            }
        }
    }

    /// Copies the datagram that was received ahead.
    fn take(&self, datagram: Datagram, buffers: Buffers, flags: ReceiveFlags) -> Received {
        let wasi = self.wasi();
        let Datagram { bytes, from } = datagram;
        let mut rest = bytes;
        for buffer in buffers.iter(&wasi.host) {
            let len = buffer.len.min(rest.len);
            wasi.host.copy(buffer.address, rest.address, len);
            rest = rest.after(len);
        }
        if !flags.peek() {
            self.ahead.take();
            wasi.scratch.give(bytes);
        }
        let copied = bytes.len - rest.len;
        Received {
            len: if flags.length() { bytes.len } else { copied },
            is_cut: rest.len > 0,
            from,
        }
    }

    /// Waits until a receive would not wait.
    pub fn poll_ahead(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        if self.is_closed.get() {
            return Poll::Ready(Err(Errno::BADF));
        }
        if self.ahead.get().is_some() || self.has_ended.get() {
            return Poll::Ready(Ok(()));
        }
        self.changes.note(context.waker());
        if !self.is_bound.get() {
            return Poll::Pending;
        }
        let mut receiving = self.receiving.borrow_mut();
        let operation = match receiving.take() {
            Some(operation) => operation,
            None => self.begin_receiving()?,
        };
        let Poll::Ready(received) = operation.poll(context) else {
            receiving.replace(operation);
            return Poll::Pending;
        };
        self.ahead
            .set(Some(received.map(|at| self.datagram_at(at))));
        // Who else waits could miss that the operation is over.
        self.changes.announce();
        Poll::Ready(Ok(()))
    }

    fn begin_receiving(&self) -> Result<Operation<H>, Errno> {
        let socket = self.number();
        let receive = |host: &H, to| host.udp_receive(socket, to);
        Operation::begin(self.wasi(), Shape::DATAGRAM, None, receive)
    }

    /// The datagram that the host has stored at `at`.
    fn datagram_at(&self, at: u32) -> Datagram {
        const FROM: u32 = 8;
        Datagram {
            bytes: self.wasi().list_at(at),
            from: Address::load_wasi(&self.wasi().host, at + FROM),
        }
    }

    /// The error that came in place of a datagram: `SO_ERROR`.
    pub fn take_error(&self) -> Option<Errno> {
        let ahead = self.ahead.get()?;
        if ahead.is_err() {
            self.ahead.take();
        }
        ahead.err()
    }

    /// Nothing more is received, or sent.
    pub fn shut_down(&self, receiving: bool, sending: bool) -> Result<(), Errno> {
        self.remote.get().ok_or(Errno::NOTCONN)?;
        self.has_ended.set(self.has_ended.get() || receiving);
        self.is_silent.set(self.is_silent.get() || sending);
        self.changes.announce();
        Ok(())
    }

    /// Nobody has a descriptor of it any more.
    pub fn close_down(&self) {
        self.is_closed.set(true);
        self.receiving.take();
        if let Some(Ok(datagram)) = self.ahead.take() {
            self.wasi().scratch.give(datagram.bytes);
        }
        self.changes.announce();
    }

    /// The address that the socket is bound to.
    pub fn local_address(&self) -> Result<Address, Errno> {
        let ask = |host: &H, to| host.udp_local_address(self.number(), to);
        match self.wasi().ask_now(Shape::SOCKET_ADDRESS, ask) {
            Ok(answer) => Ok(Address::load_wasi(&self.wasi().host, answer.payload())),
            // The host has it that this is the wrong state.
            Err(Errno::INVAL) => Ok(Address::any(self.options.family)),
            Err(error) => Err(error),
        }
    }
}
