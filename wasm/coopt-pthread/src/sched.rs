//! Policies and priorities: `sched.h`, and what `pthread.h` says of them.

use core::cell::Cell;
use core::ffi::c_int;

use coopt_abi::header::{SCHED_FIFO, SCHED_OTHER, SCHED_RR};
use coopt_threads::scheduling::{self, Scheduling};
use coopt_threads::thread::priorities::Policy;
use coopt_threads::{calls, switch};

use crate::answer::c_functions;
use crate::coopt::Coopt;
use crate::errno::Errno;
use crate::priority;
use crate::process;
use crate::record::{Thread, find, find_live};
use crate::time::Timespec;

/// `struct sched_param` begins with the priority.
pub type SchedParam = Cell<c_int>;

/// The policy with this number: `EINVAL` when there is none.
pub fn parse(policy: c_int) -> Result<Policy, Errno> {
    match policy {
        SCHED_OTHER => Ok(Policy::Other),
        SCHED_FIFO => Ok(Policy::Fifo),
        SCHED_RR => Ok(Policy::RoundRobin),
        _ => Err(Errno::INVAL),
    }
}

/// The number of a policy.
pub fn number(policy: Policy) -> c_int {
    match policy {
        Policy::Other => SCHED_OTHER,
        Policy::Fifo => SCHED_FIFO,
        Policy::RoundRobin => SCHED_RR,
    }
}

/// `EINVAL` for an unknown policy, or a priority that the policy does not have.
pub fn scheduling(policy: c_int, priority: c_int) -> Result<Scheduling, Errno> {
    let policy = parse(policy)?;
    priority::new(priority)
        .and_then(|priority| Scheduling::new(policy, priority))
        .ok_or(Errno::INVAL)
}

/// Lets every other runnable thread of the caller's priority go first.
pub fn yield_now() {
    // SWITCH: every other runnable thread, but for those of lower priority.
    switch::yield_now(&Coopt);
}

/// The policy and the priority that a thread was given, as C has them.
fn given(thread: &Thread) -> (c_int, c_int) {
    let scheduling = Scheduling::of(thread);
    (
        number(scheduling.policy()),
        priority::as_int(scheduling.priority()),
    )
}

c_functions! {
    /// POSIX XSH `pthread_setschedparam`: `EINVAL` for an unknown policy, or a
    /// priority that the policy does not have.
    fn pthread_setschedparam(thread: *const Thread, policy: c_int, param: &SchedParam) -> status {
        let thread = find_live(thread)?;
        scheduling::change(&Coopt, thread, scheduling(policy, param.get())?);
    }

    /// POSIX XSH `pthread_getschedparam`: what the thread was given, whatever it
    /// inherits at the moment.
    fn pthread_getschedparam(
        thread: *const Thread,
        policy: &Cell<c_int>,
        param: &SchedParam,
    ) -> status {
        switch::begin(&Coopt, calls::ASK);
        let given = given(find(thread)?);
        policy.set(given.0);
        param.set(given.1);
    }

    /// POSIX XSH `pthread_setschedprio`: `EINVAL` for a priority that the
    /// thread's policy does not have.
    fn pthread_setschedprio(thread: *const Thread, priority: c_int) -> status {
        let thread = find_live(thread)?;
        scheduling::change(&Coopt, thread, scheduling(given(thread).0, priority)?);
    }

    /// POSIX XSH `sched_get_priority_max`.
    fn sched_get_priority_max(policy: c_int) -> number {
        priority::as_int(parse(policy)?.range().1)
    }

    /// POSIX XSH `sched_get_priority_min`.
    fn sched_get_priority_min(policy: c_int) -> number {
        priority::as_int(parse(policy)?.range().0)
    }

    /// POSIX XSH `sched_setscheduler`: returns the policy before.
    fn sched_setscheduler(process: c_int, policy: c_int, param: &SchedParam) -> number {
        let thread = process::find(process)?;
        let before = given(thread).0;
        scheduling::change(&Coopt, thread, scheduling(policy, param.get())?);
        before
    }

    /// POSIX XSH `sched_getscheduler`.
    fn sched_getscheduler(process: c_int) -> number {
        given(process::find(process)?).0
    }

    /// POSIX XSH `sched_setparam`.
    fn sched_setparam(process: c_int, param: &SchedParam) -> minus_one {
        let thread = process::find(process)?;
        scheduling::change(&Coopt, thread, scheduling(given(thread).0, param.get())?);
    }

    /// POSIX XSH `sched_getparam`. `EINVAL` for a null `param`.
    fn sched_getparam(process: c_int, param: Option<&SchedParam>) -> minus_one {
        let thread = process::find(process)?;
        param.ok_or(Errno::INVAL)?.set(given(thread).1);
    }

    /// POSIX XSH `sched_rr_get_interval`: 0, which is what Linux too says of a
    /// turn that no clock ends. `EINVAL` for a null `interval`.
    fn sched_rr_get_interval(process: c_int, interval: Option<&Cell<Timespec>>) -> minus_one {
        process::find(process)?;
        interval.ok_or(Errno::INVAL)?.set(Timespec::ZERO);
    }

    /// Called by what coopt-build writes into loops, when the caller's turn is
    /// over: it runs handlers of signals, and is cancelled if its type is
    /// asynchronous.
    fn __coopt_turn_over() {
        // SWITCH: every other runnable thread of the caller's priority.
        switch::turn_over(&Coopt);
    }

    /// POSIX XSH `sched_yield`: lets every other runnable thread of the caller's
    /// priority go first.
    fn sched_yield() -> minus_one {
        yield_now()
    }
}
