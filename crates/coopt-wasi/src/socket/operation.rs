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
        let at = self.result.address();
        let checked = self.wasi.check(at, self.shape);
        Poll::Ready(checked.map(|()| self.shape.payload_at(at)))
    }
}

impl<H: Host> Drop for Operation<H> {
    fn drop(&mut self) {
        if let Some(subtask) = self.subtask.take() {
            let Wasi { host, events, .. } = self.wasi;
            host.unwatch(subtask);
            if events.take(subtask) != Some(Started::RETURNED) {
                host.subtask_cancel(subtask);
                events.forget(subtask);
            }
            host.subtask_drop(subtask);
            self.cancelling.announce();
        }
    }
}
