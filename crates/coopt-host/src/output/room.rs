//! Waiting until a pipe or a socket has room.
//!
//! A helper thread waits, and wakes the streams that wait with it. The helper
//! touches no bytes. There is at most one for each output, so a program that
//! waits and gives up in a loop does not fill the process with threads; a helper
//! whose streams are gone waits on, and serves the next.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;

/// The streams that wait for room in one output.
#[derive(Default)]
pub(super) struct Room {
    waiting: Mutex<Waiting>,
    next: AtomicU64,
}

#[derive(Default)]
struct Waiting {
    /// Whether a helper will call [`Room::appeared`].
    helper: bool,
    wakers: BTreeMap<Waiter, Waker>,
}

/// A stream that may wait.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Waiter(u64);

impl Room {
    /// A name for a stream, which no other has.
    pub fn waiter(&self) -> Waiter {
        Waiter(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Has `waker` woken when there is room. `help` runs on another thread,
    /// unless one does already: it waits for room and calls [`Room::appeared`].
    ///
    /// Room that appears after the caller found none and before this call is not
    /// missed: a helper that has seen it either wakes `waker` as well or is over,
    /// and a new one sees it at once.
    pub fn wait(&self, waiter: Waiter, waker: &Waker, help: impl FnOnce() + Send + 'static) {
        let mut waiting = self.lock();
        waiting.wakers.insert(waiter, waker.clone());
        if !waiting.helper {
            waiting.helper = true;
            tokio::task::spawn_blocking(help);
        }
    }

    /// Wakes all that wait.
    pub fn appeared(&self) {
        let wakers = {
            let mut waiting = self.lock();
            waiting.helper = false;
            std::mem::take(&mut waiting.wakers)
        };
        // Wakers run code that is not ours, so the lock is released first.
        wakers.into_values().for_each(Waker::wake);
    }

    /// Forgets that `waiter` waits.
    pub fn give_up(&self, waiter: Waiter) {
        let given_up = self.lock().wakers.remove(&waiter);
        // The same holds for the code that drops a waker.
        drop(given_up);
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // Code that holds the lock does not panic with the list half changed.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub fn is_waited_for(&self) -> bool {
        !self.lock().wakers.is_empty()
    }
}
