//! Who gets a signal, and what the process does about it.

use core::ptr;

use crate::calls;
use crate::signal::{Action, Disposition, Set, Signal};
use crate::system::System;
use crate::thread::Thread;
use crate::{deliver, switch};

/// A signal whose action nobody can perform: the process would stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotStop;

/// Whom a signal is for.
#[derive(Clone, Copy)]
pub enum Target<'t, O> {
    /// This thread. A signal for a thread that has ended is lost.
    Thread(&'t Thread<O>),
    /// The process (S2).
    Process,
}

/// Sends a signal. `None` asks whether the target exists, which it does.
///
/// # Errors
///
/// [`CannotStop`].
pub fn send<S: System>(
    s: &S,
    target: Target<'_, S::Own>,
    signal: Option<Signal>,
) -> Result<(), CannotStop> {
    switch::begin(s, calls::ASK);
    let Some(signal) = signal else { return Ok(()) };
    if disposition(s, signal) == Disposition::Stop {
        return Err(CannotStop);
    }
    let recipient = match target {
        Target::Thread(thread) if thread.has_ended() => return Ok(()),
        Target::Thread(thread) => Some(thread),
        Target::Process => recipient(s, signal),
    };
    match recipient {
        Some(thread) => give(s, thread, signal),
        None => s.process().kept.add(Set::of(signal)),
    }
    Ok(())
}

/// Replaces the action on a signal, which is not beyond control; returns the one
/// before. A signal that is to be ignored is forgotten wherever it is pending
/// (POSIX XSH 2.4.3).
pub fn replace_action<S: System>(s: &S, signal: Signal, action: S::Action) -> S::Action {
    // A loop that removes and restores the handler waits for a signal.
    switch::begin(s, calls::ASK);
    let process = s.process();
    if action.disposition(signal) == Disposition::Ignore {
        process.kept.discard(Set::of(signal));
        process
            .all()
            .for_each(|thread| thread.signals.discard(signal));
    }
    process.replace_action(signal, action)
}

/// The action on a signal.
pub fn action<S: System>(s: &S, signal: Signal) -> S::Action {
    switch::begin(s, calls::ASK);
    s.process().action(signal)
}

fn disposition<S: System>(s: &S, signal: Signal) -> Disposition {
    s.process().action(signal).disposition(signal)
}

/// The thread that takes a signal of the process (S2). Of several that do not
/// block it, one of the highest priority runs soonest.
fn recipient<'s, S: System>(s: &'s S, signal: Signal) -> Option<&'s Thread<S::Own>> {
    let live = || s.process().all().filter(|thread| !thread.has_ended());
    let me = s.me();
    let soonest = |one: &'s Thread<S::Own>, other: &'s Thread<S::Own>| {
        let goes_before = other.priorities.present() > one.priorities.present();
        if goes_before { other } else { one }
    };
    live()
        .find(|thread| awaits(thread, signal))
        .or_else(|| notices(me, signal).then_some(me))
        .or_else(|| {
            live()
                .filter(|thread| notices(thread, signal))
                .reduce(soonest)
        })
}

/// Gives a signal to a live thread, which acts on it when it runs.
fn give<S: System>(s: &S, thread: &Thread<S::Own>, signal: Signal) {
    let (awaits, notices) = (awaits(thread, signal), notices(thread, signal));
    // An ignored signal is not even pending, unless it is blocked: its action
    // may be another when it is unblocked (POSIX XSH 2.4.1).
    let is_ignored = disposition(s, signal) == Disposition::Ignore;
    if is_ignored && notices && !awaits {
        return;
    }
    thread.signals.add(signal);
    // A `sigwait` takes one signal; the next is for another waiter.
    if awaits {
        thread.waiting.awaited.set(Set::EMPTY);
    }
    let me = s.me();
    if ptr::eq(thread, me) {
        // SWITCH: the handler is the program's code.
        deliver::act(s, me);
    } else if notices && let Some(id) = thread.id.get() {
        // No answer is needed: a thread that does not wait finds the signal
        // when it runs.
        s.thread_wake(id);
        // SWITCH: to the thread, if its priority is higher.
        switch::preempt(s);
    }
}

/// Whether a thread is in a `sigwait` for a signal.
fn awaits<O>(thread: &Thread<O>, signal: Signal) -> bool {
    thread.waiting.awaited.get().contains(signal)
}

/// Whether a thread does something about a signal when it gets it.
fn notices<O>(thread: &Thread<O>, signal: Signal) -> bool {
    awaits(thread, signal) || !thread.signals.mask().contains(signal)
}
