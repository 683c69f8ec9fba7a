//! The program's memory.

use std::cell::{Cell, RefCell};

use coopt_wasi::{Memory, PAGE_SIZE, Span};

use super::Script;

/// What memory holds that nobody has set: whoever reads it by mistake is noticed.
pub const GARBAGE: u8 = 0xA5;

/// The program's memory, which grows by pages.
pub struct Room {
    bytes: RefCell<Vec<u8>>,
    /// How many bytes are the program's. What comes behind was added by the layer.
    pub program_len: u32,
    /// How many pages may be added still.
    pub pages_left: Cell<u32>,
}

impl Room {
    pub fn new(program_len: u32) -> Self {
        Self {
            bytes: RefCell::new(vec![GARBAGE; program_len as usize]),
            program_len,
            pages_left: Cell::new(16),
        }
    }

    pub fn bytes(&self, at: u32, len: u32) -> Vec<u8> {
        let at = at as usize;
        self.bytes.borrow()[at..at + len as usize].to_vec()
    }

    pub fn set(&self, at: u32, bytes: &[u8]) {
        let at = at as usize;
        self.bytes.borrow_mut()[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// How many bytes the layer has added.
    pub fn added(&self) -> u32 {
        self.bytes.borrow().len() as u32 - self.program_len
    }

    /// Gives the memory of a world back that has ended.
    pub fn discard(&self) {
        self.bytes.take();
    }

    fn word<const N: usize>(&self, at: u32) -> [u8; N] {
        let at = at as usize;
        let bytes = self.bytes.borrow();
        bytes[at..at + N].try_into().expect("N bytes")
    }
}

impl Memory for Script {
    fn load8(&self, address: u32) -> u8 {
        self.memory.word::<1>(address)[0]
    }

    fn load32(&self, address: u32) -> u32 {
        u32::from_le_bytes(self.memory.word(address))
    }

    fn load64(&self, address: u32) -> u64 {
        u64::from_le_bytes(self.memory.word(address))
    }

    fn store32(&self, address: u32, value: u32) {
        self.memory.set(address, &value.to_le_bytes());
    }

    fn store64(&self, address: u32, value: u64) {
        self.memory.set(address, &value.to_le_bytes());
    }

    fn copy(&self, to: u32, from: u32, len: u32) {
        let bytes = self.memory.bytes(from, len);
        self.memory.set(to, &bytes);
    }

    fn read(&self, from: u32, bytes: &mut [u8]) {
        bytes.copy_from_slice(&self.memory.bytes(from, bytes.len() as u32));
    }

    fn write(&self, to: u32, bytes: &[u8]) {
        self.memory.set(to, bytes);
    }

    fn grow(&self, pages: u32) -> Option<u32> {
        let left = self.memory.pages_left.get().checked_sub(pages)?;
        self.memory.pages_left.set(left);
        let mut bytes = self.memory.bytes.borrow_mut();
        let at = bytes.len();
        bytes.resize(at + (pages * PAGE_SIZE) as usize, GARBAGE);
        Some(at as u32)
    }
}

impl Script {
    /// Sets the byte at an address: the host stores no more of a word than belongs to a value.
    pub fn store8(&self, address: u32, value: u8) {
        self.memory.set(address, &[value]);
    }

    /// Room for a list or a string of a result, as the canonical ABI asks for it.
    pub fn realloc(&self, align: u32, len: u32) -> u32 {
        let at = self.wasi().scratch.realloc(self, Span::EMPTY, align, len);
        let at = at.expect("room for a list of the host");
        assert_eq!(at % align, 0, "a list is aligned");
        at
    }

    /// Stores a string in room of its own, and where it is at `at`.
    pub fn store_string(&self, at: u32, string: &[u8]) {
        let to = self.realloc(1, string.len() as u32);
        self.memory.set(to, string);
        self.store32(at, to);
        self.store32(at + 4, string.len() as u32);
    }

    /// Reads a string; the host traps on what is not UTF-8.
    pub fn string(&self, at: u32, len: u32) -> String {
        String::from_utf8(self.memory.bytes(at, len)).expect("a string is UTF-8")
    }

    /// Reads a string by where its pointer and length are.
    pub fn string_at(&self, at: u32) -> String {
        self.string(self.load32(at), self.load32(at + 4))
    }
}
