//! The strings that a program is started with: its arguments, its environment.

use alloc::vec::Vec;
use core::cell::RefCell;

/// Strings as C has them, one behind the other.
#[derive(Debug, Default)]
pub struct Strings {
    /// The strings, a zero behind each.
    pub bytes: Vec<u8>,
    /// Where each begins.
    pub starts: Vec<u32>,
}

/// Strings that the host was asked for once.
#[derive(Debug, Default)]
pub struct Cached(pub RefCell<Option<Strings>>);

impl Cached {
    /// The host has not been asked.
    pub const fn new() -> Self {
        Self(RefCell::new(None))
    }
}
