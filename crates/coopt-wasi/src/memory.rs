//! The program's memory.

/// The program's memory. Addresses are the program's, and one out of bounds traps.
pub trait Memory {
    /// The byte at an address.
    fn load8(&self, address: u32) -> u8;
    /// The 32-bit word at an address of any alignment.
    fn load32(&self, address: u32) -> u32;
    /// The 64-bit word at an address of any alignment.
    fn load64(&self, address: u32) -> u64;
    /// Sets the 32-bit word at an address of any alignment.
    fn store32(&self, address: u32, value: u32);
    /// Sets the 64-bit word at an address of any alignment.
    fn store64(&self, address: u32, value: u64);
    /// Copies bytes inside the memory.
    fn copy(&self, to: u32, from: u32, len: u32);
    /// Adds a page of 64 KiB to the memory, for our own use; the page's address, or `None` when the
    /// memory cannot grow.
    fn add_page(&self) -> Option<u32>;
}

/// The size of a page, in bytes.
pub const PAGE_SIZE: u32 = 65_536;

/// A part of the program's memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub address: u32,
    pub len: u32,
}

impl Span {
    /// No bytes.
    pub const EMPTY: Self = Self { address: 0, len: 0 };

    /// The part behind the first `len` bytes.
    pub const fn after(self, len: u32) -> Self {
        Self {
            address: self.address.wrapping_add(len),
            len: self.len - len,
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
    /// The buffers, in their order.
    pub fn iter<M: Memory>(self, memory: &M) -> impl Iterator<Item = Span> + '_ {
        (0..self.count).map(move |index| {
            let at = self.address.wrapping_add(index.wrapping_mul(8));
            Span {
                address: memory.load32(at),
                len: memory.load32(at.wrapping_add(4)),
            }
        })
    }
}
