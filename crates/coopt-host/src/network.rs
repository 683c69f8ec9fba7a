//! What a program may reach.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use coopt_abi::environment;
use wasmtime_wasi::WasiCtxBuilder;
use wasmtime_wasi::sockets::SocketAddrUse;

use crate::error::Error;

/// Who is told of what the program was refused.
pub type Refused = Arc<dyn Fn(Refusal) + Send + Sync>;

/// What a program may reach.
#[derive(Clone, Default)]
pub struct Network {
    /// The addresses that the program may use.
    pub reach: Reach,
    /// Addresses that sockets of the program listen at from the start. The program may use them so,
    /// whatever it may reach.
    pub listens: Vec<SocketAddr>,
    /// Who is told of what the program was refused.
    pub refused: Option<Refused>,
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("reach", &self.reach)
            .field("listens", &self.listens)
            .finish_non_exhaustive()
    }
}

/// The addresses that a program may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// None.
    #[default]
    Nothing,
    /// Those of the machine to itself. Other names are not looked up: that would ask others.
    Loopback,
    /// All, and names.
    All,
}

impl Reach {
    /// Whether the program may use `address`.
    fn allows(self, address: SocketAddr, using: SocketAddrUse) -> bool {
        // A socket that is bound to no address in particular is, before it connects or sends. What
        // counts is the address that it then connects or sends to, or listens at.
        let is_bind = matches!(using, SocketAddrUse::TcpBind | SocketAddrUse::UdpBind);
        let is_implicit = is_bind && address.port() == 0 && address.ip().is_unspecified();
        match self {
            Self::Nothing => is_implicit,
            Self::Loopback => is_implicit || address.ip().is_loopback(),
            Self::All => true,
        }
    }
}

/// What a program was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What the program wanted to do, as in `connect to 10.0.0.1:80`.
    pub what: String,
    /// Whether it is within the machine.
    pub is_loopback: bool,
}

/// What becomes of a name that a program looks up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// The name may be asked for.
    Ask,
    /// Its addresses are known to all.
    Known(Vec<IpAddr>),
    /// The program may not ask for it.
    Refused,
}

impl Network {
    /// Gives the program what it may reach.
    ///
    /// # Errors
    ///
    /// [`Error::Listen`] when an address cannot be listened at.
    pub(crate) fn give(&self, wasi: &mut WasiCtxBuilder) -> Result<(), Error> {
        self.listens.iter().try_for_each(check_listener)?;
        if !self.listens.is_empty() {
            let addresses: Vec<_> = self.listens.iter().map(ToString::to_string).collect();
            wasi.env(environment::LISTEN, addresses.join(","));
        }
        let this = self.clone();
        wasi.allow_tcp(true)
            .allow_udp(true)
            .allow_ip_name_lookup(self.reach == Reach::All)
            .socket_addr_check(move |address, using| {
                let is_allowed = this.allows(address, using);
                Box::pin(async move { is_allowed })
            });
        Ok(())
    }

    /// Whether the program may use an address; if not, somebody is told.
    fn allows(&self, address: SocketAddr, using: SocketAddrUse) -> bool {
        let is_allowed = self.reach.allows(address, using) || self.listens_at(address, using);
        if let (false, Some(verb)) = (is_allowed, verb(using)) {
            self.tell(format!("{verb} {address}"), address.ip().is_loopback());
        }
        is_allowed
    }

    /// What becomes of a name; if it is refused, somebody is told.
    pub(crate) fn name(&self, name: &str) -> Name {
        match (self.reach, known(name)) {
            (Reach::All, _) => Name::Ask,
            (_, Some(known)) => Name::Known(known),
            (_, None) => {
                self.tell(format!("look up `{}`", name.escape_debug()), false);
                Name::Refused
            }
        }
    }

    fn tell(&self, what: String, is_loopback: bool) {
        if let Some(refused) = &self.refused {
            refused(Refusal { what, is_loopback });
        }
    }

    /// Whether it is for a socket that listens from the start. Only such sockets accept connections,
    /// or those that the program may listen at.
    fn listens_at(&self, address: SocketAddr, using: SocketAddrUse) -> bool {
        let is_one = |listens: &SocketAddr| {
            let has_port = listens.port() == address.port();
            listens.ip() == address.ip() && (has_port || listens.port() == 0)
        };
        match using {
            SocketAddrUse::TcpAccept => !self.listens.is_empty(),
            SocketAddrUse::TcpBind | SocketAddrUse::TcpListen => self.listens.iter().any(is_one),
            SocketAddrUse::TcpConnect | SocketAddrUse::UdpBind => false,
            SocketAddrUse::UdpSend | SocketAddrUse::UdpReceive => false,
        }
    }
}

/// Whether an address can be listened at: the program could not say so.
fn check_listener(address: &SocketAddr) -> Result<(), Error> {
    let listener = TcpListener::bind(address);
    listener.map(drop).map_err(|error| Error::Listen {
        address: *address,
        found: error.to_string(),
    })
}

/// The addresses of a name that nobody needs to be asked for: digits, and the machine's own (RFC
/// 6761, 6.3).
fn known(name: &str) -> Option<Vec<IpAddr>> {
    if let Ok(address) = name.parse() {
        return Some(vec![address]);
    }
    let name = name.strip_suffix('.').unwrap_or(name);
    let last = name.rsplit('.').next().unwrap_or(name);
    let own = || vec![Ipv6Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()];
    last.eq_ignore_ascii_case("localhost").then(own)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn network(reach: Reach, listens: &[&str]) -> Network {
        Network {
            reach,
            listens: listens.iter().map(|text| address(text)).collect(),
            refused: None,
        }
    }

    fn address(text: &str) -> SocketAddr {
        text.parse().expect("it is an address")
    }

    #[test]
    fn nothing_is_reached_unless_it_is_allowed() {
        let nothing = network(Reach::Nothing, &[]);
        for text in ["127.0.0.1:80", "0.0.0.0:80", "10.0.0.1:80", "[::1]:0"] {
            assert!(!nothing.allows(address(text), SocketAddrUse::TcpConnect));
            assert!(!nothing.allows(address(text), SocketAddrUse::UdpBind));
        }
        // What the host asks about before it asks about an address that counts.
        assert!(nothing.allows(address("0.0.0.0:0"), SocketAddrUse::TcpBind));
        assert!(!nothing.allows(address("0.0.0.0:0"), SocketAddrUse::TcpListen));
        assert!(!nothing.allows(address("0.0.0.0:0"), SocketAddrUse::UdpReceive));
    }

    #[test]
    fn the_loopback_is_this_machine_and_nobody_else() {
        let loopback = network(Reach::Loopback, &[]);
        for text in ["127.0.0.1:80", "127.9.9.9:80", "[::1]:80"] {
            assert!(
                loopback.allows(address(text), SocketAddrUse::TcpConnect),
                "{text}"
            );
            assert!(
                loopback.allows(address(text), SocketAddrUse::TcpListen),
                "{text}"
            );
        }
        for text in ["0.0.0.0:80", "10.0.0.1:80", "[fe80::1]:80"] {
            assert!(
                !loopback.allows(address(text), SocketAddrUse::TcpListen),
                "{text}"
            );
            assert!(
                !loopback.allows(address(text), SocketAddrUse::UdpSend),
                "{text}"
            );
            assert!(
                !loopback.allows(address(text), SocketAddrUse::TcpAccept),
                "{text}"
            );
        }
        // What the host asks about before a socket connects that is not bound.
        assert!(loopback.allows(address("0.0.0.0:0"), SocketAddrUse::TcpBind));
        assert!(!loopback.allows(address("0.0.0.0:0"), SocketAddrUse::TcpListen));
    }

    #[test]
    fn the_machines_own_name_is_known_and_others_take_all() {
        let loopback = network(Reach::Loopback, &[]);
        let own = Name::Known(vec![Ipv6Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()]);
        for name in ["localhost", "LOCALHOST.", "a.localhost"] {
            assert_eq!(loopback.name(name), own, "{name}");
        }
        let digits = Ipv4Addr::new(10, 1, 2, 3);
        assert_eq!(loopback.name("10.1.2.3"), Name::Known(vec![digits.into()]));
        for name in ["example.org", "notlocalhost", "localhost.org", ""] {
            assert_eq!(loopback.name(name), Name::Refused, "{name}");
            assert_eq!(network(Reach::All, &[]).name(name), Name::Ask, "{name}");
        }
    }

    #[test]
    fn a_socket_that_is_handed_over_listens_and_accepts_and_does_no_more() {
        let given = network(Reach::Nothing, &["127.0.0.1:0", "0.0.0.0:80"]);
        for text in ["127.0.0.1:0", "127.0.0.1:4711", "0.0.0.0:80"] {
            assert!(
                given.allows(address(text), SocketAddrUse::TcpBind),
                "{text}"
            );
            assert!(
                given.allows(address(text), SocketAddrUse::TcpListen),
                "{text}"
            );
        }
        assert!(given.allows(address("10.0.0.1:5"), SocketAddrUse::TcpAccept));
        assert!(!given.allows(address("0.0.0.0:81"), SocketAddrUse::TcpListen));
        assert!(!given.allows(address("127.0.0.1:80"), SocketAddrUse::TcpConnect));
    }
}
