//! The program's memory.

/// The program's memory. Addresses are the program's, of any alignment, and one out of bounds traps.
pub trait Memory {
    /// The byte at an address.
    fn load8(&self, address: u32) -> u8;
    /// The 32-bit word at an address.
    fn load32(&self, address: u32) -> u32;
    /// The 64-bit word at an address.
    fn load64(&self, address: u32) -> u64;
    /// Sets the 32-bit word at an address.
    fn store32(&self, address: u32, value: u32);
    /// Sets the 64-bit word at an address.
    fn store64(&self, address: u32, value: u64);
    /// Copies bytes inside the memory.
    fn copy(&self, to: u32, from: u32, len: u32);
    /// Copies bytes out of the memory.
    fn read(&self, from: u32, bytes: &mut [u8]);
    /// Copies bytes into the memory.
    fn write(&self, to: u32, bytes: &[u8]);
    /// Adds so many pages of 64 KiB to the memory, for our own use; where they begin, or `None` when
    /// the memory cannot grow.
    fn grow(&self, pages: u32) -> Option<u32>;
}

/// The size of a page, in bytes.
pub const PAGE_SIZE: u32 = 65_536;

/// A part of the program's memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub address: u32,
    /// How many bytes it has.
    pub len: u32,
}

impl Span {
    /// No bytes.
    pub const EMPTY: Self = Self { address: 0, len: 0 };

    /// The span at `address`.
    #[must_use]
    pub const fn new(address: u32, len: u32) -> Self {
        Self { address, len }
    }

    /// The part behind the first `len` bytes.
    pub(crate) const fn after(self, len: u32) -> Self {
        Self {
            address: self.address.wrapping_add(len),
            len: self.len - len,
        }
    }

    /// The first `len` bytes, or all when there are fewer.
    pub(crate) fn first(self, len: u32) -> Self {
        Self {
            len: self.len.min(len),
            ..self
        }
    }
}

/// The buffers of a scatter read or a gather write: `iovec`s, eight bytes each.
#[derive(Clone, Copy, Debug)]
pub struct Buffers {
    /// Where the first `iovec` is.
    pub address: u32,
    /// How many there are.
    pub count: u32,
}

impl Buffers {
    /// The buffers that have room, in their order.
    pub(crate) fn iter<M: Memory>(self, memory: &M) -> impl Iterator<Item = Span> {
        let all = (0..self.count).map(move |index| {
            let at = self.address.wrapping_add(index.wrapping_mul(8));
            Span::new(memory.load32(at), memory.load32(at.wrapping_add(4)))
        });
        all.filter(|buffer| buffer.len > 0)
    }

    /// The buffer that has room, when only one has.
    pub(crate) fn only<M: Memory>(self, memory: &M) -> Option<Span> {
        let mut all = self.iter(memory);
        all.next().filter(|_| all.next().is_none())
    }

    /// How many bytes they have together.
    pub(crate) fn len<M: Memory>(self, memory: &M) -> u64 {
        self.iter(memory).map(|buffer| u64::from(buffer.len)).sum()
    }

    /// The first buffer that has room.
    pub(crate) fn first<M: Memory>(self, memory: &M) -> Span {
        self.iter(memory).next().unwrap_or(Span::EMPTY)
    }
}
