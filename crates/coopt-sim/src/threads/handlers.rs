//! Actions on signals.

use std::rc::Rc;

use coopt_threads::signal::{self, Disposition, Set, Signal, default_disposition};

use super::Threads;

/// What a handler does.
pub type Handler = Rc<dyn Fn(&Threads, Signal)>;

/// What happens on a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Default,
    Ignore,
    /// The handler with this number runs.
    Handle(usize),
}

/// The action on a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    what: What,
    restarts: bool,
    is_once: bool,
    mask: Set,
}

impl Action {
    /// The signal is ignored.
    pub const IGNORE: Self = Self {
        what: What::Ignore,
        ..<Self as signal::Action>::DEFAULT
    };

    pub(super) const fn handle(handler: usize) -> Self {
        Self {
            what: What::Handle(handler),
            ..<Self as signal::Action>::DEFAULT
        }
    }

    /// The same action, after whose handler interrupted calls go on or not.
    #[must_use]
    pub const fn restarting(self, restarts: bool) -> Self {
        Self { restarts, ..self }
    }

    /// The same action, whose handler serves once.
    #[must_use]
    pub const fn once(self) -> Self {
        Self {
            is_once: true,
            ..self
        }
    }

    /// The same action, whose handler blocks these signals, too.
    #[must_use]
    pub const fn blocking(self, mask: Set) -> Self {
        Self { mask, ..self }
    }

    pub(super) fn handler(self) -> usize {
        match self.what {
            What::Handle(handler) => handler,
            what => panic!("{what:?} has no handler"),
        }
    }
}

impl signal::Action for Action {
    const DEFAULT: Self = Self {
        what: What::Default,
        restarts: false,
        is_once: false,
        mask: Set::EMPTY,
    };

    fn disposition(&self, signal: Signal) -> Disposition {
        match self.what {
            What::Default => default_disposition(signal),
            What::Ignore => Disposition::Ignore,
            What::Handle(_) => Disposition::Handle,
        }
    }

    fn blocks(&self, signal: Signal) -> Set {
        self.mask.or(Set::of(signal))
    }

    fn restarts(&self) -> bool {
        self.restarts
    }

    fn is_once(&self) -> bool {
        self.is_once
    }
}
