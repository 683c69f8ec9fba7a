//! The calls of preview 1, as methods of [`Wasi`](crate::wasi::Wasi).

mod clocks;
mod descriptors;
mod files;
mod listeners;
mod lookup;
mod open;
mod path;
mod paths;
mod pipes;
mod poll;
mod preopens;
mod process;
mod socket_options;
mod sockets;
mod strings;
mod times;
mod transfers;
mod two_paths;

pub use lookup::Lookup;
pub use open::OpenAt;
pub use path::Path;
pub use pipes::Ways;
pub use poll::Poll;
pub use times::Times;
