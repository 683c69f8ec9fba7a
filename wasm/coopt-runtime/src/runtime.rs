//! The one static: the scheduler and what surrounds it.

use core::cell::UnsafeCell;

use coopt_abi::action;
use coopt_abi::calls::AGAIN;
use coopt_abi::wait::{Owner, WaitKind};
use coopt_sched::{Action, HostThread, Limits, Scheduler, ThreadId, WaitReason};
use coopt_wasi::{Begun, Errno, Patience, Poll};

use crate::alarm::{Alarm, Armed, Clock};
use crate::calls::{self, Call, Calls, Wait};
use crate::report::Report;
use crate::wasi::{self, wasi};
use crate::window::Window;
use crate::{host, info};

/// Everything the runtime knows.
pub struct Runtime {
    pub scheduler: Scheduler,
    pub clock: Clock,
    pub alarm: Alarm,
    pub window: Window,
    /// The waitable set that whoever idles waits on.
    pub waitables: u32,
    calls: Calls,
    /// The report of a deadlock, once there is one.
    pub report: Option<Report>,
}

struct Slot(UnsafeCell<Option<Runtime>>);

// SAFETY: the module has one memory that is not shared, so one thread at a
// time executes in it.
unsafe impl Sync for Slot {}

static RUNTIME: Slot = Slot(UnsafeCell::new(None));

/// Runs `f` on the runtime.
///
/// `f` must not call back into an export of this crate: none does, since the
/// host functions it may call cannot re-enter the component.
pub fn with<R>(f: impl FnOnce(&mut Runtime) -> R) -> R {
    // SAFETY: exports of this crate do not call each other, and no frame of
    // this crate is alive across a thread switch (I1), so this is the only
    // reference.
    let slot = unsafe { &mut *RUNTIME.0.get() };
    match slot {
        Some(runtime) => f(runtime),
        // Nothing of the program runs before `program_start`.
        None => core::arch::wasm32::unreachable(),
    }
}

/// Makes the calling host thread the main thread. Called once, before `_start`.
#[unsafe(no_mangle)]
pub extern "C" fn program_start() {
    let limits = Limits {
        live_max: host::build::live_threads_max(),
        ..Limits::DEFAULT
    };
    let Ok(scheduler) = Scheduler::new(limits, HostThread(host::thread_index())) else {
        core::arch::wasm32::unreachable()
    };
    let waitables = host::waitable_set_new();
    let runtime = Runtime {
        scheduler,
        clock: Clock::new(),
        alarm: Alarm::new(),
        window: Window::CLOSED,
        waitables,
        calls: Calls::new(),
        report: None,
    };
    info::publish(&runtime.scheduler);
    wasi::start(waitables);
    // SAFETY: nothing refers to the static yet: `with` is not active,
    // because this is called by the component's entry, not by a program.
    unsafe { *RUNTIME.0.get() = Some(runtime) };
}

/// The action by which the calling thread waits for its call that has begun.
#[unsafe(no_mangle)]
pub extern "C" fn call_wait() -> u32 {
    with(Runtime::wait_for_call)
}

/// What the calling thread's call returns that has begun, or [`AGAIN`] when it has to wait again.
#[unsafe(no_mangle)]
pub extern "C" fn call_end() -> i32 {
    with(Runtime::end_call)
}

impl Runtime {
    /// Turns what the scheduler decided into the action for the trampoline.
    /// Inlined: most callers know that it is a switch.
    #[inline(always)]
    pub fn settle(&mut self, decided: Action) -> u32 {
        match decided {
            // Nobody else has run, so the record names the caller already.
            Action::Continue => action::CONTINUE,
            Action::Switch(host) => {
                info::publish(&self.scheduler);
                action::SWITCH | host.0
            }
            Action::End(host) => {
                info::publish(&self.scheduler);
                action::END | host.0
            }
            Action::YieldToHost => action::YIELD_TO_HOST,
            Action::Idle => self.idle(),
            Action::Deadlock => self.report(),
            Action::Finished => host::exit(0),
        }
    }

    /// Idling needs the alarm; if its time has come already, there is nothing
    /// to idle for and the scheduler decides again.
    #[cold]
    #[inline(never)]
    fn idle(&mut self) -> u32 {
        loop {
            match self
                .alarm
                .set(self.scheduler.next_deadline(), self.waitables)
            {
                Armed::Waiting => return action::IDLE,
                Armed::Passed => match self.resume() {
                    Action::Idle => {}
                    decided => return self.settle(decided),
                },
            }
        }
    }

    /// Reports the deadlock that has come about, and ends the program.
    #[cold]
    #[inline(never)]
    pub fn report(&mut self) -> u32 {
        let scheduler = &mut self.scheduler;
        let report = self.report.get_or_insert_with(|| Report::new(scheduler));
        report.go_on(self.waitables);
        action::IDLE
    }

    /// Goes on after the host has had its turn. Without a deadline nobody
    /// needs to know the time.
    pub fn resume(&mut self) -> Action {
        let now = match self.scheduler.next_deadline() {
            Some(_) => self.clock.now(),
            None => 0,
        };
        self.scheduler.resume(now)
    }
}

/// Calls that block only their caller.
impl Runtime {
    /// Begins a call, and returns the action by which the thread waits for it: `CONTINUE` when it
    /// has ended as it began.
    pub fn begin_call(&mut self, kind: WaitKind, begun: Begun) -> u32 {
        self.begin_poll(
            kind,
            begun.map(|call| Poll {
                deadline: None,
                asks_host: false,
                call,
            }),
        )
    }

    /// The same for a call that also ends by its time.
    pub fn begin_poll(&mut self, kind: WaitKind, begun: Result<Poll, Errno>) -> u32 {
        let thread = self.caller();
        match begun {
            Err(error) => self.calls.end(Errno::of(Err(error))),
            Ok(poll) => {
                let (future, patience) = match poll.call {
                    coopt_wasi::Call::Ended => {
                        self.calls.end(0);
                        return self.wait_for_call();
                    }
                    coopt_wasi::Call::Pending(future) => (future, Patience::Forever),
                    coopt_wasi::Call::Impatient(future, patience) => (future, patience),
                };
                let deadline = match patience {
                    Patience::Until(deadline) => Some(deadline),
                    Patience::AtOnce | Patience::Forever => poll.deadline,
                };
                let call = Call {
                    kind,
                    deadline,
                    has_time: matches!(patience, Patience::Until(_)),
                    asks_host: poll.asks_host || patience == Patience::AtOnce,
                    is_interrupted: false,
                    future,
                };
                self.calls.begin(thread, call);
                self.notice();
            }
        }
        self.wait_for_call()
    }

    /// The action by which the calling thread waits for its call; `CONTINUE` when that has ended.
    fn wait_for_call(&mut self) -> u32 {
        let action = match self.calls.wait_of(self.caller()) {
            None => return action::CONTINUE,
            Some(Wait::ForTurnOfHost) => self.scheduler.yield_to_host(),
            Some(Wait::Parked(kind, deadline)) => {
                // The program knows no end but the call's own.
                let reason = WaitReason::new(kind, 0, Owner::Nobody).uninterruptible();
                self.scheduler.park(reason, deadline)
            }
        };
        self.settle(action)
    }

    /// What the calling thread's call returns, or [`AGAIN`] when it has to wait again.
    fn end_call(&mut self) -> i32 {
        if let Some(errno) = self.calls.take_ended() {
            return errno;
        }
        let errno = self.calls.go_on(self.caller());
        self.notice();
        errno.unwrap_or(AGAIN)
    }

    /// Has the call of a thread end that waits for others; whether one waits.
    pub fn interrupt_call(&mut self, thread: ThreadId) -> bool {
        let waits = self.calls.interrupt(thread);
        if waits {
            self.scheduler.unpark(thread);
        }
        waits
    }

    /// Has calls go on that are to, and counts what the host carries out for them.
    pub fn notice(&mut self) {
        for thread in calls::take_raised() {
            if self.calls.has(thread) {
                self.scheduler.unpark(thread);
            }
        }
        // What is read ahead for a poll that has ended wakes nobody.
        let pending = match self.calls.is_empty() {
            true => 0,
            false => wasi().events.under_way(),
        };
        let counted = self.scheduler.host_pending();
        self.scheduler.pending_add(pending.saturating_sub(counted));
        self.scheduler.pending_sub(counted.saturating_sub(pending));
    }

    fn caller(&self) -> ThreadId {
        self.scheduler.current().unwrap_or(ThreadId::MAIN)
    }
}
