//! Room of our own in the program's memory, for what the host reads and stores.

use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use crate::memory::{Memory, PAGE_SIZE, Span};

/// Every part begins and ends at a multiple of this.
const ALIGN: u32 = 8;

/// Room of our own in the program's memory. Its pages are asked for when first needed.
///
/// It also serves the host, which asks for room for the lists and strings of a result (Component
/// Model, Canonical ABI, `realloc`).
#[derive(Debug, Default)]
pub struct Scratch {
    /// The free parts, by their addresses. No two touch.
    free: RefCell<Vec<Span>>,
    /// Where the next list of the host goes.
    aim: Cell<Span>,
}

impl Scratch {
    /// No room yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            free: RefCell::new(Vec::new()),
            aim: Cell::new(Span::EMPTY),
        }
    }

    /// Room for `len` bytes, at a multiple of eight; `None` when the memory cannot grow.
    pub(crate) fn take<M: Memory>(&self, memory: &M, len: u32) -> Option<Span> {
        let len = len.checked_next_multiple_of(ALIGN)?;
        if let Some(span) = self.take_free(len) {
            return Some(span);
        }
        let pages = len.div_ceil(PAGE_SIZE);
        let address = memory.grow(pages)?;
        self.give(Span::new(address, pages * PAGE_SIZE));
        self.take_free(len)
    }

    fn take_free(&self, len: u32) -> Option<Span> {
        let mut free = self.free.borrow_mut();
        let index = free.iter().position(|part| part.len >= len)?;
        let part = free[index];
        let rest = part.after(len);
        if rest.len == 0 {
            free.remove(index);
        } else {
            free[index] = rest;
        }
        Some(part.first(len))
    }

    /// Gives room back: all that was taken by one call.
    pub(crate) fn give(&self, span: Span) {
        let Some(len) = span
            .len
            .checked_next_multiple_of(ALIGN)
            .filter(|len| *len > 0)
        else {
            return;
        };
        let mut free = self.free.borrow_mut();
        let index = free.partition_point(|part| part.address < span.address);
        let mut whole = Span::new(span.address, len);
        let touches = |one: &Span, other: &Span| one.address + one.len == other.address;
        if free.get(index).is_some_and(|next| touches(&whole, next)) {
            whole.len += free.remove(index).len;
        }
        match index.checked_sub(1).map(|before| &mut free[before]) {
            Some(before) if touches(before, &whole) => before.len += whole.len,
            _ => free.insert(index, whole),
        }
    }

    /// Has the host's next list go to `span`, if it is not longer.
    pub(crate) fn aim(&self, span: Span) {
        self.aim.set(span);
    }

    /// What the host calls `realloc`; `None` when the memory cannot grow.
    pub fn realloc<M: Memory>(
        &self,
        memory: &M,
        before: Span,
        align: u32,
        len: u32,
    ) -> Option<u32> {
        debug_assert!(align <= ALIGN);
        if len == 0 {
            self.give(before);
            return Some(align);
        }
        let aim = self.aim.take();
        if before.len == 0 && len <= aim.len {
            return Some(aim.address);
        }
        let now = self.take(memory, len)?;
        memory.copy(now.address, before.address, before.len.min(len));
        self.give(before);
        Some(now.address)
    }
}
