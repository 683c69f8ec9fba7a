//! What a thread does on a signal: runs the handler, or ends the process.

use crate::priority;
use crate::signal::{Action, Disposition, Set, Signal};
use crate::system::{End, System};
use crate::thread::Thread;

/// Acts on the signals that the calling thread, whose record is `me`, has got
/// and does not block (S1).
#[inline]
pub fn act<S: System>(s: &S, me: &Thread<S::Own>) {
    if me.signals.is_due() {
        act_on_all(s, me);
    }
}

/// Blocks exactly the signals of `mask` from now on, and acts on pending
/// signals that this unblocks.
pub fn set_mask<S: System>(s: &S, me: &Thread<S::Own>, mask: Set) {
    me.signals.set_mask(mask, &s.process().kept);
    // SWITCH: handlers of unblocked signals are the program's code.
    act(s, me);
}

#[cold]
#[inline(never)]
fn act_on_all<S: System>(s: &S, me: &Thread<S::Own>) {
    while let Some(signal) = me.signals.take_due() {
        let action = s.process().action(signal);
        match action.disposition(signal) {
            // `send` refuses a signal that would stop the process. The action
            // of this one has changed while it was blocked.
            Disposition::Ignore | Disposition::Stop => {}
            Disposition::Terminate => s.end_process(End::Terminated(signal)),
            Disposition::Abort => s.end_process(End::Aborted(signal)),
            Disposition::Handle => handle(s, me, action, signal),
        }
    }
}

/// Runs a handler. If the thread is in a wait, the handler runs as if it was in
/// none (T3).
fn handle<S: System>(s: &S, me: &Thread<S::Own>, action: S::Action, signal: Signal) {
    if action.is_once() {
        s.process().replace_action(signal, S::Action::DEFAULT);
    }
    let mask = me.signals.mask();
    let kept = &s.process().kept;
    me.signals.set_mask(mask.or(action.blocks(signal)), kept);
    let mut wait = priority::set_wait_aside(s, me);
    // SWITCH: the handler is the program's code.
    s.run_handler(action, signal);
    wait.verdict = wait.verdict.after(action.restarts());
    me.waiting.put(wait);
    me.signals.set_mask(mask, kept);
}
