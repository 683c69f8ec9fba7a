//! A stream that a file is written by.

use crate::host::Host;
use crate::node::offset::Offset;
use crate::stream::Writable;

/// A stream whose next byte goes to a place in the file.
pub struct Writer<H: Host> {
    pub stream: Writable<H>,
    pub at: Offset,
}
