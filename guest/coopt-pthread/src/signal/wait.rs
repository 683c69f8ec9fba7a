//! Waiting for a signal: `sigwait` takes one, `sigsuspend` lets handlers run.

use core::cell::Cell;
use core::ffi::c_int;

use coopt_sync::{Deadline, Instant, Outcome, Platform, Reason, WaitKind};

use crate::cancel;
use crate::errno::{Errno, minus_one, number_or_minus_one, status};
use crate::platform::Coopt;
use crate::signal::act;
use crate::signal::number::{Set, Signal};
use crate::signal::state::{SigInfo, Signals, Verdict};
use crate::thread::current;
use crate::time::Timespec;

/// Parks the caller until it has a signal, or until its time has come; a
/// cancellation point.
fn park(awaited: Set, until: Option<Instant>) -> Outcome {
    let signals = &current().signals;
    let word = &signals.arrival;
    signals.awaited.set(awaited);
    // SWITCH: any thread may run until there is a signal. Handlers run too.
    let wait = || Coopt.wait(word, word.get(), until, Reason::new(WaitKind::Signal));
    let outcome = cancel::interruptible(wait);
    signals.awaited.set(Set::EMPTY);
    cancel::point();
    outcome
}

/// Takes one of `set`, waiting for it until `deadline`, which is on the monotonic
/// clock. Handlers of those signals do not run meanwhile, be they blocked or not
/// (POSIX wants them blocked, and leaves the rest open).
///
/// # Errors
///
/// `EAGAIN` at the deadline; `EINTR` when a handler ran for another signal.
fn take(set: Set, deadline: Deadline) -> Result<Signal, Errno> {
    cancel::point();
    let mask = current().signals.mask();
    with_mask(mask.or(set), |signals| {
        let mut outcome = None;
        loop {
            if let Some(signal) = signals.take(set) {
                return Ok(signal);
            }
            if signals.verdict.get() != Verdict::None {
                return Err(Errno::INTR);
            }
            if outcome == Some(Outcome::TimedOut) {
                return Err(Errno::AGAIN);
            }
            outcome = Some(park(set, deadline.start(&Coopt)?));
        }
    })
}

/// Blocks exactly the signals of `mask` until a handler has run.
fn suspend(mask: Set) -> Errno {
    cancel::point();
    with_mask(mask, |signals| {
        while signals.verdict.get() == Verdict::None {
            park(Set::EMPTY, None);
        }
    });
    Errno::INTR
}

/// Runs a wait during which the calling thread blocks other signals, and which
/// finds out by the verdict whether a handler has run.
fn with_mask<R>(mask: Set, wait: impl FnOnce(&Signals) -> R) -> R {
    let signals = &current().signals;
    let before = signals.mask();
    signals.verdict.set(Verdict::None);
    signals.set_mask(mask);
    // SWITCH: handlers of what is no longer blocked are the program's code.
    act();
    let result = wait(signals);
    signals.set_mask(before);
    // SWITCH: as above.
    act();
    result
}

/// POSIX XSH `sigwait`. A handler that runs meanwhile does not end it.
#[unsafe(no_mangle)]
pub extern "C" fn sigwait(set: &Cell<Set>, signal: &Cell<c_int>) -> c_int {
    status(loop {
        match take(set.get(), Deadline::Never) {
            Err(Errno::INTR) => {}
            taken => break taken.map(|taken| signal.set(taken.as_int())),
        }
    })
}

/// What `sigwaitinfo` and `sigtimedwait` answer.
fn answer(taken: Result<Signal, Errno>, info: Option<&Cell<SigInfo>>) -> c_int {
    number_or_minus_one(taken.map(|signal| {
        if let Some(info) = info {
            info.set(SigInfo::of(signal));
        }
        signal.as_int()
    }))
}

/// POSIX XSH `sigwaitinfo`: `EINTR` when a handler ran for another signal.
#[unsafe(no_mangle)]
pub extern "C" fn sigwaitinfo(set: &Cell<Set>, info: Option<&Cell<SigInfo>>) -> c_int {
    answer(take(set.get(), Deadline::Never), info)
}

/// POSIX XSH `sigtimedwait`: `EAGAIN` when the time is over, `EINVAL` for one
/// that is none. Without a time it waits for ever.
#[unsafe(no_mangle)]
pub extern "C" fn sigtimedwait(
    set: &Cell<Set>,
    info: Option<&Cell<SigInfo>>,
    timeout: Option<&Timespec>,
) -> c_int {
    let deadline = timeout.map_or(Ok(Deadline::Never), Timespec::deadline_from_now);
    answer(
        deadline.and_then(|deadline| take(set.get(), deadline)),
        info,
    )
}

/// POSIX XSH `sigsuspend`: -1 and `EINTR` once a handler has run.
#[unsafe(no_mangle)]
pub extern "C" fn sigsuspend(mask: &Cell<Set>) -> c_int {
    minus_one(Err(suspend(mask.get())))
}

/// POSIX XSH `pause`: -1 and `EINTR` once a handler has run.
#[unsafe(no_mangle)]
pub extern "C" fn pause() -> c_int {
    minus_one(Err(suspend(current().signals.mask())))
}
