//! The one static: the scheduler and what surrounds it.

use core::cell::UnsafeCell;

use coopt_abi::action;
use coopt_sched::{Action, HostThread, Limits, Scheduler};

use crate::alarm::{Alarm, Armed, Clock};
use crate::window::Window;
use crate::{host, info, report};

/// Everything the runtime knows.
pub struct Runtime {
    pub scheduler: Scheduler,
    pub clock: Clock,
    pub alarm: Alarm,
    pub window: Window,
    /// The waitable set that whoever idles waits on.
    pub waitables: u32,
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
    let runtime = Runtime {
        scheduler,
        clock: Clock::new(),
        alarm: Alarm::new(),
        window: Window::CLOSED,
        waitables: host::waitable_set_new(),
    };
    info::publish(&runtime.scheduler);
    host::settle_adapter();
    // SAFETY: nothing refers to the static yet: `with` is not active,
    // because this is called by the component's entry, not by a program.
    unsafe { *RUNTIME.0.get() = Some(runtime) };
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
            Action::Deadlock => report::deadlock(&mut self.scheduler),
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
