//! What a thread's record knows of its cancellation.

use core::cell::Cell;

/// Whether a thread may be cancelled: `PTHREAD_CANCEL_ENABLE`, `_DISABLE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The thread acts on requests.
    Enabled,
    /// Requests wait.
    Disabled,
}

/// When a thread acts: `PTHREAD_CANCEL_DEFERRED`, `_ASYNCHRONOUS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// At cancellation points.
    Deferred,
    /// Wherever it can learn of a request.
    Asynchronous,
}

/// State, type and request.
///
/// A request stays with its target until the target acts on it: at a
/// *cancellation point*, with cancellation enabled.
pub struct Cancellation {
    /// Whether the thread acts on requests.
    pub state: Cell<State>,
    /// When the thread acts on requests.
    pub kind: Cell<Type>,
    requested: Cell<bool>,
    /// The thread is ending, by a request or by itself. It acts on no request
    /// any more, whatever state its handlers and destructors set.
    ending: Cell<bool>,
}

impl Cancellation {
    /// The cancellation of a new thread.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            state: Cell::new(State::Enabled),
            kind: Cell::new(Type::Deferred),
            requested: Cell::new(false),
            ending: Cell::new(false),
        }
    }

    /// Notes a request; whether it is the first.
    pub fn request(&self) -> bool {
        !self.requested.replace(true)
    }

    /// Makes the thread deaf to requests for good: it is ending.
    pub fn end(&self) {
        self.state.set(State::Disabled);
        self.ending.set(true);
    }

    /// Whether there is a request that the thread has to act on at a point.
    #[inline]
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.requested.get() && self.state.get() == State::Enabled && !self.ending.get()
    }

    /// Whether the thread acts wherever it can learn of a request.
    #[inline]
    #[must_use]
    pub fn is_asynchronous(&self) -> bool {
        self.kind.get() == Type::Asynchronous
    }
}

impl Default for Cancellation {
    fn default() -> Self {
        Self::new()
    }
}
