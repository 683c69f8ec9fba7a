//! The calls on sockets: those of preview 1, and those of the extension that WAMR brought.

use alloc::rc::Rc;

use crate::errno::Errno;
use crate::host::Host;
use crate::object::{Begun, Call, Object, Rights, Transfer, flags};
use crate::pipe::PipeEnd;
use crate::socket::{Address, Family, ReceiveFlags, Socket, Tcp, Udp};
use crate::table::Entry;
use crate::wait::Wait;
use crate::wasi::Wasi;

/// What is shut down: preview 1's `sdflags`.
mod shut {
    pub const RECEIVING: u32 = 1;
    pub const SENDING: u32 = 2;
}

/// The flag of a send that does not wait. It is ours: preview 1 has no `siflags`.
const DONT_WAIT: u32 = 8;

impl<H: Host> Wasi<H> {
    /// The socket behind a descriptor.
    pub(crate) fn socket(&'static self, fd: u32) -> Result<Socket<H>, Errno> {
        Socket::from_object(self.object(fd)?)
    }

    /// The end of a `socketpair` behind a descriptor, if that is one.
    fn pair(&'static self, fd: u32) -> Result<Option<Rc<PipeEnd<H>>>, Errno> {
        let end = self.object(fd)?.as_any().downcast::<PipeEnd<H>>();
        Ok(end.ok().filter(|end| end.is_of_both_ways()))
    }

    /// The TCP socket behind a descriptor.
    pub(crate) fn tcp(&'static self, fd: u32) -> Result<Rc<Tcp<H>>, Errno> {
        match self.socket(fd)? {
            Socket::Tcp(tcp) => Ok(tcp),
            Socket::Udp(_) => Err(Errno::NOTSUP),
        }
    }

    /// Opens a descriptor of a socket.
    pub(crate) fn open_socket(&'static self, object: Rc<dyn Object>) -> Result<u32, Errno> {
        const BASE: u64 = Rights::ALL & !(Rights::SEEK | Rights::TELL);
        let rights = Rights {
            base: BASE,
            inheriting: BASE,
        };
        self.table().open(Entry { object, rights })
    }

    /// `sock_open`; the descriptor is stored at `fd_at`.
    pub fn sock_open(&'static self, family: u32, kind: u32, fd_at: u32) -> Result<(), Errno> {
        const DATAGRAM: u32 = 0;
        const STREAM: u32 = 1;
        let family = Family::from_number(family)?;
        let socket: Rc<dyn Object> = match kind {
            STREAM => Rc::new(Tcp::create(self, family)?),
            DATAGRAM => Rc::new(Udp::create(self, family)?),
            _ => return Err(Errno::NOTSUP),
        };
        self.host.store32(fd_at, self.open_socket(socket)?);
        Ok(())
    }

    /// `sock_bind`
    pub fn sock_bind(&'static self, fd: u32, address: u32) -> Result<(), Errno> {
        let socket = self.socket(fd)?;
        let address = Address::load(&self.host, address)?.ok_or(Errno::AFNOSUPPORT)?;
        match socket {
            Socket::Tcp(tcp) => tcp.bind(address),
            Socket::Udp(udp) => udp.bind(address),
        }
    }

    /// `sock_listen`
    pub fn sock_listen(&'static self, fd: u32, backlog: u32) -> Result<(), Errno> {
        self.tcp(fd)?.listen(backlog)
    }

    /// `sock_connect`
    pub fn sock_connect(&'static self, fd: u32, address: u32) -> Begun {
        let socket = self.socket(fd)?;
        let address = Address::load(&self.host, address)?;
        match socket {
            Socket::Udp(udp) => udp.connect(address).map(|()| Call::Ended),
            Socket::Tcp(tcp) => {
                let address = address.ok_or(Errno::AFNOSUPPORT)?;
                let patience = tcp.options.patience(self, &tcp.options.send_timeout, false);
                let connect = async move { tcp.connect(address, patience).await };
                Ok(Call::patient(patience, connect))
            }
        }
    }

    /// `sock_accept`; the new descriptor is stored at `fd_at`.
    pub fn sock_accept(&'static self, fd: u32, fdflags: u32, fd_at: u32) -> Begun {
        let tcp = self.tcp(fd)?;
        let listener = tcp.listener().ok_or(Errno::INVAL)?;
        let fdflags = u16::try_from(fdflags).map_err(|_| Errno::INVAL)?;
        if fdflags & !flags::NONBLOCK != 0 {
            return Err(Errno::INVAL);
        }
        self.descriptors.check_room()?;
        let options = &tcp.options;
        let patience = options.patience(self, &options.receive_timeout, false);
        let family = options.family;
        Ok(Call::patient(patience, async move {
            let wait = Wait::new(self, patience);
            let handle = listener.accept(&wait, || self.descriptors.check_room());
            let handle = handle.await?;
            let accepted = Tcp::accepted(handle, family, fdflags)?;
            let fd = self.open_socket(Rc::new(accepted))?;
            self.host.store32(fd_at, fd);
            Ok(())
        }))
    }

    /// `sock_recv`; whether a datagram was cut is stored at `cut_at`.
    pub fn sock_recv(&'static self, fd: u32, transfer: Transfer, flags: u32, cut_at: u32) -> Begun {
        if let Some(pair) = self.pair(fd)? {
            self.store16(cut_at, 0);
            return self.receive_of_pair(pair, transfer, flags);
        }
        let flags = self.receive_flags(transfer, flags)?;
        match self.socket(fd)? {
            Socket::Tcp(tcp) => {
                self.store16(cut_at, 0);
                tcp.receive(transfer, flags)
            }
            Socket::Udp(udp) => {
                self.store16(cut_at, 0);
                let note = move |is_cut: bool| self.store16(cut_at, is_cut.into());
                udp.begin_receive(transfer, flags, move |received| note(received.is_cut))
            }
        }
    }

    /// `sock_recv_from`; who sent is stored at `from_at`, if that is not 0.
    pub fn sock_recv_from(
        &'static self,
        fd: u32,
        transfer: Transfer,
        flags: u32,
        from_at: u32,
    ) -> Begun {
        if let Some(pair) = self.pair(fd)? {
            return self.receive_of_pair(pair, transfer, flags);
        }
        let flags = self.receive_flags(transfer, flags)?;
        match self.socket(fd)? {
            Socket::Tcp(tcp) => {
                if from_at != 0
                    && let Ok(from) = tcp.remote_address()
                {
                    from.store(&self.host, from_at);
                }
                tcp.receive(transfer, flags)
            }
            Socket::Udp(udp) => udp.begin_receive(transfer, flags, move |received| {
                if from_at != 0 {
                    received.from.store(&self.host, from_at);
                }
            }),
        }
    }

    /// Begins a receive by a `socketpair`, which has no flags: it is a pipe.
    fn receive_of_pair(&self, pair: Rc<PipeEnd<H>>, transfer: Transfer, flags: u32) -> Begun {
        const CUT: u32 = 4;
        self.check_sizes(transfer.buffers)?;
        // That a datagram was cut can be asked for: there is none.
        if flags & !CUT != 0 {
            return Err(Errno::NOTSUP);
        }
        pair.read(transfer)
    }

    fn receive_flags(&self, transfer: Transfer, flags: u32) -> Result<ReceiveFlags, Errno> {
        self.check_sizes(transfer.buffers)?;
        let flags = ReceiveFlags(flags);
        flags.is_known().then_some(flags).ok_or(Errno::NOTSUP)
    }

    /// `sock_send` and, with where an address is, `sock_send_to`
    pub fn sock_send(
        &'static self,
        fd: u32,
        transfer: Transfer,
        flags: u32,
        to_at: Option<u32>,
    ) -> Begun {
        if let Some(pair) = self.pair(fd)? {
            self.check_sizes(transfer.buffers)?;
            let has_flags = flags != 0;
            return if has_flags {
                Err(Errno::NOTSUP)
            } else {
                pair.write(transfer)
            };
        }
        let socket = self.socket(fd)?;
        self.check_sizes(transfer.buffers)?;
        if flags & !DONT_WAIT != 0 {
            return Err(Errno::NOTSUP);
        }
        let dont_wait = flags & DONT_WAIT != 0;
        match socket {
            // POSIX, sendto: the address is ignored when the socket is connection-mode, or `EISCONN`.
            Socket::Tcp(tcp) => tcp.send(transfer, dont_wait),
            Socket::Udp(udp) => {
                let to = match to_at {
                    None => None,
                    Some(at) => Address::load(&self.host, at)?,
                };
                udp.begin_send(transfer, to, dont_wait)
            }
        }
    }

    /// `sock_shutdown`
    pub fn sock_shutdown(&'static self, fd: u32, how: u32) -> Result<(), Errno> {
        let pair = self.pair(fd)?;
        let socket = pair.is_none().then(|| self.socket(fd)).transpose()?;
        if how == 0 || how & !(shut::RECEIVING | shut::SENDING) != 0 {
            return Err(Errno::INVAL);
        }
        let (receiving, sending) = (how & shut::RECEIVING != 0, how & shut::SENDING != 0);
        if let Some(pair) = pair {
            pair.shut_down(receiving, sending);
        }
        match socket {
            None => Ok(()),
            Some(Socket::Udp(udp)) => udp.shut_down(receiving, sending),
            Some(Socket::Tcp(tcp)) => tcp.shut_down(receiving, sending),
        }
    }

    /// `sock_addr_local`
    pub fn sock_addr_local(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let address = match self.socket(fd)? {
            Socket::Tcp(tcp) => tcp.local_address()?,
            Socket::Udp(udp) => udp.local_address()?,
        };
        address.store(&self.host, to);
        Ok(())
    }

    /// `sock_addr_remote`
    pub fn sock_addr_remote(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let address = match self.socket(fd)? {
            Socket::Tcp(tcp) => tcp.remote_address()?,
            Socket::Udp(udp) => udp.remote.get().ok_or(Errno::NOTCONN)?,
        };
        address.store(&self.host, to);
        Ok(())
    }

    fn store16(&self, to: u32, value: u16) {
        self.host.write(to, &value.to_le_bytes());
    }
}
