//! What programs of several families do.

use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;

use coopt_sim::threads::{Record, Threads};
use coopt_sync::{Clock, Deadline, Error, Priority};
use coopt_threads::mutex::kind::{INHERIT, PROTECT, with_ceiling};
use coopt_threads::scheduling::Scheduling;
use coopt_threads::send::{self, Target};
use coopt_threads::signal::Signal;
use coopt_threads::thread::priorities::Policy;
use coopt_threads::{Mutex, System as _, calls, join, sigmask, switch};

/// A thread as others name it.
pub type Handle = *const Record;

/// Starts a thread with its creator's scheduling.
pub fn spawn(t: &Threads, body: impl FnOnce(&Threads) + 'static) -> Handle {
    ptr::from_ref(t.spawn(body))
}

/// Starts a thread of this priority.
pub fn spawn_at(t: &Threads, number: u32, body: impl FnOnce(&Threads) + 'static) -> Handle {
    ptr::from_ref(t.spawn_with(scheduling(number), body))
}

/// The record of a thread that nobody has joined yet.
pub fn get(t: &Threads, thread: Handle) -> &Record {
    t.find(thread).expect("nobody has joined it")
}

/// Joins a thread that nobody else joins, and returns its result.
pub fn join(t: &Threads, thread: Handle) -> *mut c_void {
    join::join(t, get(t, thread), Deadline::Never).expect("nobody else joins it")
}

/// The priority with this number.
pub fn priority(number: u32) -> Priority {
    Priority::new(number).expect("it is in range")
}

/// A scheduling of this priority.
pub fn scheduling(number: u32) -> Scheduling {
    let policy = match number {
        0 => Policy::Other,
        _ => Policy::Fifo,
    };
    Scheduling::new(policy, priority(number)).expect("the policy has it")
}

/// The bits of a plain mutex.
pub const PLAIN: u32 = 0;
/// The bits of a mutex whose owner inherits.
pub const INHERITS: u32 = INHERIT;
/// The bits of a robust mutex.
pub const ROBUST: u32 = coopt_sync::Mutex::ROBUST;

/// The bits of a mutex with this ceiling.
pub fn protects(ceiling: u32) -> u32 {
    with_ceiling(PROTECT, priority(ceiling))
}

/// Locks a mutex without a deadline.
pub fn lock(t: &Threads, mutex: &Mutex) {
    assert_eq!(mutex.lock(t, Deadline::Never), Ok(()));
}

/// Unlocks a mutex that is the caller's.
pub fn unlock(t: &Threads, mutex: &Mutex) {
    assert_eq!(mutex.unlock(t), Ok(()));
}

/// Lets others run, or not.
pub fn dawdle(t: &Threads) {
    if t.world.choose(2) == 1 {
        switch::yield_now(t);
    }
}

/// A deadline that is soon, or none.
pub fn some_deadline(t: &Threads) -> Deadline {
    match t.world.choose(2) {
        0 => Deadline::Never,
        _ => t.world.deadline(Clock::Monotonic, 10),
    }
}

/// `nanosleep`.
pub fn sleep(t: &Threads, ns: u64) -> Result<(), Error> {
    let Deadline::Monotonic(until) = t.world.deadline(Clock::Monotonic, ns) else {
        unreachable!("it is on that clock");
    };
    switch::begin(t, calls::SLEEP);
    switch::wait(t, calls::SLEEP, || match switch::sleep(t, until) {
        coopt_sync::Outcome::Interrupted => Err(Error::Interrupted),
        _ => Ok(()),
    })
}

/// Lets all others run, those that sleep a little included.
pub fn let_all_run(t: &Threads) {
    assert_eq!(sleep(t, 1), Ok(()));
    switch::yield_now(t);
}

/// Runs `work` with `on_end` as a clean-up handler, which runs if the thread
/// ends inside.
pub fn guarded(t: &Threads, on_end: impl Fn(&Threads), work: impl FnOnce()) {
    struct Guard<'a> {
        threads: &'a Threads,
        on_end: &'a dyn Fn(&Threads),
    }
    extern "C" fn run(argument: *mut c_void) {
        #[expect(unsafe_code, reason = "C knows an address only")]
        // SAFETY: `guarded` passes its own guard, which its frame outlives.
        let guard = unsafe { &*argument.cast::<Guard<'_>>() };
        guard.threads.world.in_c(|| (guard.on_end)(guard.threads));
    }
    let guard = Guard {
        threads: t,
        on_end: &on_end,
    };
    let argument = (&raw const guard).cast_mut().cast();
    t.me().cleanup.guarded(run, argument, work);
}

/// The signals of one number that were sent to one recipient, a thread or the
/// process, and those that were noticed.
#[derive(Default)]
pub struct Tally {
    pending: Cell<bool>,
    sent: Cell<u32>,
    /// Of those for the process, how many were sent while none was pending.
    alone: Cell<u32>,
    noticed: Cell<u32>,
}

impl Tally {
    /// Sends a signal, which counts if none is pending.
    pub fn send(&self, t: &Threads, target: Target<'_, coopt_sim::threads::Own>, signal: Signal) {
        if let Target::Thread(thread) = target
            && thread.has_ended()
        {
            return;
        }
        if !self.pending.replace(true) {
            self.sent.set(self.sent.get() + 1);
        }
        assert_eq!(send::send(t, target, Some(signal)), Ok(()));
    }

    /// Sends a signal to the process, which counts if none is pending there or
    /// for the caller. The caller blocks the signal.
    pub fn send_to_process(&self, t: &Threads, signal: Signal) {
        if self.is_even() {
            self.alone.set(self.alone.get() + 1);
        }
        if !sigmask::pending(t).contains(signal) {
            self.sent.set(self.sent.get() + 1);
        }
        self.pending.set(true);
        assert_eq!(send::send(t, Target::Process, Some(signal)), Ok(()));
    }

    /// A thread has got a signal that was sent to it.
    pub fn notice(&self) {
        assert!(self.pending.replace(false), "a signal that nobody sent");
        self.noticed.set(self.noticed.get() + 1);
    }

    /// A thread has got a signal that was sent to the process.
    pub fn notice_of_process(&self) {
        self.noticed.set(self.noticed.get() + 1);
        assert!(self.noticed <= self.sent, "a signal that nobody sent");
    }

    /// Whether no signal is pending.
    pub fn is_even(&self) -> bool {
        self.sent == self.noticed
    }

    /// Asserts that no signal is lost that was sent while none was pending. (A
    /// thread that is given two signals of a number gets one.)
    pub fn inspect_of_process(&self) {
        assert!(self.noticed >= self.alone, "signals are lost");
    }

    /// How many signals were noticed.
    pub fn noticed(&self) -> u32 {
        self.noticed.get()
    }

    /// Asserts that each signal was noticed once.
    pub fn inspect(&self) {
        assert_eq!(self.noticed.get(), self.sent.get(), "signals are lost");
    }
}
