//! All threads that have not ended, the main thread included.

use core::cell::Cell;
use core::iter;

use coopt_sync::ThreadId;

use crate::cooperative::Cooperative;
use crate::thread::record::{self, Thread};

/// How many there are besides the main thread, and the newest of them.
struct Registry {
    count: Cell<usize>,
    newest: Cell<*const Thread>,
}

static THREADS: Cooperative<Registry> = Cooperative::new(Registry {
    count: Cell::new(0),
    newest: Cell::new(core::ptr::null()),
});

/// Whether the main thread is, or would be, the only one.
pub fn is_empty() -> bool {
    THREADS.count.get() == 0
}

/// Adds a thread that was spawned.
pub fn insert(thread: &'static Thread) {
    let next = THREADS.newest.replace(thread);
    thread.next.set(next);
    if let Some(next) = neighbour(next) {
        next.previous.set(thread);
    }
    THREADS.count.set(THREADS.count.get() + 1);
}

/// Removes a thread that ends.
pub fn remove(thread: &'static Thread) {
    debug_assert!(!is_empty(), "it was inserted");
    let (next, previous) = (thread.next.get(), thread.previous.get());
    match neighbour(previous) {
        Some(previous) => previous.next.set(next),
        None => THREADS.newest.set(next),
    }
    if let Some(next) = neighbour(next) {
        next.previous.set(previous);
    }
    THREADS.count.set(THREADS.count.get() - 1);
}

/// Every thread; the main thread first, even when it has ended. Nobody may run
/// while the iterator lives.
pub fn all() -> impl Iterator<Item = &'static Thread> {
    let newest = neighbour(THREADS.newest.get());
    let others = iter::successors(newest, |thread| neighbour(thread.next.get()));
    iter::once(record::main()).chain(others)
}

/// The thread with this id, if it has not ended.
pub fn find(id: ThreadId) -> Option<&'static Thread> {
    all().find(|thread| thread.id.get() == Some(id))
}

fn neighbour(link: *const Thread) -> Option<&'static Thread> {
    // SAFETY: links are null or lead to registered threads, whose records
    // exist until they are removed.
    unsafe { link.as_ref() }
}
