//! The wait that a thread is in: all that goes with it.
//!
//! The handler of a signal runs in the middle of a wait, and may wait itself.
//! Meanwhile the thread is in no wait: the handler's waits must find nothing of
//! the interrupted one, and leave it as it was. So a wait is one value, which
//! is [taken](Waiting::take) before a handler and [put back](Waiting::put)
//! after.

use core::cell::Cell;
use core::ptr;

use crate::mutex::Mutex;
use crate::signal::Set;

/// How a thread that is parked takes a request to cancel it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// The thread is in no cancellation point, and goes on waiting.
    Stays,
    /// The thread is in a cancellation point, and ends its wait.
    Ends,
    /// The thread is in a cancellation point, but has something to wait for
    /// before it can act: its condition variable's mutex.
    EndsLater,
}

/// What handlers that ran in a wait say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No handler has run.
    None,
    /// All that ran want interrupted calls to go on (`SA_RESTART`).
    GoOn,
    /// A handler that ran does not want that.
    Return,
}

impl Verdict {
    /// The verdict after another handler.
    #[must_use]
    pub fn after(self, restarts: bool) -> Self {
        match self {
            Self::None | Self::GoOn if restarts => Self::GoOn,
            _ => Self::Return,
        }
    }
}

/// A wait, or none, as a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// How a request to cancel the thread is taken.
    pub request: Request,
    /// What handlers have said.
    pub verdict: Verdict,
    /// The signals that are waited for.
    pub awaited: Set,
    /// See [`Waiting::lent_to`].
    pub lent_to: *const Mutex,
}

impl Wait {
    /// No wait.
    pub const NONE: Self = Self {
        request: Request::Stays,
        verdict: Verdict::None,
        awaited: Set::EMPTY,
        lent_to: ptr::null(),
    };
}

/// What a thread's record knows of the wait it is in.
pub struct Waiting {
    /// How a request to cancel the thread is taken.
    pub request: Cell<Request>,
    /// What the handlers say that have run since the call began, or began anew.
    pub verdict: Cell<Verdict>,
    /// What the thread waits for in `sigwait` and its kin.
    pub awaited: Cell<Set>,
    /// The tracked mutex that the thread waits for, or is about to wait for.
    /// The thread lends its priority, if the protocol is to inherit. Once the
    /// mutex was handed over the thread holds it, also before it runs again.
    /// Null without a mutex.
    lent_to: Cell<*const Mutex>,
}

impl Waiting {
    /// The wait of a thread that is in none.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            request: Cell::new(Request::Stays),
            verdict: Cell::new(Verdict::None),
            awaited: Cell::new(Set::EMPTY),
            lent_to: Cell::new(ptr::null()),
        }
    }

    /// Takes the wait that the thread is in; the thread is in none afterwards.
    #[must_use]
    pub fn take(&self) -> Wait {
        Wait {
            request: self.request.replace(Request::Stays),
            verdict: self.verdict.replace(Verdict::None),
            awaited: self.awaited.replace(Set::EMPTY),
            lent_to: self.lent_to.replace(ptr::null()),
        }
    }

    /// Puts the thread back into a wait.
    pub fn put(&self, wait: Wait) {
        self.request.set(wait.request);
        self.verdict.set(wait.verdict);
        self.awaited.set(wait.awaited);
        self.lent_to.set(wait.lent_to);
    }

    /// The mutex that the thread lends its priority to.
    #[must_use]
    pub fn lent_to(&self) -> Option<&Mutex> {
        #[expect(unsafe_code, reason = "the record keeps the mutex's address")]
        // SAFETY: null, or a mutex that the thread waits for: POSIX forbids to
        // destroy it meanwhile, and `lending` ends with the wait.
        unsafe {
            self.lent_to.get().as_ref()
        }
    }

    /// Notes that the thread lends its priority to a mutex for as long as
    /// `wait` takes. (A wait that is given up in the middle is
    /// [taken](Self::take).)
    pub fn lending<R>(&self, mutex: &Mutex, wait: impl FnOnce() -> R) -> R {
        self.lent_to.set(mutex);
        // SWITCH: the owner, and others.
        let result = wait();
        self.lent_to.set(ptr::null());
        result
    }
}

impl Default for Waiting {
    fn default() -> Self {
        Self::new()
    }
}
