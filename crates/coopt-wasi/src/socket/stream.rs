//! A TCP socket as what a descriptor stands for.

use alloc::rc::Rc;
use core::any::Any;
use core::task::{Context, Poll, ready};

use crate::errno::Errno;
use crate::host::Host;
use crate::object::{Begun, Call, Object, Rights, Status, Transfer, filetype};
use crate::socket::flags::ReceiveFlags;
use crate::socket::tcp::{State, Tcp};
use crate::wait::Wait;

impl<H: Host> Tcp<H> {
    /// Begins to receive.
    pub fn receive(self: Rc<Self>, transfer: Transfer, flags: ReceiveFlags) -> Begun {
        let (wasi, options) = (self.wasi(), &self.options);
        let dont_wait = flags.dont_wait();
        let patience = options.patience(wasi, &options.receive_timeout, dont_wait);
        Ok(Call::patient(patience, async move {
            let wait = Wait::new(wasi, patience);
            let connection = self.connection(&wait).await?;
            let received = connection.receive(transfer.buffers, flags, &wait).await?;
            wasi.store_count(transfer, received);
            Ok(())
        }))
    }

    /// Begins to send.
    pub fn send(self: Rc<Self>, transfer: Transfer, dont_wait: bool) -> Begun {
        let (wasi, options) = (self.wasi(), &self.options);
        let patience = options.patience(wasi, &options.send_timeout, dont_wait);
        Ok(Call::patient(patience, async move {
            let wait = Wait::new(wasi, patience);
            let connection = self.connection(&wait).await?;
            let sent = connection.send(transfer.buffers, &wait).await?;
            wasi.store_count(transfer, sent);
            Ok(())
        }))
    }
}

impl<H: Host> Object for Tcp<H> {
    fn status(&self) -> &Status {
        &self.options.status
    }

    fn read(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        self.receive(transfer, ReceiveFlags::NONE)
    }

    fn write(self: Rc<Self>, transfer: Transfer) -> Begun {
        if transfer.offset.is_some() {
            return Err(Errno::SPIPE);
        }
        self.send(transfer, false)
    }

    fn describe(self: Rc<Self>, rights: Rights, to: u32) -> Begun {
        let flags = self.options.status.flags.get();
        self.wasi()
            .store_fdstat(to, filetype::SOCKET_STREAM, flags, rights);
        Ok(Call::Ended)
    }

    fn poll_readable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        if let Some(listener) = self.listener() {
            return listener.poll_readable(context);
        }
        match self.poll_connected(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(Errno::BADF)) => Poll::Ready(Err(Errno::BADF)),
            Poll::Ready(connected) => match (self.connected(), connected) {
                (Some(connection), _) => connection.poll_readable(context),
                (None, Err(Errno::NOTCONN)) => Poll::Ready(Ok(0)),
                (None, Err(error)) => Poll::Ready(Err(error)),
                (None, Ok(())) => Poll::Ready(Ok(1)),
            },
        }
    }

    fn poll_writable(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        if self.listener().is_some() {
            return Poll::Pending;
        }
        match self.poll_connected(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(connected) => match (self.connected(), connected) {
                (Some(connection), _) => connection.poll_writable(context),
                (None, Err(Errno::NOTCONN)) => Poll::Ready(Ok(0)),
                (None, Err(error)) => Poll::Ready(Err(error)),
                (None, Ok(())) => Poll::Ready(Ok(1)),
            },
        }
    }

    fn is_hung_up(&self) -> bool {
        let connection = self.connected();
        connection.is_some_and(|connection| connection.is_hung_up())
    }

    fn poll_hangup(&self, context: &Context<'_>) -> Poll<Result<(), Errno>> {
        if self.listener().is_some() {
            return Poll::Pending;
        }
        match (ready!(self.poll_connected(context)), self.connected()) {
            (_, Some(connection)) => connection.poll_hangup(context),
            // As on Linux: a socket without a connection has nobody at its other end.
            (Err(Errno::NOTCONN), None) => Poll::Ready(Ok(())),
            (told, None) => Poll::Ready(told),
        }
    }

    fn is_given_socket(&self) -> bool {
        self.is_given.get()
    }

    fn close(&self) {
        match self.state.replace(State::Closed) {
            State::Connected(connection) => connection.close(),
            State::Listening(listener) => listener.end(Errno::BADF),
            State::Idle | State::Connecting(_) | State::Failed | State::Closed => {}
        }
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }
}
