//! Blocks of threads that have ended, kept for the next ones.

use core::cell::Cell;

use coopt_threads::list::List;

use crate::cooperative::Cooperative;
use crate::libc;
use crate::record::{Block, Thread};

/// How many blocks are kept, and how many bytes in all.
const BLOCKS_MAX: usize = 32;
const BYTES_MAX: usize = 8 << 20;

/// A block serves a thread that asks for at least 1 / `WASTE_MAX` of its size,
/// so that small threads do not use up the large blocks.
const WASTE_MAX: usize = 2;

/// The kept blocks, as a list of the records in them.
struct Cache {
    records: List<Thread>,
    blocks: Cell<usize>,
    bytes: Cell<usize>,
}

static CACHE: Cooperative<Cache> = Cooperative::new(Cache {
    records: List::new(),
    blocks: Cell::new(0),
    bytes: Cell::new(0),
});

/// A kept block of at least `size` bytes and not many more.
pub fn take(size: usize) -> Option<Block> {
    let enough = size..=size.saturating_mul(WASTE_MAX);
    let record = CACHE
        .records
        .iter()
        .find(|record| enough.contains(&record.own.block.size))?;
    let block = record.own.block;
    CACHE.records.remove(record);
    CACHE.blocks.set(CACHE.blocks.get() - 1);
    CACHE.bytes.set(CACHE.bytes.get() - block.size);
    Some(block)
}

/// Frees the record and the block of a thread that has ended, or ends with this
/// call. Its stack stays as it is until another thread runs.
pub fn free(thread: &Thread) {
    if thread.own.block.start.is_null() {
        // The main thread has no block, and its record outlives it: handlers of
        // `atexit` still run in its name.
        return;
    }
    thread.unmark();
    put(thread);
}

/// Keeps the block of a thread that has ended, or frees it.
fn put(record: &Thread) {
    let block = record.own.block;
    let bytes = CACHE.bytes.get() + block.size;
    if CACHE.blocks.get() == BLOCKS_MAX || bytes > BYTES_MAX {
        // SAFETY: `block::build` allocated it, and its thread has ended, or
        // runs its last instructions, in which nothing is allocated.
        unsafe { libc::release(block.start) };
        return;
    }
    // SAFETY: the record lies in the block, which is kept until `take` takes it
    // out.
    unsafe { CACHE.records.insert(record) };
    CACHE.blocks.set(CACHE.blocks.get() + 1);
    CACHE.bytes.set(bytes);
}
