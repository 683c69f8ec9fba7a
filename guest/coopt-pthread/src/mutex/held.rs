//! The mutexes a thread has to know that it holds.
//!
//! A robust mutex is released when its owner ends, and a mutex with a protocol
//! changes its owner's priority. So each thread has a list of those it holds,
//! linked through the mutexes: to take one needs no memory, and to take it off
//! no search.
//!
//! Invariant: a tracked mutex is in the list of the thread that its word
//! names, except while that thread has yet to run since it was handed over;
//! then it is the one that the thread still counts as waiting for (`priority`).

use core::cell::Cell;
use core::ptr;

use super::PthreadMutex;

/// The list, newest first.
pub struct Held(Cell<*const PthreadMutex>);

/// The neighbours of a mutex in the list of its owner; null at the ends, and
/// in a mutex that nobody holds.
#[repr(C)]
pub struct Links {
    next: Cell<*const PthreadMutex>,
    previous: Cell<*const PthreadMutex>,
}

impl Links {
    pub const fn new() -> Self {
        Self {
            next: Cell::new(ptr::null()),
            previous: Cell::new(ptr::null()),
        }
    }
}

impl Held {
    pub const fn new() -> Self {
        Self(Cell::new(ptr::null()))
    }

    /// Adds a mutex that its thread has taken.
    pub fn insert(&self, mutex: &PthreadMutex) {
        let next = self.0.replace(mutex);
        mutex.links.next.set(next);
        mutex.links.previous.set(ptr::null());
        if let Some(next) = follow(next) {
            next.links.previous.set(mutex);
        }
    }

    /// Removes a mutex that its thread is about to release.
    pub fn remove(&self, mutex: &PthreadMutex) {
        let next = mutex.links.next.replace(ptr::null());
        let previous = mutex.links.previous.replace(ptr::null());
        match follow(previous) {
            Some(previous) => previous.links.next.set(next),
            None => {
                debug_assert!(ptr::eq(self.0.get(), mutex), "it was inserted");
                self.0.set(next);
            }
        }
        if let Some(next) = follow(next) {
            next.links.previous.set(previous);
        }
    }

    /// Removes the newest.
    pub fn pop(&self) -> Option<&PthreadMutex> {
        let newest = follow(self.0.get())?;
        self.remove(newest);
        Some(newest)
    }

    /// All of them. The list must not change meanwhile.
    pub fn iter(&self) -> impl Iterator<Item = &PthreadMutex> {
        core::iter::successors(follow(self.0.get()), |mutex| follow(mutex.links.next.get()))
    }
}

fn follow<'a>(link: *const PthreadMutex) -> Option<&'a PthreadMutex> {
    // SAFETY: null, or a mutex that is held: POSIX forbids to destroy it.
    unsafe { link.as_ref() }
}
