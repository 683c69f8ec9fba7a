//! What the calls need from a WASI 0.3 host.

use crate::memory::Memory;

/// The readable end of a stream, by the host's handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream(pub u32);

/// What an operation on a stream has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes were copied.
    pub bytes: u32,
    /// Whether the other end is gone: no byte follows.
    pub ended: bool,
}

impl Progress {
    const STATE_BITS: u32 = 4;
    const DROPPED: u32 = 1;
    const BLOCKED: u32 = u32::MAX;

    /// Reads what `stream.read` returns, and the payload of its event (Component Model, Canonical
    /// ABI, "stream.{read,write}"). `None` while the operation is under way.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits == Self::BLOCKED {
            return None;
        }
        Some(Self {
            bytes: bits >> Self::STATE_BITS,
            ended: bits & ((1 << Self::STATE_BITS) - 1) == Self::DROPPED,
        })
    }
}

/// A WASI 0.3 host, and the memory that it and the program share.
pub trait Host: Memory {
    /// Opens standard input. A host gives its stream once.
    fn open_stdin(&self) -> Stream;
    /// Begins a read into the program's memory; `None` when its end comes as an event.
    fn read(&self, stream: Stream, address: u32, len: u32) -> Option<Progress>;
    /// Nanoseconds on the monotonic clock.
    fn monotonic(&self) -> u64;
    /// Nanoseconds since 1970 on the clock of the time of day.
    fn realtime(&self) -> u64;
}
