//! `signal.h`: `sigaction`, `pthread_kill`, `pthread_sigmask`, `sigwait` and
//! their kin; `pause` of `unistd.h`.

use core::cell::Cell;
use core::ffi::c_int;

use coopt_abi::header::{SIG_BLOCK, SIG_SETMASK, SIG_UNBLOCK};
use coopt_sync::{Deadline, Error};
use coopt_threads::calls::{self, Call};
use coopt_threads::send::{self, Target};
use coopt_threads::sigmask::{self, How};
use coopt_threads::signal::{Set, Signal};
use coopt_threads::sigwait;

use crate::answer::{c_functions, number};
use crate::broken_pipe;
use crate::coopt::{Coopt, current};
use crate::errno::Errno;
use crate::pid;
use crate::record::{Thread, find};
use crate::sigaction::{__SIG_ERR, Routine, SigAction};
use crate::siginfo::SigInfo;
use crate::sigset::parse;
use crate::time::Timespec;

/// Replaces the action on a signal: `EINVAL` for `SIGKILL` and `SIGSTOP`.
fn replace(signal: Signal, action: SigAction) -> Result<SigAction, Errno> {
    if signal.is_beyond_control() {
        return Err(Errno::INVAL);
    }
    broken_pipe::may_change();
    Ok(send::replace_action(&Coopt, signal, action))
}

/// A signal to send, or `None` for 0, which only asks whether the target
/// exists.
fn parse_or_none(number: c_int) -> Result<Option<Signal>, Errno> {
    match number {
        0 => Ok(None),
        number => parse(number).map(Some),
    }
}

fn to_thread(thread: &Thread, number: c_int) -> Result<(), Errno> {
    Ok(send::send(
        &Coopt,
        Target::Thread(thread),
        parse_or_none(number)?,
    )?)
}

/// Changes the mask of the calling thread. Both sets may be the same place.
fn change_mask(how: c_int, set: Option<&Cell<Set>>, old: Option<&Cell<Set>>) -> Result<(), Errno> {
    let before = sigmask::get(&Coopt);
    let change = match (set.map(Cell::get), how) {
        (None, _) => None,
        (Some(set), SIG_BLOCK) => Some((How::Block, set)),
        (Some(set), SIG_UNBLOCK) => Some((How::Unblock, set)),
        (Some(set), SIG_SETMASK) => Some((How::Replace, set)),
        (Some(_), _) => return Err(Errno::INVAL),
    };
    if let Some(old) = old {
        old.set(before);
    }
    if let Some((how, set)) = change {
        broken_pipe::may_change();
        // SWITCH: handlers of unblocked signals are the program's code.
        sigmask::change(&Coopt, how, set);
    }
    Ok(())
}

/// Takes a signal: `EAGAIN` at the deadline.
fn take(call: Call, set: &Cell<Set>, deadline: Deadline) -> Result<Signal, Errno> {
    sigwait::take(&Coopt, call, set.get(), deadline).map_err(|error| match error {
        Error::TimedOut => Errno::AGAIN,
        error => error.into(),
    })
}

/// What `sigwaitinfo` and `sigtimedwait` answer.
fn inform(taken: Result<Signal, Errno>, info: Option<&Cell<SigInfo>>) -> Result<c_int, Errno> {
    let signal = taken?;
    if let Some(info) = info {
        info.set(SigInfo::of(signal));
    }
    Ok(signal.as_int())
}

c_functions! {
    /// POSIX XSH `sigaction`: `EINVAL` for a number that is no signal's, and for a
    /// new action on `SIGKILL` or `SIGSTOP`.
    fn sigaction(
        number: c_int,
        new: Option<&Cell<SigAction>>,
        old: Option<&Cell<SigAction>>,
    ) -> minus_one {
        let signal = parse(number)?;
        // `new` and `old` may be the same place.
        let before = match new {
            Some(new) => replace(signal, new.get())?,
            None => send::action(&Coopt, signal),
        };
        if let Some(old) = old {
            old.set(before);
        }
    }

    /// POSIX XSH `signal`: the handler stays, and interrupted calls go on, as in
    /// musl and the GNU C library.
    fn signal(number: c_int, routine: Routine) -> (Routine) {
        let action = SigAction::of_routine(routine);
        match parse(number).and_then(|signal| replace(signal, action)) {
            Ok(before) => before.routine(),
            Err(error) => {
                crate::libc::set_errno(error.number());
                Some(__SIG_ERR)
            }
        }
    }

    /// `bsd_signal`, the former name of what `signal` does.
    fn bsd_signal(number: c_int, routine: Routine) -> (Routine) {
        signal(number, routine)
    }

    /// POSIX XSH `pthread_kill`. 0 asks whether the thread exists, ended or not.
    /// `ESRCH` when it was freed, `EINVAL` for a number that is no signal's,
    /// `ENOTSUP` for a signal whose action is to stop the process.
    fn pthread_kill(thread: *const Thread, number: c_int) -> status {
        to_thread(find(thread)?, number)?
    }

    /// POSIX XSH `raise`.
    fn raise(number: c_int) -> minus_one {
        to_thread(current(), number)?
    }

    /// POSIX XSH `kill`. There is one process: the caller's, as 0, -1, or what
    /// `getpid` answers; any other is `ESRCH`.
    fn kill(process: c_int, number: c_int) -> minus_one {
        /// All processes that there are.
        const ALL: c_int = -1;
        if process != ALL && !pid::is_own(process) {
            return Err(Errno::SRCH);
        }
        send::send(&Coopt, Target::Process, parse_or_none(number)?)?
    }

    /// POSIX XSH `pthread_sigmask`: `EINVAL` for an unknown `how`. `SIGKILL`
    /// and `SIGSTOP` are never blocked.
    fn pthread_sigmask(
        how: c_int,
        set: Option<&Cell<Set>>,
        old: Option<&Cell<Set>>,
    ) -> status {
        change_mask(how, set, old)?
    }

    /// POSIX XSH `sigprocmask`. (POSIX leaves its use with several threads
    /// unspecified; here it changes the calling thread's mask, as on Linux.)
    fn sigprocmask(
        how: c_int,
        set: Option<&Cell<Set>>,
        old: Option<&Cell<Set>>,
    ) -> minus_one {
        change_mask(how, set, old)?
    }

    /// POSIX XSH `sigpending`: the blocked signals that were sent to the
    /// calling thread or to the process.
    fn sigpending(set: &Cell<Set>) -> minus_one {
        set.set(sigmask::pending(&Coopt));
    }

    /// POSIX XSH `sigwait`. A handler that runs meanwhile does not end it.
    fn sigwait(set: &Cell<Set>, signal: &Cell<c_int>) -> status {
        signal.set(take(calls::SIGNAL_WAIT_ONLY, set, Deadline::Never)?.as_int());
    }

    /// POSIX XSH `sigwaitinfo`: `EINTR` when a handler ran for another signal.
    fn sigwaitinfo(set: &Cell<Set>, info: Option<&Cell<SigInfo>>) -> number {
        inform(take(calls::SIGNAL_WAIT, set, Deadline::Never), info)?
    }

    /// POSIX XSH `sigtimedwait`: `EAGAIN` when the time is over, `EINVAL` for a
    /// malformed time. Without a time the caller waits for ever.
    fn sigtimedwait(
        set: &Cell<Set>,
        info: Option<&Cell<SigInfo>>,
        timeout: Option<&Timespec>,
    ) -> number {
        let deadline = timeout.map_or(Ok(Deadline::Never), Timespec::deadline_from_now)?;
        inform(take(calls::SIGNAL_WAIT, set, deadline), info)?
    }

    /// POSIX XSH `sigsuspend`: -1 and `EINTR` once a handler has run.
    fn sigsuspend(mask: &Cell<Set>) -> minus_one {
        sigwait::suspend(&Coopt, mask.get());
        Err(Errno::INTR)?
    }

    /// POSIX XSH `pause`: -1 and `EINTR` once a handler has run.
    fn pause() -> (c_int) {
        number(|| {
            sigwait::suspend(&Coopt, current().signals.mask());
            Err(Errno::INTR)
        })
    }
}
