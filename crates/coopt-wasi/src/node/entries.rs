//! The entries of a directory.

use alloc::vec::Vec;
use core::cell::RefCell;

use crate::turns::Turns;

/// An entry.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: Vec<u8>,
    pub filetype: u8,
}

/// The entries of a directory, once a program has begun to read it.
#[derive(Debug)]
pub struct Entries {
    pub all: RefCell<Vec<Entry>>,
    pub turns: Turns,
}

impl Entries {
    /// The entries of a directory that nobody has asked for.
    pub const fn new() -> Self {
        Self {
            all: RefCell::new(Vec::new()),
            turns: Turns::new(),
        }
    }
}
