//! The calls of WASI preview 1, and some of our own that it lacks: each parses what a program passes, and begins a call of
//! [`coopt_wasi`].

mod descriptors;
mod files;
mod paths;
mod pipes;
mod poll;
mod process;
mod socket_options;
mod sockets;
mod transfers;

pub use descriptors::*;
pub use files::*;
pub use paths::*;
pub use pipes::*;
pub use poll::*;
pub use process::*;
pub use socket_options::*;
pub use sockets::*;
pub use transfers::*;

use coopt_abi::wait::WaitKind;
use coopt_wasi::{Begun, Errno};

use crate::runtime::{Runtime, with};

/// What a call returns that ends at once, and by which waits of others may end.
fn end(result: Result<(), Errno>) -> i32 {
    with(Runtime::notice);
    Errno::of(result)
}

/// Begins a call that waits for the host, if it waits.
fn begin(begun: Begun) -> u32 {
    with(|runtime| runtime.begin_call(WaitKind::Host, begun))
}
