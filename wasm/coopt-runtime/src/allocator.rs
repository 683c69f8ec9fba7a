//! The runtime's own memory.
//!
//! The runtime has few blocks, which live long (tables that double) or come and go all the time (the
//! futures of calls). So a block is a power of two, and one that is given back waits for the next of
//! its size: a few instructions either way, and a tenth of the code of a general allocator, which
//! every component would carry.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::{ptr, slice};

/// The least size of a block, and how every block is aligned.
const BLOCK_MIN: usize = 16;
const PAGE_SIZE: usize = 65_536;
/// Sizes from [`BLOCK_MIN`] to half the address space.
const CLASSES: usize = 28;

/// A block that waits. Its first word leads to the next of its size.
type Free = Cell<*mut u8>;

pub struct Allocator {
    free: [Free; CLASSES],
    /// Where memory begins that no block has had.
    next: Cell<usize>,
    /// Where the memory ends.
    end: Cell<usize>,
}

// SAFETY: the module has one memory that is not shared, so one thread at a time executes in it.
unsafe impl Sync for Allocator {}

impl Allocator {
    /// An allocator without memory.
    pub const fn new() -> Self {
        Self {
            free: [const { Cell::new(ptr::null_mut()) }; CLASSES],
            next: Cell::new(0),
            end: Cell::new(0),
        }
    }

    /// A block of `size` bytes that no one has had; null when the memory cannot grow.
    #[cold]
    fn fresh(&self, size: usize) -> *mut u8 {
        if self.end.get() - self.next.get() < size && !self.grow(size) {
            return ptr::null_mut();
        }
        let block = self.next.get();
        self.next.set(block + size);
        ptr::with_exposed_provenance_mut(block)
    }

    /// Adds memory for a block of `size` bytes. What is left of the last pages is lost unless the new
    /// ones follow them, which they do: nobody else grows this memory.
    fn grow(&self, size: usize) -> bool {
        let left = self.end.get() - self.next.get();
        let pages = (size - left).div_ceil(PAGE_SIZE);
        let before = core::arch::wasm32::memory_grow(0, pages);
        if before == usize::MAX {
            return false;
        }
        let begin = before * PAGE_SIZE;
        if begin != self.end.get() {
            self.next.set(begin);
        }
        self.end.set(begin + pages * PAGE_SIZE);
        self.end.get() - self.next.get() >= size
    }
}

/// The size of a block for `layout`.
fn size(layout: Layout) -> usize {
    layout.size().max(BLOCK_MIN).next_power_of_two()
}

fn class(size: usize) -> usize {
    (size / BLOCK_MIN).trailing_zeros() as usize
}

// The methods are not inlined: they are called at many places, few of which are hot.
//
// SAFETY: a block is handed out once until it is given back, has the size and the alignment that are
// asked for, and stays where it is.
unsafe impl GlobalAlloc for Allocator {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let size = size(layout);
        if layout.align() > BLOCK_MIN || class(size) >= CLASSES {
            return ptr::null_mut();
        }
        let free = &self.free[class(size)];
        let block = free.get();
        if block.is_null() {
            return self.fresh(size);
        }
        // SAFETY: a block that waits has the next of its size in its first word.
        free.set(unsafe { block.cast::<*mut u8>().read() });
        block
    }

    #[inline(never)]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let free = &self.free[class(size(layout))];
        // SAFETY: the block is nobody's any more, and has room for a word.
        unsafe { block.cast::<*mut u8>().write(free.get()) };
        free.set(block);
    }

    #[inline(never)]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the size makes a layout.
        let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        if size(layout) == size(new_layout) {
            return block;
        }
        // SAFETY: the caller's promises are those of `alloc`.
        let new = unsafe { self.alloc(new_layout) };
        if !new.is_null() {
            let len = layout.size().min(new_size);
            // SAFETY: the old block has `len` bytes.
            let from = unsafe { slice::from_raw_parts(block, len) };
            // SAFETY: the new block has `len` bytes, and is another block.
            let to = unsafe { slice::from_raw_parts_mut(new, len) };
            to.copy_from_slice(from);
            // SAFETY: the caller gives the old block back.
            unsafe { self.dealloc(block, layout) };
        }
        new
    }
}
