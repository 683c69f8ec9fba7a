//! Room in the program's memory for what the host returns: strings and lists.
//!
//! The host asks for room while a call of the runtime is under way, so the state is not in the
//! runtime's one static.

use core::cell::Cell;

use coopt_wasi::PAGE_SIZE;

use crate::program_memory;

/// The pages that are left.
struct Room {
    next: Cell<u32>,
    end: Cell<u32>,
}

// SAFETY: the module has one memory that is not shared, so one thread at a time executes in it.
unsafe impl Sync for Room {}

static ROOM: Room = Room {
    next: Cell::new(0),
    end: Cell::new(0),
};

impl Room {
    /// Room for `size` bytes; `None` when the memory cannot grow.
    fn take(&self, align: u32, size: u32) -> Option<u32> {
        loop {
            let at = self.next.get().checked_next_multiple_of(align)?;
            let end = at.checked_add(size)?;
            if end <= self.end.get() {
                self.next.set(end);
                return Some(at);
            }
            self.grow()?;
        }
    }

    /// Adds a page. Pages that are not adjacent serve one after the other.
    fn grow(&self) -> Option<()> {
        let page = program_memory::add_page()?;
        if page != self.end.get() {
            self.next.set(page);
        }
        self.end.set(page.checked_add(PAGE_SIZE)?);
        Some(())
    }
}

/// The Canonical ABI's `realloc`.
#[unsafe(no_mangle)]
pub extern "C" fn cabi_realloc(old: u32, old_size: u32, align: u32, new_size: u32) -> u32 {
    let Some(new) = ROOM.take(align.max(1), new_size) else {
        core::arch::wasm32::unreachable()
    };
    program_memory::copy(new, old, old_size.min(new_size));
    new
}
