//! What a thread does on a signal: runs the handler, or ends the process.

use core::cell::Cell;

use crate::cancel;
use crate::errno::Errno;
use crate::libc;
use crate::signal::action::{self, Disposition, SigAction};
use crate::signal::number::Signal;
use crate::signal::state::{Signals, Verdict};
use crate::thread::{Thread, current};

/// Acts on the signals that the calling thread has got and does not block. To
/// be called on the way out of each `// SWITCH:` (S1).
#[inline]
pub fn act() {
    act_as(current());
}

/// As [`act`], for a caller that has its record, `me`, at hand.
#[inline]
pub fn act_as(me: &Thread) {
    if me.signals.is_due() {
        act_on_all(&me.signals);
    }
}

/// A call that handlers of signals may end early, from its beginning.
pub struct Call(&'static Cell<Verdict>);

impl Call {
    /// The calling thread begins a call, or begins it anew.
    #[inline]
    pub fn begin() -> Self {
        let verdict = &current().signals.verdict;
        verdict.set(Verdict::None);
        Self(verdict)
    }

    /// Whether the call, whose wait was interrupted, goes on: handlers have run,
    /// and all of them want such calls to (`SA_RESTART`).
    pub fn goes_on(self) -> bool {
        self.0.get() == Verdict::GoOn
    }
}

/// `ENOTSUP` for a signal whose action nobody can perform.
pub fn check_possible(signal: Signal) -> Result<(), Errno> {
    match action::of(signal).disposition(signal) {
        Disposition::Stop => Err(Errno::NOTSUP),
        _ => Ok(()),
    }
}

#[cold]
#[inline(never)]
fn act_on_all(signals: &Signals) {
    while let Some(signal) = signals.take_due() {
        let action = action::of(signal);
        match action.disposition(signal) {
            // What would stop the process is refused; it was blocked, and had a
            // handler, when it was sent.
            Disposition::Ignore | Disposition::Stop => {}
            Disposition::Terminate => terminate(signal),
            Disposition::Abort => abort(signal),
            Disposition::Handle => handle(signals, action, signal),
        }
    }
}

/// Runs a handler.
fn handle(signals: &Signals, action: SigAction, signal: Signal) {
    if action.is_once() {
        action::reset(signal);
    }
    let mask = signals.mask();
    signals.set_mask(mask.or(action.blocks(signal)));
    let verdict = match signals.verdict.get() {
        Verdict::None | Verdict::GoOn if action.restarts() => Verdict::GoOn,
        _ => Verdict::Return,
    };
    // SWITCH: the handler is the program's code.
    cancel::beside_wait(|| action.run(signal));
    // Only now, as the handler's own waits have verdicts of their own.
    signals.verdict.set(verdict);
    signals.set_mask(mask);
}

/// Ends the process with the code that a shell would show.
fn terminate(signal: Signal) -> ! {
    /// What shells add to the number of a signal.
    const BY_SIGNAL: i32 = 128;
    libc::say_ended_by(signal.as_int());
    libc::exit_at_once(BY_SIGNAL + signal.as_int())
}

/// Ends the process by a trap, whose backtrace says where it was.
fn abort(signal: Signal) -> ! {
    if signal != Signal::ABRT {
        libc::say_ended_by(signal.as_int());
    }
    core::arch::wasm32::unreachable()
}
