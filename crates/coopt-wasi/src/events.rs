//! The ends of operations that the host carries out.

use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::mem;
use core::task::{Context, Poll};

use crate::changes::Changes;

/// What is known of a waitable.
#[derive(Debug, Default)]
enum Operation {
    /// No operation is under way.
    #[default]
    None,
    /// An operation is under way; who is told of its end.
    UnderWay(Changes),
    /// The event of the end has come, with this payload.
    Ended(u32),
}

/// The operations that the host carries out. A waitable has one at a time.
///
/// Handles of waitables are places in a table that the host fills from below (Component Model,
/// Canonical ABI, "Table State"), so they are places here, too.
#[derive(Debug, Default)]
pub struct Events {
    operations: RefCell<Vec<Operation>>,
    under_way: Cell<u32>,
}

impl Events {
    /// No operation has begun.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            operations: RefCell::new(Vec::new()),
            under_way: Cell::new(0),
        }
    }

    /// Notes an operation whose end comes as an event.
    pub(crate) fn expect(&self, waitable: u32) {
        let mut operations = self.operations.borrow_mut();
        let place = waitable as usize;
        if operations.len() <= place {
            operations.resize_with(place + 1, Operation::default);
        }
        debug_assert!(matches!(operations[place], Operation::None));
        operations[place] = Operation::UnderWay(Changes::new());
        self.under_way.set(self.under_way.get() + 1);
    }

    /// Takes the payload of an operation that has ended; `None` while it is under way.
    pub(crate) fn take(&self, waitable: u32) -> Option<u32> {
        let mut operations = self.operations.borrow_mut();
        let operation = operations.get_mut(waitable as usize)?;
        match operation {
            Operation::Ended(payload) => {
                let payload = *payload;
                *operation = Operation::None;
                Some(payload)
            }
            Operation::None | Operation::UnderWay(_) => None,
        }
    }

    /// Takes the payload of an operation that has ended, or has the context told when it ends.
    pub(crate) fn poll(&self, waitable: u32, context: &Context<'_>) -> Poll<u32> {
        if let Some(payload) = self.take(waitable) {
            return Poll::Ready(payload);
        }
        let operations = self.operations.borrow();
        match operations.get(waitable as usize) {
            Some(Operation::UnderWay(end)) => end.note(context.waker()),
            Some(Operation::None | Operation::Ended(_)) | None => {
                debug_assert!(false, "waits for an operation that has not begun");
            }
        }
        Poll::Pending
    }

    /// Waits for the end of an operation, for which nobody else waits; its payload.
    pub(crate) async fn end(&self, waitable: u32) -> u32 {
        poll_fn(|context| self.poll(waitable, context)).await
    }

    /// An operation has been cancelled: no event comes. Who waits for it looks again.
    pub(crate) fn forget(&self, waitable: u32) {
        let mut operations = self.operations.borrow_mut();
        let operation = operations.get_mut(waitable as usize).map(mem::take);
        drop(operations);
        if let Some(Operation::UnderWay(end)) = operation {
            self.under_way.set(self.under_way.get() - 1);
            end.announce();
        }
    }

    /// Takes an event of the host; whether it ends one of these operations.
    pub fn deliver(&self, waitable: u32, payload: u32) -> bool {
        let mut operations = self.operations.borrow_mut();
        let Some(operation) = operations.get_mut(waitable as usize) else {
            return false;
        };
        if !matches!(operation, Operation::UnderWay(_)) {
            return false;
        }
        let before = mem::replace(operation, Operation::Ended(payload));
        drop(operations);
        self.under_way.set(self.under_way.get() - 1);
        if let Operation::UnderWay(end) = before {
            end.announce();
        }
        true
    }

    /// How many operations are under way.
    #[must_use]
    pub fn under_way(&self) -> u32 {
        self.under_way.get()
    }
}
