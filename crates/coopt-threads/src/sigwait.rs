//! Waiting for a signal: `sigwait` takes one, `sigsuspend` lets handlers run.

use coopt_abi::wait::{Outcome, Reason, WaitKind};
use coopt_sync::{Deadline, Error, Platform as _};

use crate::calls::{self, AfterHandler, Call};
use crate::platform::Posix;
use crate::signal::{Set, Signal};
use crate::system::System;
use crate::thread::Thread;
use crate::thread::waiting::{Request, Verdict};
use crate::{cancel, deliver, switch};

/// Takes one of `set`, waiting for it until `deadline`, which is on the monotonic
/// clock. Handlers of those signals do not run meanwhile, be they blocked or not
/// (POSIX wants them blocked, and leaves the rest open). `call` is
/// [`calls::SIGNAL_WAIT`] or [`calls::SIGNAL_WAIT_ONLY`].
///
/// # Errors
///
/// [`Error::TimedOut`]; [`Error::Interrupted`] when a handler ran for another
/// signal and the call ends thereby; [`Error::Malformed`].
pub fn take<S: System>(s: &S, call: Call, set: Set, deadline: Deadline) -> Result<Signal, Error> {
    switch::begin(s, call);
    let me = s.me();
    let mask = me.signals.mask();
    with_mask(s, me, mask.or(set), || {
        let mut outcome = None;
        loop {
            if let Some(signal) = me.signals.take(set, &s.process().kept) {
                return Ok(signal);
            }
            let ended = call.after_handler != AfterHandler::GoesOn;
            if ended && me.waiting.verdict.get() != Verdict::None {
                return Err(Error::Interrupted);
            }
            if outcome == Some(Outcome::TimedOut) {
                return Err(Error::TimedOut);
            }
            outcome = Some(park(s, me, set, deadline)?);
        }
    })
}

/// Blocks exactly the signals of `mask` until a handler has run.
pub fn suspend<S: System>(s: &S, mask: Set) {
    switch::begin(s, calls::SUSPEND);
    let me = s.me();
    with_mask(s, me, mask, || {
        while me.waiting.verdict.get() == Verdict::None {
            let parked = park(s, me, Set::EMPTY, Deadline::Never);
            debug_assert!(parked.is_ok(), "there is no deadline");
        }
    });
}

/// Parks the caller until it has a signal, or until `deadline`; a cancellation
/// point.
fn park<S: System>(
    s: &S,
    me: &Thread<S::Own>,
    awaited: Set,
    deadline: Deadline,
) -> Result<Outcome, Error> {
    let until = deadline.start(&Posix(s))?;
    let word = &me.signals.arrival;
    let waiting = &me.waiting;
    waiting.awaited.set(awaited);
    waiting.request.set(Request::Ends);
    let reason = Reason::new(WaitKind::Signal);
    // SWITCH: any thread may run until there is a signal. Handlers run too.
    let outcome = Posix(s).wait(word, word.get(), until, reason);
    waiting.request.set(Request::Stays);
    waiting.awaited.set(Set::EMPTY);
    // Nobody else gets a signal that this thread was given. So the thread takes
    // the signal first, and the request waits.
    if !me.signals.has(awaited) {
        cancel::point(s);
    }
    Ok(outcome)
}

/// Runs a wait during which the calling thread blocks other signals. The
/// verdict tells the wait whether a handler has run.
fn with_mask<S: System, R>(s: &S, me: &Thread<S::Own>, mask: Set, wait: impl FnOnce() -> R) -> R {
    let before = me.signals.mask();
    me.waiting.verdict.set(Verdict::None);
    // SWITCH: handlers of unblocked signals are the program's code.
    deliver::set_mask(s, me, mask);
    let result = wait();
    // SWITCH: handlers of signals that `mask` has blocked.
    deliver::set_mask(s, me, before);
    result
}
