//! A function of the host that goes on while nobody waits for it.

use core::cell::Cell;
use core::task::{Context, Poll};

use crate::answer::Shape;
use crate::area::Area;
use crate::changes::Changes;
use crate::errno::Errno;
use crate::host::Host;
use crate::progress::Started;
use crate::wasi::Wasi;

/// A function of the host that goes on while nobody waits for it. Dropped, it is cancelled: so the
/// host stores nothing in room that has been given back.
pub struct Operation<H: Host> {
    wasi: &'static Wasi<H>,
    subtask: Cell<Option<u32>>,
    /// The record of its parameters.
    _params: Option<Area<'static>>,
    result: Area<'static>,
    shape: Shape,
    /// Whether somebody knows the result, and has what belongs to it.
    is_told: Cell<bool>,
    cancelling: Changes,
}

impl<H: Host> Operation<H> {
    /// Begins a function: `start` is given where the result goes.
    pub fn begin(
        wasi: &'static Wasi<H>,
        shape: Shape,
        params: Option<Area<'static>>,
        start: impl FnOnce(&H, u32) -> u32,
    ) -> Result<Self, Errno> {
        let result = wasi.area(shape.size())?;
        let status = start(&wasi.host, result.address());
        let subtask = match Started::from_bits(status) {
            Started::Returned => None,
            Started::Subtask(subtask) => {
                wasi.expect(subtask);
                Some(subtask)
            }
        };
        Ok(Self {
            wasi,
            subtask: Cell::new(subtask),
            _params: params,
            result,
            shape,
            is_told: Cell::new(false),
            cancelling: Changes::new(),
        })
    }

    /// Waits for its end; where its result is, when that is no error. Several may wait.
    pub fn poll(&self, context: &Context<'_>) -> Poll<Result<u32, Errno>> {
        while let Some(subtask) = self.subtask.get() {
            let Poll::Ready(state) = self.wasi.events.poll(subtask, context) else {
                self.cancelling.note(context.waker());
                return Poll::Pending;
            };
            if state == Started::RETURNED {
                self.subtask.set(None);
                self.wasi.host.subtask_drop(subtask);
            } else {
                // It says when it begins, too.
                self.wasi.events.expect(subtask);
            }
        }
        self.is_told.set(true);
        let at = self.result.address();
        let checked = self.wasi.check(at, self.shape);
        Poll::Ready(checked.map(|()| self.shape.payload_at(at)))
    }

    /// Gives back what belongs to a result that nobody knows.
    fn discard_result(&self) {
        let (wasi, at) = (self.wasi, self.result.address());
        if wasi.check(at, self.shape).is_ok() && self.shape == Shape::DATAGRAM {
            wasi.scratch.give(wasi.list_at(self.shape.payload_at(at)));
        }
    }
}

impl<H: Host> Drop for Operation<H> {
    fn drop(&mut self) {
        let has_returned = match self.subtask.take() {
            Some(subtask) => self.wasi.end_subtask(subtask) == Started::RETURNED,
            None => true,
        };
        if has_returned && !self.is_told.get() {
            self.discard_result();
        }
        self.cancelling.announce();
    }
}

impl<H: Host> Wasi<H> {
    /// Cancels a subtask, unless it has returned; its state then.
    fn end_subtask(&self, subtask: u32) -> u32 {
        self.host.unwatch(subtask);
        let mut state = self.events.take(subtask);
        if state != Some(Started::RETURNED) {
            state = Some(self.host.subtask_cancel(subtask));
            self.events.forget(subtask);
        }
        self.host.subtask_drop(subtask);
        state.unwrap_or_default()
    }
}
