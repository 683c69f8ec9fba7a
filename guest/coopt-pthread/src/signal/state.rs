//! What a thread knows of its signals, and what is told of one.

use core::cell::Cell;
use core::ffi::c_int;

use coopt_sync::Word;

use crate::cooperative::Cooperative;
use crate::sched;
use crate::signal::number::{Set, Signal};

/// The signals of the process that every thread blocks (S2).
static OF_PROCESS: Cooperative<Cell<Set>> = Cooperative::new(Cell::new(Set::EMPTY));

/// Takes the first of `wanted` out of a set of pending signals.
fn take_from(pending: &Cell<Set>, wanted: Set) -> Option<Signal> {
    let signal = pending.get().and(wanted).first()?;
    discard_from(pending, signal);
    Some(signal)
}

fn add_to(pending: &Cell<Set>, signals: Set) {
    pending.set(pending.get().or(signals));
}

fn discard_from(pending: &Cell<Set>, signal: Signal) {
    pending.set(pending.get().without(Set::of(signal)));
}

/// What handlers that ran in a wait say of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No handler has run.
    None,
    /// All that ran want interrupted calls to go on (`SA_RESTART`).
    GoOn,
    /// One did not.
    Return,
}

/// What a thread's record knows of its signals.
pub struct Signals {
    pending: Cell<Set>,
    mask: Cell<Set>,
    /// What the thread waits for in `sigwait`.
    pub awaited: Cell<Set>,
    /// Where it parks there. It never changes.
    pub arrival: Word,
    /// Of the handlers that have run since a wait looked last.
    pub verdict: Cell<Verdict>,
}

impl Signals {
    /// Those of a thread that has sent or received none, and blocks none.
    pub const fn new() -> Self {
        Self {
            pending: Cell::new(Set::EMPTY),
            mask: Cell::new(Set::EMPTY),
            awaited: Cell::new(Set::EMPTY),
            arrival: Word::new(0),
            verdict: Cell::new(Verdict::None),
        }
    }

    /// Makes these the signals of a new thread: it blocks what its creator
    /// blocks, and none are pending (POSIX XSH `pthread_create`).
    pub fn inherit(&self, creator: &Self) {
        self.mask.set(creator.mask.get());
    }

    /// The signals that the thread blocks.
    pub fn mask(&self) -> Set {
        self.mask.get()
    }

    /// Blocks exactly these signals from now on, but for those that cannot be
    /// blocked. The caller has to [`act`](super::act) on what this unblocks.
    pub fn set_mask(&self, mask: Set) {
        let mask = mask
            .without(Set::of(Signal::KILL))
            .without(Set::of(Signal::STOP));
        self.mask.set(mask);
        // S2: what the process has kept is given to the first that takes it.
        let kept = OF_PROCESS.get();
        add_to(&self.pending, kept.without(mask));
        OF_PROCESS.set(kept.and(mask));
    }

    /// Whether the thread has to act.
    #[inline]
    pub fn is_due(&self) -> bool {
        // As a rule nothing is pending, and that is one load.
        let pending = self.pending.get();
        !pending.is_empty() && !pending.without(self.mask.get()).is_empty()
    }

    /// Takes a signal that the thread has to act on.
    pub fn take_due(&self) -> Option<Signal> {
        take_from(&self.pending, Set::FULL.without(self.mask.get()))
    }

    /// Takes one of these signals, whether blocked or not.
    pub fn take(&self, signals: Set) -> Option<Signal> {
        take_from(&self.pending, signals).or_else(|| take_from(&OF_PROCESS, signals))
    }

    /// Whether the thread does something about a signal when it gets it.
    pub fn notices(&self, signal: Signal) -> bool {
        self.awaits(signal) || !self.mask.get().contains(signal)
    }

    /// Whether the thread is in a `sigwait` for the signal.
    pub fn awaits(&self, signal: Signal) -> bool {
        self.awaited.get().contains(signal)
    }

    /// Gives the thread a signal, which it finds when it runs.
    pub fn add(&self, signal: Signal) {
        add_to(&self.pending, Set::of(signal));
    }

    /// The signals that are blocked, and wait for the thread or for any.
    pub fn held_back(&self) -> Set {
        let pending = self.pending.get().or(OF_PROCESS.get());
        pending.and(self.mask.get())
    }

    /// Forgets a signal that waits for the thread.
    pub fn discard(&self, signal: Signal) {
        discard_from(&self.pending, signal);
    }
}

/// Gives a signal to the process, all of whose threads block it.
pub fn keep_for_process(signal: Signal) {
    add_to(&OF_PROCESS, Set::of(signal));
}

/// Forgets a signal that waits for the process.
pub fn discard_of_process(signal: Signal) {
    discard_from(&OF_PROCESS, signal);
}

/// `siginfo_t` (`signal.h`). All that there is to tell is which signal it is, and
/// that this process sent it.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub struct SigInfo {
    signal: c_int,
    errno: c_int,
    code: c_int,
    padding: c_int,
    process: c_int,
    user: u32,
    rest: [u32; 28],
}

const _: () = assert!(size_of::<SigInfo>() == 136 && align_of::<SigInfo>() == 8);
const _: () = assert!(core::mem::offset_of!(SigInfo, process) == 16);

/// `SI_USER` (`signal.h`), which POSIX allows for all ways to send a signal.
const USER: c_int = 0;

impl SigInfo {
    /// What there is to tell of a signal.
    pub const fn of(signal: Signal) -> Self {
        Self {
            signal: signal.as_int(),
            errno: 0,
            code: USER,
            padding: 0,
            process: sched::OWN_PROCESS_ID,
            user: 0,
            rest: [0; 28],
        }
    }
}
