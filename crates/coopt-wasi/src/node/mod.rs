//! Files and directories.
//!
//! | file | what it holds |
//! |---|---|
//! | `handle` | the host's handle |
//! | `offset`, `reader`, `writer`, `entries` | the parts of an open file |
//! | `open` | the open file |
//! | `seek`, `read`, `write`, `stat`, `list` | what is done with it |
//! | `object` | the file as what a descriptor stands for |

mod entries;
mod handle;
mod list;
mod object;
mod offset;
mod open;
mod read;
mod reader;
mod seek;
mod stat;
mod write;
mod writer;

pub use handle::Handle;
pub use open::Node;
