//! Who gets a signal.

use core::ffi::c_int;
use core::ptr;

use crate::errno::{Errno, minus_one, status};
use crate::signal::action::{self, Disposition};
use crate::signal::number::{Set, Signal};
use crate::signal::state;
use crate::signal::{act, deliver};
use crate::thread::{self, Thread, current};
use crate::{imports, patience, priority, sched};

/// Sends a signal to a thread. One that has ended does not mind.
///
/// # Errors
///
/// `ENOTSUP` for a signal that would stop the process.
fn send_to_thread(thread: &'static Thread, signal: Signal) -> Result<(), Errno> {
    deliver::check_possible(signal)?;
    if !thread.ended.is_open() {
        give(thread, signal);
    }
    Ok(())
}

/// Sends a signal to the process (S2).
fn send_to_process(signal: Signal) -> Result<(), Errno> {
    deliver::check_possible(signal)?;
    match recipient(signal) {
        Some(thread) => give(thread, signal),
        None => state::keep_for_process(signal),
    }
    Ok(())
}

/// The thread that takes a signal of the process: of those that would, one of the
/// highest priority, which runs soonest.
fn recipient(signal: Signal) -> Option<&'static Thread> {
    let live = || thread::all().filter(|thread| !thread.ended.is_open());
    let me = current();
    let soonest = |one: &'static Thread, other: &'static Thread| {
        let goes_before = other.priorities.present() > one.priorities.present();
        if goes_before { other } else { one }
    };
    live()
        .find(|thread| thread.signals.awaits(signal))
        .or_else(|| me.signals.notices(signal).then_some(me))
        .or_else(|| {
            live()
                .filter(|thread| thread.signals.notices(signal))
                .reduce(soonest)
        })
}

/// Gives a signal to a live thread, which acts on it when it runs.
fn give(thread: &'static Thread, signal: Signal) {
    let notices = thread.signals.notices(signal);
    // An ignored signal is not even pending, unless it is blocked: then the
    // action may be another by the time it is not (POSIX XSH 2.4.1).
    let ignored = action::of(signal).disposition(signal) == Disposition::Ignore;
    if ignored && notices && !thread.signals.awaits(signal) {
        return;
    }
    thread.signals.add(signal);
    // One is enough for a `sigwait`; the next is for somebody else who waits.
    if thread.signals.awaits(signal) {
        thread.signals.awaited.set(Set::EMPTY);
    }
    if ptr::eq(thread, current()) {
        // SWITCH: the handler is the program's code.
        act();
    } else if notices && let Some(id) = thread.id.get() {
        // No answer is needed: a thread that does not wait finds the signal
        // when it runs.
        imports::thread_wake(id.get());
        // SWITCH: to the thread, if its priority is higher.
        priority::preempt();
    }
}

/// A signal to send, or `None` for 0, which only asks whether there is somebody
/// to send it to.
fn parse(number: c_int) -> Result<Option<Signal>, Errno> {
    match number {
        0 => Ok(None),
        number => Signal::new(number).map(Some),
    }
}

fn to_thread(thread: *const Thread, number: c_int) -> Result<(), Errno> {
    patience::spend();
    let thread = Thread::find(thread)?;
    match parse(number)? {
        Some(signal) => send_to_thread(thread, signal),
        None => Ok(()),
    }
}

fn to_process(process: c_int, number: c_int) -> Result<(), Errno> {
    /// All processes that there are.
    const ALL: c_int = -1;
    patience::spend();
    if process != ALL && !sched::is_own_process(process) {
        return Err(Errno::SRCH);
    }
    match parse(number)? {
        Some(signal) => send_to_process(signal),
        None => Ok(()),
    }
}

/// POSIX XSH `pthread_kill`. 0 asks whether the thread exists, ended or not.
/// `ESRCH` when it was freed, `EINVAL` for a number that is no signal's,
/// `ENOTSUP` for a signal whose action is to stop the process.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_kill(thread: *const Thread, number: c_int) -> c_int {
    status(to_thread(thread, number))
}

/// POSIX XSH `kill`. There is one process: the caller's, as 0, -1, or what
/// `getpid` answers; any other is `ESRCH`.
#[unsafe(no_mangle)]
pub extern "C" fn kill(process: c_int, number: c_int) -> c_int {
    minus_one(to_process(process, number))
}

/// POSIX XSH `raise`.
#[unsafe(no_mangle)]
pub extern "C" fn raise(number: c_int) -> c_int {
    minus_one(to_thread(current(), number))
}
