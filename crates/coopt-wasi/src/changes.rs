//! Who is told when something changes.

use alloc::vec::Vec;
use core::cell::RefCell;
use core::future::poll_fn;
use core::task::{Poll, Waker};

/// Waits for a change that somebody will announce.
#[derive(Debug, Default)]
pub struct Changes(RefCell<Vec<Waker>>);

impl Changes {
    /// Nobody waits.
    pub const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// Has everybody who waits look again.
    pub fn announce(&self) {
        let waiting = self.0.take();
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Waits while `look` finds nothing.
    pub async fn until<T>(&self, mut look: impl FnMut() -> Option<T>) -> T {
        poll_fn(|context| match look() {
            Some(found) => Poll::Ready(found),
            None => {
                self.note(context.waker());
                Poll::Pending
            }
        })
        .await
    }

    /// Notes a waker, once.
    pub fn note(&self, waker: &Waker) {
        let mut waiting = self.0.borrow_mut();
        if !waiting.iter().any(|other| other.will_wake(waker)) {
            waiting.push(waker.clone());
        }
    }
}
