//! What a thread does on a signal: runs the handler, or ends the process.

use coopt_sync::Error;

use crate::cancel;
use crate::errno::Errno;
use crate::libc;
use crate::signal::action::{self, Disposition, SigAction};
use crate::signal::number::Signal;
use crate::signal::state::{Signals, Verdict};
use crate::thread::current;

/// Acts on the signals that the calling thread has got and does not block. To
/// be called on the way out of each `// SWITCH:` (S1).
#[inline]
pub fn act() {
    let signals = &current().signals;
    if signals.is_due() {
        act_on_all(signals);
    }
}

/// Runs a call that handlers end with [`Error::Interrupted`], unless all that
/// interrupt it want such calls to go on.
// Inlined for the reason that `Semaphore::wait` is.
#[inline(always)]
pub fn restartable(call: impl Fn() -> Result<(), Error>) -> Result<(), Error> {
    let verdict = &current().signals.verdict;
    loop {
        verdict.set(Verdict::None);
        let outcome = call();
        if outcome != Err(Error::Interrupted) || verdict.get() != Verdict::GoOn {
            return outcome;
        }
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
