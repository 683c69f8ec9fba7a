//! All threads that have not ended, the main thread included.

use core::cell::Cell;

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

/// The thread with this id, if it has not ended.
pub fn find(id: ThreadId) -> Option<&'static Thread> {
    let mut thread = Some(record::main());
    let mut next = neighbour(THREADS.newest.get());
    while let Some(found) = thread {
        if found.id.get() == Some(id) {
            return Some(found);
        }
        thread = next;
        next = next.and_then(|thread| neighbour(thread.next.get()));
    }
    None
}

/// Calls `visit`, which does not switch, for each thread.
pub fn for_each(visit: impl Fn(&Thread)) {
    visit(record::main());
    let mut next = neighbour(THREADS.newest.get());
    while let Some(thread) = next {
        visit(thread);
        next = neighbour(thread.next.get());
    }
}

fn neighbour(link: *const Thread) -> Option<&'static Thread> {
    // SAFETY: links are null or lead to registered threads, whose records
    // exist until they are removed.
    unsafe { link.as_ref() }
}
