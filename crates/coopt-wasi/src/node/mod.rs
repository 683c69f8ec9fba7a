//! Files and directories.
//!
//! | file | what it holds |
//! |---|---|
//! | `handle` | the host's handle |
//! | `offset`, `reader`, `writer`, `entries` | the parts of an open file |
//! | `open` | the open file |
//! | `seek`, `read`, `write`, `stat`, `list` | what is done with it |
//! | `at_once` | reads and writes that end as they begin |
//! | `object` | the file as what a descriptor stands for |

mod at_once;
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
