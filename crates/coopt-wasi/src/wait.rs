//! Waits that end by themselves.

use core::cell::Cell;
use core::future::{Future as _, poll_fn};
use core::pin::pin;
use core::task::{Context, Poll};

use crate::errno::Errno;
use crate::host::Host;
use crate::object::Patience;
use crate::turns::{Turn, Turns};
use crate::wasi::Wasi;

/// The waits of one call, which end together when the call's patience does.
pub struct Wait<H: Host> {
    wasi: &'static Wasi<H>,
    patience: Patience,
    /// Whether the host has had its turn.
    has_asked: Cell<bool>,
}

impl<H: Host> Wait<H> {
    /// The waits of a call that has begun.
    pub const fn new(wasi: &'static Wasi<H>, patience: Patience) -> Self {
        Self {
            wasi,
            patience,
            has_asked: Cell::new(false),
        }
    }

    /// How long the call waits.
    pub const fn patience(&self) -> Patience {
        self.patience
    }

    /// Waits until `look` finds something; `AGAIN` when that takes too long, `INTR` when the
    /// thread is interrupted.
    pub async fn until<T>(
        &self,
        mut look: impl FnMut(&mut Context<'_>) -> Poll<Result<T, Errno>>,
    ) -> Result<T, Errno> {
        poll_fn(|context| match look(context) {
            Poll::Pending if self.is_interrupted() => Poll::Ready(Err(Errno::INTR)),
            Poll::Pending if self.is_over() => Poll::Ready(Err(Errno::AGAIN)),
            polled => polled,
        })
        .await
    }

    /// Waits for the call's turn.
    pub async fn turn<'t>(&self, turns: &'t Turns) -> Result<Turn<'t>, Errno> {
        let mut turn = pin!(turns.take());
        self.until(|context| turn.as_mut().poll(context).map(Ok))
            .await
    }

    /// Whether the call ends since its thread was interrupted. One that does not wait is not.
    fn is_interrupted(&self) -> bool {
        self.wasi.interrupted.get() && self.patience != Patience::AtOnce
    }

    /// Whether the call waits no longer.
    fn is_over(&self) -> bool {
        match self.patience {
            Patience::Forever => false,
            Patience::AtOnce => self.has_asked.replace(true) || self.wasi.interrupted.get(),
            Patience::Until(deadline) => deadline <= self.wasi.host.monotonic_now(),
        }
    }
}
