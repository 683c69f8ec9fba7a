//! What a thread, and the process, know of signals.

use core::cell::Cell;

use coopt_sync::Word;

use crate::signal::number::{Set, Signal};

/// The signals that wait for a thread, or for the process.
pub struct Pending(Cell<Set>);

impl Pending {
    /// No pending signals.
    #[must_use]
    pub const fn new() -> Self {
        Self(Cell::new(Set::EMPTY))
    }

    /// All pending signals.
    #[inline]
    #[must_use]
    pub fn get(&self) -> Set {
        self.0.get()
    }

    /// Adds signals. A signal that is pending already stays pending once.
    pub fn add(&self, signals: Set) {
        self.0.set(self.0.get().or(signals));
    }

    /// Takes the first of `wanted`.
    pub fn take(&self, wanted: Set) -> Option<Signal> {
        let signal = self.0.get().and(wanted).first()?;
        self.discard(Set::of(signal));
        Some(signal)
    }

    /// Forgets signals.
    pub fn discard(&self, signals: Set) {
        self.0.set(self.0.get().without(signals));
    }
}

impl Default for Pending {
    fn default() -> Self {
        Self::new()
    }
}

/// What a thread's record knows of its signals.
pub struct Signals {
    pending: Pending,
    mask: Cell<Set>,
    /// The word, never changed, that the thread parks on in `sigwait` and its
    /// kin.
    pub arrival: Word,
}

impl Signals {
    /// The signals of a thread that was sent none, and blocks none.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            pending: Pending::new(),
            mask: Cell::new(Set::EMPTY),
            arrival: Word::new(0),
        }
    }

    /// Makes these the signals of a new thread: it blocks what its creator
    /// blocks, and none are pending (POSIX XSH `pthread_create`).
    pub fn inherit(&self, creator: &Self) {
        self.mask.set(creator.mask.get());
    }

    /// The signals that the thread blocks.
    #[must_use]
    pub fn mask(&self) -> Set {
        self.mask.get()
    }

    /// Blocks exactly these signals from now on, but for those that cannot be
    /// blocked. The caller has to act on pending signals that this unblocks.
    ///
    /// Signals that the process has `kept` go to the first thread that unblocks
    /// them (S2).
    pub fn set_mask(&self, mask: Set, kept: &Pending) {
        let mask = mask
            .without(Set::of(Signal::KILL))
            .without(Set::of(Signal::STOP));
        self.mask.set(mask);
        let taken = kept.get().without(mask);
        self.pending.add(taken);
        kept.discard(taken);
    }

    /// Whether the thread has a signal to act on.
    #[inline]
    #[must_use]
    pub fn is_due(&self) -> bool {
        // As a rule nothing is pending, and that is one load.
        let pending = self.pending.get();
        !pending.is_empty() && !pending.without(self.mask.get()).is_empty()
    }

    /// Takes a signal that the thread has to act on.
    pub fn take_due(&self) -> Option<Signal> {
        self.pending.take(Set::FULL.without(self.mask.get()))
    }

    /// Takes one of these signals, whether blocked or not, that is pending for
    /// the thread or that the process has `kept`.
    pub fn take(&self, signals: Set, kept: &Pending) -> Option<Signal> {
        self.pending.take(signals).or_else(|| kept.take(signals))
    }

    /// Whether one of these signals waits for the thread, blocked or not.
    #[must_use]
    pub fn has(&self, signals: Set) -> bool {
        !self.pending.get().and(signals).is_empty()
    }

    /// Gives the thread a signal, which it finds when it runs.
    pub fn add(&self, signal: Signal) {
        self.pending.add(Set::of(signal));
    }

    /// The blocked signals that are pending for the thread or that the process
    /// has `kept`.
    #[must_use]
    pub fn held_back(&self, kept: &Pending) -> Set {
        self.pending.get().or(kept.get()).and(self.mask.get())
    }

    /// Forgets a signal that waits for the thread.
    pub fn discard(&self, signal: Signal) {
        self.pending.discard(Set::of(signal));
    }
}

impl Default for Signals {
    fn default() -> Self {
        Self::new()
    }
}
