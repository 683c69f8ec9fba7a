//! What surrounds a call and a switch: the one place that all of them pass.
//!
//! A call [begins](begin), and perhaps [waits](wait), as its
//! [row](crate::calls) says. However a thread lost its turn, it comes back
//! through [`after`], which runs the handlers of signals.

use coopt_abi::wait::{Outcome, Reason, WaitKind};
use coopt_sync::{Error, Instant};

use crate::calls::{AfterHandler, Call};
use crate::system::System;
use crate::thread::Thread;
use crate::thread::waiting::{Request, Verdict};
use crate::{cancel, deliver, priority};

/// Begins a call.
#[inline(always)]
pub fn begin<S: System>(s: &S, call: Call) {
    if call.polls && s.process().patience.spend() {
        lose_patience(s);
    }
    if call.is_point {
        cancel::point(s);
    }
}

#[cold]
#[inline(never)]
fn lose_patience<S: System>(s: &S) {
    // All threads share it, so the row ends before the others run.
    s.process().patience.regain();
    turn_over(s);
}

/// Ends the turn of a thread that does not wait.
pub fn turn_over<S: System>(s: &S) {
    let me = s.me();
    // SWITCH: every other runnable thread of the caller's priority, and those
    // whose time has come: the thread may be the only one that runs.
    s.thread_yield_to_host();
    after(s, me, Back::Yielded);
}

/// Runs the wait of a call that has [begun](begin), again if a handler has
/// interrupted it and the call goes on.
///
/// # Errors
///
/// What `attempt` answers. [`Error::Interrupted`] only if the call ends by a
/// handler.
// Inlined, like all code between a wait and its caller. After a switch the
// processor mispredicts each return, since it expects the frames of the other
// thread.
#[inline(always)]
pub fn wait<S: System, R>(
    s: &S,
    call: Call,
    mut attempt: impl FnMut() -> Result<R, Error>,
) -> Result<R, Error> {
    wait_as(s, call, |_| attempt())
}

/// The same for an attempt that may find out that the call has another row. It is a point like the
/// first.
#[inline(always)]
pub fn wait_as<S: System, R>(
    s: &S,
    mut call: Call,
    mut attempt: impl FnMut(&mut Call) -> Result<R, Error>,
) -> Result<R, Error> {
    let waiting = &s.me().waiting;
    loop {
        waiting.verdict.set(Verdict::None);
        if call.is_point {
            debug_assert!(
                waiting.request.get() == Request::Stays,
                "one wait at a time"
            );
            waiting.request.set(Request::Ends);
        }
        // SWITCH: any thread may run until the wait is over, and handlers of
        // signals that others sent.
        let outcome = attempt(&mut call);
        waiting.request.set(Request::Stays);
        if !matches!(outcome, Err(Error::Interrupted)) {
            return outcome;
        }
        if call.is_point {
            cancel::point(s);
        }
        match (call.after_handler, waiting.verdict.get()) {
            // A wake-up that was missed meanwhile cannot be waited for again.
            (AfterHandler::Returns, _) => return outcome,
            // No handler ran: the signal is ignored by now, or something else
            // interrupted the wait.
            (_, Verdict::None) => {}
            (AfterHandler::GoesOn, _) | (AfterHandler::Restarts, Verdict::GoOn) => {}
            (AfterHandler::Restarts | AfterHandler::Ends, _) => return outcome,
        }
    }
}

/// Parks the calling thread by `park`, for the given reason. This is how the
/// [platform](crate::platform) waits.
#[inline(always)]
pub fn park<S: System>(s: &S, reason: Reason, park: impl FnOnce() -> Outcome) -> Outcome {
    // Looked up before the switch: afterwards the processor's cache has nothing
    // of this thread.
    let me = s.me();
    let outcome = match reason.kind {
        WaitKind::Mutex => park_for_mutex(s, me, park),
        WaitKind::Cond => {
            // SWITCH: any thread may run until this one is woken.
            let outcome = park();
            // Only the mutex is left to wait for.
            if me.waiting.request.get() == Request::Ends {
                me.waiting.request.set(Request::EndsLater);
            }
            outcome
        }
        // SWITCH: any thread may run until this one is woken.
        _ => park(),
    };
    after(
        s,
        me,
        match outcome {
            Outcome::Woken => Back::Woken,
            _ => Back::Early,
        },
    );
    outcome
}

/// Parks for a mutex, whose owner may inherit the caller's priority. An
/// abandoned wait leaves nothing to clean up, so the wait is a cancellation
/// point for a thread of the asynchronous type.
#[inline(always)]
fn park_for_mutex<S: System>(
    s: &S,
    me: &Thread<S::Own>,
    park: impl FnOnce() -> Outcome,
) -> Outcome {
    let waiting = &me.waiting;
    priority::raise_owner(s, me);
    if !me.cancellation.is_asynchronous() || waiting.request.get() != Request::Stays {
        // SWITCH: any thread may run until the mutex is handed over.
        return park();
    }
    waiting.request.set(Request::Ends);
    // SWITCH: any thread may run, and a request may come.
    let outcome = park();
    waiting.request.set(Request::Stays);
    if outcome == Outcome::Interrupted {
        cancel::point(s);
    }
    outcome
}

/// How a thread got its turn back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Back {
    /// Another thread has woken it.
    Woken,
    /// Its wait ended otherwise, perhaps before it began. Or threads of higher
    /// priority have run, if there were any.
    Early,
    /// The thread had yielded.
    Yielded,
}

/// What a thread does first when it has its turn back. It is in no queue any
/// more.
#[inline(always)]
fn after<S: System>(s: &S, me: &Thread<S::Own>, back: Back) {
    if back != Back::Early {
        s.process().patience.regain();
    }
    // SWITCH: handlers of signals that others sent.
    deliver::act(s, me);
    if back == Back::Yielded {
        // The thread is in the middle of no wait, so it can end here.
        cancel::asynchronous_point(s, me);
    }
}

/// Parks the calling thread until `deadline`.
#[inline(always)]
pub fn sleep<S: System>(s: &S, deadline: Instant) -> Outcome {
    // SWITCH: other threads run until the deadline, or a signal.
    park(s, Reason::new(WaitKind::Sleep), || s.sleep_until(deadline))
}

/// Lets every other runnable thread of the caller's priority run first. A
/// thread of the asynchronous type acts here on a request to cancel it.
pub fn yield_now<S: System>(s: &S) {
    let me = s.me();
    // SWITCH: any of those.
    s.thread_yield();
    after(s, me, Back::Yielded);
}

/// Lets threads of higher priority run, if there are any.
#[inline]
pub fn preempt<S: System>(s: &S) {
    if s.process().priorities_differ.get() {
        let me = s.me();
        // SWITCH: any of those.
        s.thread_preempt();
        after(s, me, Back::Early);
    }
}
