//! Turns at something that one call uses at a time.

use alloc::collections::VecDeque;
use core::cell::{Cell, RefCell};
use core::task::{Context, Poll};

use crate::changes::Changes;

/// Gives turns in the order in which they were asked for.
#[derive(Debug, Default)]
pub struct Turns {
    /// The number that the next call draws.
    next: Cell<u64>,
    /// The numbers drawn and not yet given back. The first has the turn.
    queue: RefCell<VecDeque<u64>>,
    changes: Changes,
}

/// A place in the queue, and then the turn. Dropped, it lets the next call have its turn.
#[derive(Debug)]
pub struct Turn<'t> {
    turns: &'t Turns,
    number: u64,
}

impl Turns {
    /// Nobody has the turn.
    pub const fn new() -> Self {
        Self {
            next: Cell::new(0),
            queue: RefCell::new(VecDeque::new()),
            changes: Changes::new(),
        }
    }

    /// Waits for the turn of the caller.
    pub async fn take(&self) -> Turn<'_> {
        let number = self.next.get();
        self.next.set(number + 1);
        self.queue.borrow_mut().push_back(number);
        let turn = Turn {
            turns: self,
            number,
        };
        let is_first = || self.queue.borrow().front() == Some(&number);
        self.changes.until(|| is_first().then_some(())).await;
        turn
    }
}

impl Turns {
    /// Whether nobody has or awaits the turn.
    pub fn is_free(&self) -> bool {
        self.queue.borrow().is_empty()
    }

    /// Waits until nobody has or awaits the turn.
    pub fn poll_free(&self, context: &Context<'_>) -> Poll<()> {
        if self.is_free() {
            return Poll::Ready(());
        }
        self.changes.note(context.waker());
        Poll::Pending
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut queue = self.turns.queue.borrow_mut();
        queue.retain(|number| *number != self.number);
        drop(queue);
        self.turns.changes.announce();
    }
}
