//! A part of the scratch room, while it is in use.

use crate::memory::Span;
use crate::scratch::Scratch;

/// A part of the scratch room. It is given back when it is dropped, so it lives until the host has
/// stored or read what belongs there.
#[derive(Debug)]
pub struct Area<'s> {
    scratch: &'s Scratch,
    span: Span,
}

impl<'s> Area<'s> {
    /// Owns `span` of `scratch`.
    pub const fn new(scratch: &'s Scratch, span: Span) -> Self {
        Self { scratch, span }
    }

    /// Where it begins: a multiple of eight.
    pub const fn address(&self) -> u32 {
        self.span.address
    }
}

impl Drop for Area<'_> {
    fn drop(&mut self) {
        self.scratch.give(self.span);
    }
}
