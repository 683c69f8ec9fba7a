//! The options of sockets.
//!
//! A host of WASI 0.3 has those that are asked of it here. Others are remembered, when that is harmless; the
//! rest is refused as POSIX's setsockopt does it.

use crate::answer::Shape;
use crate::errno::Errno;
use crate::host::Host;
use crate::socket::{Socket, Tcp};
use crate::wasi::Wasi;

/// Nanoseconds in a second.
const SECOND: u64 = 1_000_000_000;
/// Nanoseconds in a microsecond.
const MICROSECOND: u64 = 1_000;

impl<H: Host> Wasi<H> {
    fn store_flag(&self, to: u32, flag: bool) {
        self.host.write(to, &[flag.into()]);
    }

    /// Asks the host for a number of 64 bits.
    fn ask_long(&self, ask: impl FnOnce(&H, u32)) -> Result<u64, Errno> {
        let answer = self.ask_now(Shape::SOCKET_LONG, ask)?;
        Ok(self.host.load64(answer.payload()))
    }

    /// Asks the host for a number of 32 bits.
    fn ask_word(&self, ask: impl FnOnce(&H, u32)) -> Result<u32, Errno> {
        let answer = self.ask_now(Shape::SOCKET, ask)?;
        Ok(self.host.load32(answer.payload()))
    }

    /// Asks the host for a byte.
    fn ask_byte(&self, ask: impl FnOnce(&H, u32)) -> Result<u8, Errno> {
        let answer = self.ask_now(Shape::SOCKET, ask)?;
        Ok(self.host.load8(answer.payload()))
    }

    fn set(&self, set: impl FnOnce(&H, u32)) -> Result<(), Errno> {
        self.ask_now(Shape::SOCKET, set).map(drop)
    }

    /// The TCP socket behind a descriptor; a UDP socket has no such option.
    fn tcp_option(&'static self, fd: u32) -> Result<alloc::rc::Rc<Tcp<H>>, Errno> {
        match self.socket(fd)? {
            Socket::Tcp(tcp) => Ok(tcp),
            Socket::Udp(_) => Err(Errno::NOPROTOOPT),
        }
    }

    /// `sock_get_recv_buf_size`
    pub fn sock_get_recv_buf_size(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let size = match self.socket(fd)? {
            Socket::Tcp(tcp) => self.ask_long(|host, to| host.tcp_receive_room(tcp.number(), to)),
            Socket::Udp(udp) => self.ask_long(|host, to| host.udp_receive_room(udp.number(), to)),
        };
        self.store_size(to, size?);
        Ok(())
    }

    /// `sock_set_recv_buf_size`
    pub fn sock_set_recv_buf_size(&'static self, fd: u32, size: u32) -> Result<(), Errno> {
        let size = u64::from(size.max(1));
        match self.socket(fd)? {
            Socket::Tcp(tcp) => {
                self.set(|host, to| host.tcp_set_receive_room(tcp.number(), size, to))
            }
            Socket::Udp(udp) => {
                self.set(|host, to| host.udp_set_receive_room(udp.number(), size, to))
            }
        }
    }

    /// `sock_get_send_buf_size`
    pub fn sock_get_send_buf_size(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let size = match self.socket(fd)? {
            Socket::Tcp(tcp) => self.ask_long(|host, to| host.tcp_send_room(tcp.number(), to)),
            Socket::Udp(udp) => self.ask_long(|host, to| host.udp_send_room(udp.number(), to)),
        };
        self.store_size(to, size?);
        Ok(())
    }

    /// `sock_set_send_buf_size`
    pub fn sock_set_send_buf_size(&'static self, fd: u32, size: u32) -> Result<(), Errno> {
        let size = u64::from(size.max(1));
        match self.socket(fd)? {
            Socket::Tcp(tcp) => self.set(|host, to| host.tcp_set_send_room(tcp.number(), size, to)),
            Socket::Udp(udp) => self.set(|host, to| host.udp_set_send_room(udp.number(), size, to)),
        }
    }

    /// A size is an `int` for C.
    fn store_size(&self, to: u32, size: u64) {
        self.host.store32(to, size.min(i32::MAX as u64) as u32);
    }

    /// `sock_get_recv_timeout`, in microseconds
    pub fn sock_get_recv_timeout(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let timeout = self.socket(fd)?.options().receive_timeout.get();
        self.host.store64(to, timeout / MICROSECOND);
        Ok(())
    }

    /// `sock_set_recv_timeout`, in microseconds
    pub fn sock_set_recv_timeout(&'static self, fd: u32, timeout: u64) -> Result<(), Errno> {
        let timeout = timeout.saturating_mul(MICROSECOND);
        self.socket(fd)?.options().receive_timeout.set(timeout);
        Ok(())
    }

    /// `sock_get_send_timeout`, in microseconds
    pub fn sock_get_send_timeout(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let timeout = self.socket(fd)?.options().send_timeout.get();
        self.host.store64(to, timeout / MICROSECOND);
        Ok(())
    }

    /// `sock_set_send_timeout`, in microseconds
    pub fn sock_set_send_timeout(&'static self, fd: u32, timeout: u64) -> Result<(), Errno> {
        let timeout = timeout.saturating_mul(MICROSECOND);
        self.socket(fd)?.options().send_timeout.set(timeout);
        Ok(())
    }

    /// `sock_get_keep_alive`
    pub fn sock_get_keep_alive(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let tcp = self.tcp_option(fd)?;
        let is_on = self.ask_byte(|host, to| host.tcp_keep_alive(tcp.number(), to))?;
        self.store_flag(to, is_on != 0);
        Ok(())
    }

    /// `sock_set_keep_alive`
    pub fn sock_set_keep_alive(&'static self, fd: u32, is_on: bool) -> Result<(), Errno> {
        let tcp = self.tcp_option(fd)?;
        self.set(|host, to| host.tcp_set_keep_alive(tcp.number(), is_on.into(), to))
    }

    /// `sock_get_tcp_keep_idle`, in seconds
    pub fn sock_get_tcp_keep_idle(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let tcp = self.tcp_option(fd)?;
        let time = self.ask_long(|host, to| host.tcp_keep_idle(tcp.number(), to))?;
        self.store_size(to, time / SECOND);
        Ok(())
    }

    /// `sock_set_tcp_keep_idle`, in seconds
    pub fn sock_set_tcp_keep_idle(&'static self, fd: u32, time: u32) -> Result<(), Errno> {
        let tcp = self.tcp_option(fd)?;
        let time = u64::from(time) * SECOND;
        self.set(|host, to| host.tcp_set_keep_idle(tcp.number(), time, to))
    }

    /// `sock_get_tcp_keep_intvl`, in seconds
    pub fn sock_get_tcp_keep_intvl(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let tcp = self.tcp_option(fd)?;
        let time = self.ask_long(|host, to| host.tcp_keep_interval(tcp.number(), to))?;
        self.store_size(to, time / SECOND);
        Ok(())
    }

    /// `sock_set_tcp_keep_intvl`, in seconds
    pub fn sock_set_tcp_keep_intvl(&'static self, fd: u32, time: u32) -> Result<(), Errno> {
        let tcp = self.tcp_option(fd)?;
        let time = u64::from(time) * SECOND;
        self.set(|host, to| host.tcp_set_keep_interval(tcp.number(), time, to))
    }

    /// `TCP_KEEPCNT`
    pub fn sock_get_keep_count(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let tcp = self.tcp_option(fd)?;
        let count = self.ask_word(|host, to| host.tcp_keep_count(tcp.number(), to))?;
        self.host.store32(to, count);
        Ok(())
    }

    /// Sets `TCP_KEEPCNT`.
    pub fn sock_set_keep_count(&'static self, fd: u32, count: u32) -> Result<(), Errno> {
        let tcp = self.tcp_option(fd)?;
        self.set(|host, to| host.tcp_set_keep_count(tcp.number(), count, to))
    }

    /// `sock_get_ip_ttl`
    pub fn sock_get_ip_ttl(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let limit = match self.socket(fd)? {
            Socket::Tcp(tcp) => self.ask_byte(|host, to| host.tcp_hop_limit(tcp.number(), to)),
            Socket::Udp(udp) => self.ask_byte(|host, to| host.udp_hop_limit(udp.number(), to)),
        };
        self.host.write(to, &[limit?]);
        Ok(())
    }

    /// `sock_set_ip_ttl`
    pub fn sock_set_ip_ttl(&'static self, fd: u32, limit: u32) -> Result<(), Errno> {
        const MAX: u32 = 255;
        if !(1..=MAX).contains(&limit) {
            return Err(Errno::INVAL);
        }
        match self.socket(fd)? {
            Socket::Tcp(tcp) => {
                self.set(|host, to| host.tcp_set_hop_limit(tcp.number(), limit, to))
            }
            Socket::Udp(udp) => {
                self.set(|host, to| host.udp_set_hop_limit(udp.number(), limit, to))
            }
        }
    }

    /// `sock_get_reuse_addr`
    pub fn sock_get_reuse_addr(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let is_on = self.socket(fd)?.options().reuse_address.get();
        self.store_flag(to, is_on);
        Ok(())
    }

    /// `sock_set_reuse_addr`: a host of WASI 0.3 lets addresses be used again at once anyway.
    pub fn sock_set_reuse_addr(&'static self, fd: u32, is_on: bool) -> Result<(), Errno> {
        self.socket(fd)?.options().reuse_address.set(is_on);
        Ok(())
    }

    /// `sock_get_tcp_no_delay`
    pub fn sock_get_tcp_no_delay(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let is_on = self.tcp_option(fd)?.options.no_delay.get();
        self.store_flag(to, is_on);
        Ok(())
    }

    /// `sock_set_tcp_no_delay`: a host of WASI 0.3 decides that itself; no byte is lost by it.
    pub fn sock_set_tcp_no_delay(&'static self, fd: u32, is_on: bool) -> Result<(), Errno> {
        self.tcp_option(fd)?.options.no_delay.set(is_on);
        Ok(())
    }

    /// `sock_get_linger`: a close does not wait.
    pub fn sock_get_linger(
        &'static self,
        fd: u32,
        is_on_at: u32,
        time_at: u32,
    ) -> Result<(), Errno> {
        self.socket(fd)?;
        self.store_flag(is_on_at, false);
        self.host.store32(time_at, 0);
        Ok(())
    }

    /// An option that is always on or always off, at `to`.
    pub fn sock_get_fixed(&'static self, fd: u32, to: u32, is_on: bool) -> Result<(), Errno> {
        self.socket(fd)?;
        self.store_flag(to, is_on);
        Ok(())
    }

    /// Sets an option that can only be what it is.
    pub fn sock_set_fixed(&'static self, fd: u32, is_as_it_is: bool) -> Result<(), Errno> {
        self.socket(fd)?;
        is_as_it_is.then_some(()).ok_or(Errno::NOPROTOOPT)
    }

    /// `SO_ERROR`, which is told once; 0 for none.
    pub fn sock_get_error(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let error = match self.socket(fd)? {
            Socket::Tcp(tcp) => tcp.check_error(),
            Socket::Udp(udp) => udp.take_error(),
        };
        self.host
            .store32(to, error.map_or(0, |error| error.get().into()));
        Ok(())
    }

    /// `SO_ACCEPTCONN`
    pub fn sock_is_listening(&'static self, fd: u32, to: u32) -> Result<(), Errno> {
        let is_listening = match self.socket(fd)? {
            Socket::Tcp(tcp) => tcp.listener().is_some(),
            Socket::Udp(_) => false,
        };
        self.host.store32(to, is_listening.into());
        Ok(())
    }
}
