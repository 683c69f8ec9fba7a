//! A TCP socket: its state, and what changes that.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::task::{Context, Poll, Waker};

use crate::answer::Shape;
use crate::errno::Errno;
use crate::host::Host;
use crate::object::Patience;
use crate::socket::address::{Address, Family};
use crate::socket::connection::Connection;
use crate::socket::handle::Handle;
use crate::socket::listener::Listener;
use crate::socket::operation::Operation;
use crate::socket::options::Options;
use crate::wait::Wait;
use crate::wasi::Wasi;

/// The state of a TCP socket.
///
/// | from | to | by |
/// |---|---|---|
/// | `Idle` | `Connecting` | `connect` |
/// | `Connecting` | `Connected`, `Failed` | the host |
/// | `Idle` | `Listening` | `listen` |
/// | `Listening` | `Failed` | `shutdown` |
/// | any | `Closed` | the close of its last descriptor |
pub enum State<H: Host> {
    /// It has been made, and perhaps bound.
    Idle,
    /// A connection is being made.
    Connecting(Rc<Operation<H>>),
    /// It has a connection.
    Connected(Rc<Connection<H>>),
    /// Connections come in.
    Listening(Rc<Listener<H>>),
    /// A connection could not be made, or no more of them come in. The host wants another socket
    /// for the next one.
    Failed,
    /// Nobody has a descriptor of it any more.
    Closed,
}

/// A TCP socket.
pub struct Tcp<H: Host> {
    pub options: Options,
    /// It is dropped before the handle, which it may have lent.
    pub state: RefCell<State<H>>,
    handle: Handle<H>,
    /// Why the connection could not be made, until somebody asks.
    error: Cell<Option<Errno>>,
    /// Whether a `connect` has said that the connection is there.
    is_told: Cell<bool>,
    /// Whether it is open from the start.
    pub is_given: Cell<bool>,
}

impl<H: Host> Tcp<H> {
    /// A new socket of the host.
    pub fn create(wasi: &'static Wasi<H>, family: Family) -> Result<Self, Errno> {
        let create = |host: &H, to| host.tcp_create(family.number(), to);
        let answer = wasi.ask_now(Shape::SOCKET, create)?;
        let number = wasi.host.load32(answer.payload());
        Ok(Self {
            handle: Handle { wasi, number },
            options: Options::new(family, 0),
            state: RefCell::new(State::Idle),
            error: Cell::new(None),
            is_told: Cell::new(false),
            is_given: Cell::new(false),
        })
    }

    /// A socket that was accepted, with these flags.
    pub fn accepted(handle: Handle<H>, family: Family, flags: u16) -> Result<Self, Errno> {
        let connection = Connection::open(handle.wasi, handle.number)?;
        Ok(Self {
            handle,
            options: Options::new(family, flags),
            state: RefCell::new(State::Connected(Rc::new(connection))),
            error: Cell::new(None),
            is_told: Cell::new(true),
            is_given: Cell::new(false),
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
        let bind = |host: &H, to| host.tcp_bind(self.number(), address, to);
        self.wasi().ask_now(Shape::SOCKET, bind).map(drop)
    }

    /// Lets connections come in, so many of which may wait. A socket that listens does so further.
    pub fn listen(&self, backlog: u32) -> Result<(), Errno> {
        let (wasi, socket) = (self.wasi(), self.number());
        match *self.state.borrow() {
            State::Idle => {}
            State::Listening(_) => return Ok(()),
            _ => return Err(Errno::INVAL),
        }
        let backlog = u64::from(backlog.max(1));
        let set = |host: &H, to| host.tcp_set_backlog(socket, backlog, to);
        wasi.ask_now(Shape::SOCKET, set)?;
        let listen = |host: &H, to| host.tcp_listen(socket, to);
        let stream = wasi
            .host
            .load32(wasi.ask_now(Shape::SOCKET, listen)?.payload());
        let listener = Rc::new(Listener::new(wasi, stream)?);
        self.state.replace(State::Listening(listener));
        Ok(())
    }

    /// Makes a connection. When the patience ends, it goes on being made, and the next call waits
    /// for it further.
    pub async fn connect(&self, address: Address, patience: Patience) -> Result<(), Errno> {
        // The connection that was being made may be there by now.
        let context = Context::from_waker(Waker::noop());
        let _ = self.poll_connected(&context);
        let is_first = match *self.state.borrow() {
            State::Idle => true,
            State::Connecting(_) if patience == Patience::AtOnce => return Err(Errno::ALREADY),
            State::Connecting(_) => false,
            // As on Linux: a connect that a signal ended is called again, and succeeds.
            State::Connected(_) if !self.is_told.replace(true) => return Ok(()),
            State::Connected(_) => return Err(Errno::ISCONN),
            State::Listening(_) => return Err(Errno::NOTSUP),
            State::Failed => return Err(self.take_error().unwrap_or(Errno::CONNABORTED)),
            State::Closed => return Err(Errno::BADF),
        };
        if is_first {
            let connecting = Rc::new(self.begin_connecting(address)?);
            self.state.replace(State::Connecting(connecting));
        }
        if patience == Patience::AtOnce {
            // On Linux such a connect tells of nothing else than that it has begun, or could not
            // begin, and programs rely on it.
            return match self.poll_connected(&context) {
                Poll::Ready(Err(error)) if error != Errno::CONNREFUSED => {
                    Err(self.take_error().unwrap_or(error))
                }
                _ => Err(Errno::INPROGRESS),
            };
        }
        let wait = Wait::new(self.wasi(), patience);
        let waited = wait.until(|context| self.poll_connected(context)).await;
        match waited {
            Err(Errno::AGAIN) => Err(Errno::INPROGRESS),
            Err(error) => Err(self.take_error().unwrap_or(error)),
            Ok(()) => {
                self.is_told.set(true);
                Ok(())
            }
        }
    }

    fn begin_connecting(&self, address: Address) -> Result<Operation<H>, Errno> {
        const ADDRESS: u32 = 4;
        let address = address.of_family(self.options.family)?.to_connect_to();
        let wasi = self.wasi();
        let params = wasi.area(ADDRESS + Address::WASI_SIZE)?;
        let at = params.address();
        wasi.host.store32(at, self.number());
        address.store_wasi(&wasi.host, at + ADDRESS);
        let connect = |host: &H, to| host.tcp_connect(at, to);
        Operation::begin(wasi, Shape::SOCKET, Some(params), connect)
    }

    /// Waits for a connection that is being made.
    pub fn poll_connected(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        let connecting = match &*self.state.borrow() {
            State::Connecting(connecting) => Rc::clone(connecting),
            State::Connected(_) => return Poll::Ready(Ok(())),
            State::Closed => return Poll::Ready(Err(Errno::BADF)),
            State::Idle | State::Listening(_) | State::Failed => {
                return Poll::Ready(Err(self.error.get().unwrap_or(Errno::NOTCONN)));
            }
        };
        let Poll::Ready(connected) = connecting.poll(context) else {
            return Poll::Pending;
        };
        let opened = connected.and_then(|_| Connection::open(self.wasi(), self.number()));
        let (state, result) = match opened {
            Ok(connection) => (State::Connected(Rc::new(connection)), Ok(())),
            Err(error) => {
                self.error.set(Some(error));
                (State::Failed, Err(error))
            }
        };
        self.state.replace(state);
        Poll::Ready(result)
    }

    /// Waits for the connection.
    pub async fn connection(&self, wait: &Wait<H>) -> Result<Rc<Connection<H>>, Errno> {
        let waited = wait.until(|context| self.poll_connected(context)).await;
        match (&*self.state.borrow(), waited) {
            (State::Connected(connection), _) => Ok(Rc::clone(connection)),
            (_, Err(error)) => Err(self.take_error().unwrap_or(error)),
            (_, Ok(())) => Err(Errno::NOTCONN),
        }
    }

    /// The connection, if there is one.
    pub fn connected(&self) -> Option<Rc<Connection<H>>> {
        match &*self.state.borrow() {
            State::Connected(connection) => Some(Rc::clone(connection)),
            _ => None,
        }
    }

    /// The connections that come in, if they do.
    pub fn listener(&self) -> Option<Rc<Listener<H>>> {
        match &*self.state.borrow() {
            State::Listening(listener) => Some(Rc::clone(listener)),
            _ => None,
        }
    }

    /// Ends a direction of the connection or both. As on Linux, a socket that receives no more does
    /// not listen either.
    pub fn shut_down(&self, receiving: bool, sending: bool) -> Result<(), Errno> {
        if let Some(listener) = self.listener() {
            if receiving {
                listener.end(Errno::INVAL);
                self.state.replace(State::Failed);
            }
            return Ok(());
        }
        let connection = self.connected().ok_or(Errno::NOTCONN)?;
        if receiving {
            connection.end_receiving();
        }
        if sending {
            connection.end_sending();
        }
        Ok(())
    }

    /// Why a connection could not be made: `SO_ERROR`, which is told once.
    pub fn take_error(&self) -> Option<Errno> {
        self.error.take()
    }

    /// The same, when it is asked for: a connection that is being made may have failed by now, and one
    /// that is made, too.
    pub fn check_error(&self) -> Option<Errno> {
        let _ = self.poll_connected(&Context::from_waker(Waker::noop()));
        let connection = self.connected();
        let of_connection = || connection.and_then(|connection| connection.take_error());
        self.take_error().or_else(of_connection)
    }

    /// The address that the socket is bound to.
    pub fn local_address(&self) -> Result<Address, Errno> {
        let ask = |host: &H, to| host.tcp_local_address(self.number(), to);
        match self.wasi().ask_now(Shape::SOCKET_ADDRESS, ask) {
            Ok(answer) => Ok(Address::load_wasi(&self.wasi().host, answer.payload())),
            // The host has it that this is the wrong state.
            Err(Errno::INVAL) => Ok(Address::any(self.options.family)),
            Err(error) => Err(error),
        }
    }

    /// The address that the socket is connected to.
    pub fn remote_address(&self) -> Result<Address, Errno> {
        self.connected().ok_or(Errno::NOTCONN)?;
        let ask = |host: &H, to| host.tcp_remote_address(self.number(), to);
        match self.wasi().ask_now(Shape::SOCKET_ADDRESS, ask) {
            Ok(answer) => Ok(Address::load_wasi(&self.wasi().host, answer.payload())),
            Err(_) => Err(Errno::NOTCONN),
        }
    }
}
