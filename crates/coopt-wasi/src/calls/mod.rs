//! The calls of preview 1, as methods of [`Wasi`](crate::wasi::Wasi).

mod clocks;
mod descriptors;
mod files;
mod paths;
mod poll;
mod preopens;
mod process;
mod sockets;
mod strings;
mod times;
mod transfers;

pub use paths::{OpenAt, Path};
pub use poll::Poll;
pub use times::Times;
