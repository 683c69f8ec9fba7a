//! What a program may reach.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use wasmtime_wasi::WasiCtxBuilder;
use wasmtime_wasi::sockets::SocketAddrUse;

/// Who is told of what the program was refused.
pub type Refused = Arc<dyn Fn(Refusal) + Send + Sync>;

/// What a program may reach.
#[derive(Clone, Default)]
pub struct Network {
    /// The addresses that the program may use.
    pub reach: Reach,
    /// Who is told of what the program was refused.
    pub refused: Option<Refused>,
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("reach", &self.reach)
            .finish_non_exhaustive()
    }
}

/// The addresses that a program may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// None.
    #[default]
    Nothing,
    /// Those of the machine to itself. Names are not looked up: that would ask others.
    Loopback,
    /// All, and names.
    All,
}

impl Reach {
    /// Whether the program may use `address`.
    fn allows(self, address: SocketAddr, using: SocketAddrUse) -> bool {
        let binds_to_any = address.port() == 0 && address.ip().is_unspecified();
        match self {
            Self::Nothing => false,
            Self::All => true,
            // A socket that is bound to no address in particular is, before it connects or sends.
            Self::Loopback => {
                let is_implicit = matches!(using, SocketAddrUse::TcpBind | SocketAddrUse::UdpBind);
                address.ip().is_loopback() || is_implicit && binds_to_any
            }
        }
    }
}

/// What a program was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The address.
    pub address: SocketAddr,
    /// What the program wanted to do with the address, as in `connect to`.
    pub what: &'static str,
}

impl Network {
    /// Gives the program what it may reach.
    pub(crate) fn give(&self, wasi: &mut WasiCtxBuilder) {
        let Self { reach, refused } = self.clone();
        wasi.allow_tcp(true)
            .allow_udp(true)
            .allow_ip_name_lookup(reach == Reach::All)
            .socket_addr_check(move |address, using| {
                let is_allowed = reach.allows(address, using);
                if let (false, Some(refused), Some(what)) = (is_allowed, &refused, verb(using)) {
                    refused(Refusal { address, what });
                }
                Box::pin(async move { is_allowed })
            });
    }
}

/// What a program does with an address; `None` for what others do.
fn verb(using: SocketAddrUse) -> Option<&'static str> {
    match using {
        SocketAddrUse::TcpBind | SocketAddrUse::UdpBind => Some("bind to"),
        SocketAddrUse::TcpConnect => Some("connect to"),
        SocketAddrUse::TcpListen => Some("listen at"),
        SocketAddrUse::UdpSend => Some("send to"),
        SocketAddrUse::TcpAccept | SocketAddrUse::UdpReceive => None,
    }
}
