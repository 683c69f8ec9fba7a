//! `fd_read` of standard input.

use crate::errno::Errno;
use crate::events::Events;
use crate::host::Host;
use crate::input::Input;
use crate::memory::{Buffers, Span};

/// Reads into the first buffer that has room, and stores at `read_at` how many bytes were read.
/// A read may be short, and the caller of one with several buffers asks again.
pub async fn read<H: Host>(
    host: &H,
    events: &Events,
    input: &Input,
    buffers: Buffers,
    read_at: u32,
) -> Result<(), Errno> {
    let has_room = |buffer: &Span| buffer.len > 0;
    let buffer = buffers.iter(host).find(has_room).unwrap_or(Span::EMPTY);
    let read = input.read(host, events, buffer).await;
    host.store32(read_at, read);
    Ok(())
}
