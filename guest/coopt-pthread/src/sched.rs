//! Policies and priorities: `sched.h`, and what `pthread.h` says of them.
//!
//! A thread of higher priority goes before one of lower: at every switch, and
//! as soon as a call makes it runnable. Among equals the order is first in,
//! first out, under every policy: threads give up their turn themselves, so
//! there is no slice of time that could end, and `SCHED_RR` does not differ
//! from `SCHED_FIFO`. `SCHED_OTHER` is below both.
//!
//! There is one process. The functions of `sched.h` that name one mean the
//! calling thread, as on Linux.

use core::cell::Cell;
use core::ffi::c_int;

use coopt_sync::Priority;

use crate::cancel;
use crate::errno::{Errno, minus_one, number_or_minus_one, status};
use crate::patience;
use crate::platform::Coopt;
use crate::priority;
use crate::thread::{Thread, current};
use crate::time::Timespec;

/// `SCHED_*` (`sched.h`).
const OTHER: c_int = 0;
const FIFO: c_int = 1;
const RR: c_int = 2;

/// `struct sched_param` begins with the priority.
pub type SchedParam = Cell<c_int>;

/// What wasi-libc's emulated `getpid` answers.
pub const OWN_PROCESS_ID: c_int = 42;

/// Whether a process id means this process: so does none.
pub fn is_own_process(process: c_int) -> bool {
    matches!(process, 0 | OWN_PROCESS_ID)
}

/// A policy with a priority that it has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Scheduling {
    policy: c_int,
    priority: Priority,
}

impl Scheduling {
    /// `EINVAL` for a policy there is not, or a priority that it has not.
    pub fn new(policy: c_int, priority: c_int) -> Result<Self, Errno> {
        let priority = match policy {
            OTHER if priority == priority::as_int(Priority::LOWEST) => Priority::LOWEST,
            FIFO | RR => priority::realtime(priority).ok_or(Errno::INVAL)?,
            _ => return Err(Errno::INVAL),
        };
        Ok(Self { policy, priority })
    }

    /// A `SCHED_*`.
    pub fn policy(self) -> c_int {
        self.policy
    }

    pub fn priority(self) -> Priority {
        self.priority
    }

    /// That of a thread.
    pub fn of(thread: &Thread) -> Self {
        Self {
            policy: thread.policy.get(),
            priority: thread.priorities.base.get(),
        }
    }

    /// Makes it that of a thread. Nobody else runs inside.
    pub fn give_to(self, thread: &Thread) {
        thread.policy.set(self.policy);
        thread.priorities.base.set(self.priority);
        priority::settle(thread);
    }
}

/// Changes the scheduling of a thread.
fn change(thread: &Thread, scheduling: Scheduling) {
    patience::spend();
    scheduling.give_to(thread);
    // SWITCH: the thread may now go before the caller, or the caller behind
    // others.
    priority::preempt();
}

/// The lowest and the highest priority of a policy.
pub fn range(policy: c_int) -> Result<(Priority, Priority), Errno> {
    match policy {
        OTHER => Ok((Priority::LOWEST, Priority::LOWEST)),
        FIFO | RR => Ok((priority::REALTIME_MIN, Priority::MAX)),
        _ => Err(Errno::INVAL),
    }
}

/// The thread that a process id means.
pub fn find(process: c_int) -> Result<&'static Thread, Errno> {
    if process < 0 {
        Err(Errno::INVAL)
    } else if is_own_process(process) {
        Ok(current())
    } else {
        Err(Errno::SRCH)
    }
}

/// POSIX XSH `pthread_setschedparam`: `EINVAL` for a policy there is not, or a
/// priority that it has not.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_setschedparam(
    thread: *const Thread,
    policy: c_int,
    param: &SchedParam,
) -> c_int {
    status(Thread::find_live(thread).and_then(|thread| {
        change(thread, Scheduling::new(policy, param.get())?);
        Ok(())
    }))
}

/// POSIX XSH `pthread_getschedparam`: what the thread was given, whatever it
/// inherits at the moment.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_getschedparam(
    thread: *const Thread,
    policy: &Cell<c_int>,
    param: &SchedParam,
) -> c_int {
    patience::spend();
    status(Thread::find(thread).map(|thread| {
        policy.set(thread.policy.get());
        param.set(priority::as_int(thread.priorities.base.get()));
    }))
}

/// POSIX XSH `pthread_setschedprio`: `EINVAL` for a priority that the thread's
/// policy has not.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_setschedprio(thread: *const Thread, priority: c_int) -> c_int {
    status(Thread::find_live(thread).and_then(|thread| {
        change(thread, Scheduling::new(thread.policy.get(), priority)?);
        Ok(())
    }))
}

/// POSIX XSH `sched_get_priority_max`.
#[unsafe(no_mangle)]
pub extern "C" fn sched_get_priority_max(policy: c_int) -> c_int {
    number_or_minus_one(range(policy).map(|(_, max)| priority::as_int(max)))
}

/// POSIX XSH `sched_get_priority_min`.
#[unsafe(no_mangle)]
pub extern "C" fn sched_get_priority_min(policy: c_int) -> c_int {
    number_or_minus_one(range(policy).map(|(min, _)| priority::as_int(min)))
}

/// POSIX XSH `sched_setscheduler`: returns the policy before.
#[unsafe(no_mangle)]
pub extern "C" fn sched_setscheduler(process: c_int, policy: c_int, param: &SchedParam) -> c_int {
    number_or_minus_one(find(process).and_then(|thread| {
        let before = thread.policy.get();
        change(thread, Scheduling::new(policy, param.get())?);
        Ok(before)
    }))
}

/// POSIX XSH `sched_getscheduler`.
#[unsafe(no_mangle)]
pub extern "C" fn sched_getscheduler(process: c_int) -> c_int {
    number_or_minus_one(find(process).map(|thread| thread.policy.get()))
}

/// POSIX XSH `sched_setparam`.
#[unsafe(no_mangle)]
pub extern "C" fn sched_setparam(process: c_int, param: &SchedParam) -> c_int {
    minus_one(find(process).and_then(|thread| {
        change(thread, Scheduling::new(thread.policy.get(), param.get())?);
        Ok(())
    }))
}

/// POSIX XSH `sched_getparam`. `EINVAL` without a place to put them.
#[unsafe(no_mangle)]
pub extern "C" fn sched_getparam(process: c_int, param: Option<&SchedParam>) -> c_int {
    minus_one(find(process).and_then(|thread| {
        let param = param.ok_or(Errno::INVAL)?;
        param.set(priority::as_int(thread.priorities.base.get()));
        Ok(())
    }))
}

/// POSIX XSH `sched_rr_get_interval`: 0, which is what Linux too says of a turn
/// that no clock ends. `EINVAL` without a place to put it.
#[unsafe(no_mangle)]
pub extern "C" fn sched_rr_get_interval(
    process: c_int,
    interval: Option<&Cell<Timespec>>,
) -> c_int {
    minus_one(find(process).and_then(|_| {
        interval.ok_or(Errno::INVAL)?.set(Timespec::ZERO);
        Ok(())
    }))
}

/// POSIX XSH `sched_yield`: lets every other runnable thread of the caller's
/// priority go first.
#[unsafe(no_mangle)]
pub extern "C" fn sched_yield() -> c_int {
    // SWITCH: every other runnable thread, but for those of lower priority.
    Coopt.yield_now();
    cancel::asynchronous_point();
    0
}
