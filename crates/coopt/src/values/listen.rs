//! `--listen ADDRESS`.

use std::net::SocketAddr;
use std::str::FromStr;

/// An address that the program listens at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen(pub SocketAddr);

impl FromStr for Listen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| {
            format!(
                "an address to listen at has an address in digits and a port; found `{text}`; \
                 write it like `127.0.0.1:8080` or `[::1]:8080`"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_port() {
        for text in ["127.0.0.1:80", "0.0.0.0:0", "[::1]:8080"] {
            let Listen(address) = text.parse().expect("it is one");
            assert_eq!(address.to_string(), text);
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in ["", "80", ":80", "localhost:80", "127.0.0.1", "::1:80"] {
            assert!(text.parse::<Listen>().is_err(), "{text}");
        }
    }
}
