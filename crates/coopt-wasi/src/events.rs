//! The ends of operations that the host carries out.

use alloc::vec::Vec;
use core::cell::RefCell;
use core::future::poll_fn;
use core::task::{Poll, Waker};

use crate::changes::Changes;

/// An operation that has begun.
#[derive(Debug)]
struct Operation {
    /// The waitable that the event names.
    waitable: u32,
    /// The payload of the event, once it has come.
    payload: Option<u32>,
    /// Who is told of the event.
    end: Changes,
}

/// The operations that the host carries out. A waitable has one at a time.
#[derive(Debug, Default)]
pub struct Events(RefCell<Vec<Operation>>);

impl Events {
    /// No operation has begun.
    #[must_use]
    pub const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// Notes an operation whose end comes as an event.
    pub(crate) fn expect(&self, waitable: u32) {
        let mut operations = self.0.borrow_mut();
        debug_assert!(operations.iter().all(|other| other.waitable != waitable));
        operations.push(Operation {
            waitable,
            payload: None,
            end: Changes::new(),
        });
    }

    /// Takes the payload of an operation that has ended; `None` while it is under way.
    pub(crate) fn take(&self, waitable: u32) -> Option<u32> {
        let mut operations = self.0.borrow_mut();
        let index = operations.iter().position(|o| o.waitable == waitable)?;
        let payload = operations[index].payload?;
        operations.swap_remove(index);
        Some(payload)
    }

    /// Waits until the operation that is under way has ended. The caller looks again whether that
    /// is so: another may have begun meanwhile.
    pub(crate) async fn end(&self, waitable: u32) {
        let mut has_waited = false;
        poll_fn(|context| {
            if has_waited || !self.note(waitable, context.waker()) {
                return Poll::Ready(());
            }
            has_waited = true;
            Poll::Pending
        })
        .await;
    }

    /// Has `waker` told of the end of an operation; whether it is under way.
    fn note(&self, waitable: u32, waker: &Waker) -> bool {
        let mut operations = self.0.borrow_mut();
        let mut of_waitable = operations.iter_mut().filter(|o| o.waitable == waitable);
        let Some(operation) = of_waitable.find(|o| o.payload.is_none()) else {
            return false;
        };
        operation.end.note(waker);
        true
    }

    /// Takes an event of the host; whether it ends one of these operations.
    pub fn deliver(&self, waitable: u32, payload: u32) -> bool {
        let mut operations = self.0.borrow_mut();
        let mut of_waitable = operations.iter_mut().filter(|o| o.waitable == waitable);
        let Some(operation) = of_waitable.find(|o| o.payload.is_none()) else {
            return false;
        };
        operation.payload = Some(payload);
        let end = core::mem::take(&mut operation.end);
        drop(operations);
        end.announce();
        true
    }

    /// How many operations are under way.
    #[must_use]
    pub fn under_way(&self) -> usize {
        let operations = self.0.borrow();
        operations.iter().filter(|o| o.payload.is_none()).count()
    }
}
