//! Sockets.
//!
//! | file | what it holds |
//! |---|---|
//! | `address` | an address and a port, as preview 1 and as WASI 0.3 have them |
//! | `options` | what a socket remembers for its program |
//! | `operation` | a function of the host that goes on while nobody waits for it |
//! | `flags` | how a program receives |
//! | `handle` | the host's handle of a TCP socket |
//! | `connection` | a connection: what it sends and receives |
//! | `listener` | connections that come in |
//! | `tcp` | a TCP socket: its state, and what changes that |
//! | `stream` | the TCP socket as what a descriptor stands for |
//! | `udp` | a UDP socket |
//! | `datagrams` | the UDP socket as what a descriptor stands for |
//! | `kind` | a socket of either kind |

mod address;
mod connection;
mod datagrams;
mod flags;
mod handle;
mod kind;
mod listener;
mod operation;
mod options;
mod stream;
mod tcp;
mod udp;

pub use address::{Address, Family, Ip};
pub use flags::ReceiveFlags;
pub use kind::Socket;
pub use tcp::Tcp;
pub use udp::Udp;
