//! Blocks of threads that have ended, kept for the next ones.

use core::cell::Cell;
use core::ptr;

use crate::cooperative::Cooperative;
use crate::libc;
use crate::thread::block::Block;
use crate::thread::record::Thread;

/// How many blocks are kept, and how many bytes in all.
const BLOCKS_MAX: usize = 32;
const BYTES_MAX: usize = 8 << 20;

/// A block serves a thread that asks for no less than this part of it, so that
/// small threads do not eat up the large blocks.
const WASTE_MAX: usize = 2;

/// The kept blocks, newest first, linked through the records in them.
struct Cache {
    newest: Cell<*const Thread>,
    blocks: Cell<usize>,
    bytes: Cell<usize>,
}

static CACHE: Cooperative<Cache> = Cooperative::new(Cache {
    newest: Cell::new(ptr::null()),
    blocks: Cell::new(0),
    bytes: Cell::new(0),
});

/// A kept block of at least `size` bytes and not many more.
pub fn take(size: usize) -> Option<Block> {
    let mut link = &CACHE.newest;
    while let Some(record) = follow(link) {
        let block = record.block;
        if (size..=size.saturating_mul(WASTE_MAX)).contains(&block.size) {
            link.set(record.next.get());
            CACHE.blocks.set(CACHE.blocks.get() - 1);
            CACHE.bytes.set(CACHE.bytes.get() - block.size);
            return Some(block);
        }
        link = &record.next;
    }
    None
}

/// Keeps the block of a thread that has ended, or frees it.
pub fn put(record: &'static Thread) {
    let block = record.block;
    let bytes = CACHE.bytes.get() + block.size;
    if CACHE.blocks.get() == BLOCKS_MAX || bytes > BYTES_MAX {
        // SAFETY: `Block::allocate` allocated it, and its thread has ended, or
        // runs its last instructions, in which nothing is allocated.
        unsafe { libc::release(block.start) };
        return;
    }
    record.next.set(CACHE.newest.replace(record));
    CACHE.blocks.set(CACHE.blocks.get() + 1);
    CACHE.bytes.set(bytes);
}

fn follow(link: &Cell<*const Thread>) -> Option<&'static Thread> {
    // SAFETY: null, or a record in a kept block, which nobody else uses.
    unsafe { link.get().as_ref() }
}
