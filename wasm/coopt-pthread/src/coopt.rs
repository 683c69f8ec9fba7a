//! The world of the thread logic: the runtime's calls, and what only a program
//! can do.

use core::cell::Cell;
use core::ffi::c_void;

use coopt_abi::calls::NO_DEADLINE;
use coopt_abi::lock_word::Handoff;
use coopt_abi::thread::STACK_MARGIN;
use coopt_sync::{Clock, Instant, Outcome, Priority, ReadLocks, Reason, ThreadId, Word};
use coopt_threads::signal::Signal;
use coopt_threads::{End, Kernel, Process, Program, System, life};

use crate::cooperative::Cooperative;
use crate::record::{Own, Thread};
use crate::sigaction::SigAction;
use crate::{cache, imports, libc};

/// A program that runs as a component.
pub struct Coopt;

static PROCESS: Cooperative<Process<Own, SigAction>> = Cooperative::new(Process::new(Own::main()));

/// The locks that the calling thread reads.
#[thread_local]
static READ_LOCKS: ReadLocks = ReadLocks::new();

/// The calling thread's record. In a new thread it is the main thread's until
/// [`enter`].
#[thread_local]
static CURRENT: Cell<&'static Thread> = Cell::new(main());

/// The record of the thread that runs `main`.
pub const fn main() -> &'static Thread {
    let process = (&raw const PROCESS).cast::<Process<Own, SigAction>>();
    // SAFETY: the wrapper is transparent, and `PROCESS` lives for ever. (`Deref`
    // cannot be called in a constant.)
    unsafe { &(*process).main }
}

/// The record of the calling thread.
#[inline]
pub fn current() -> &'static Thread {
    CURRENT.get()
}

/// Makes `thread` the calling thread's record, at its beginning.
pub fn enter(thread: &'static Thread, id: ThreadId) {
    debug_assert!(core::ptr::eq(current(), main()), "a thread begins once");
    debug_assert!(thread.id.get() == Some(id), "the creator ran on");
    tell_stack(&thread.own);
    libc::record().tid.set(id);
    CURRENT.set(thread);
}

/// Tells where the calling thread's stack lies. The margin of a stack may lie in its guard.
fn tell_stack(own: &Own) {
    let margin = own.guard_size.min(STACK_MARGIN as usize);
    let size = own.stack_top.addr() - own.stack_low.addr();
    imports::stack_bounds(own.stack_low.wrapping_sub(margin), size);
}

impl Kernel for Coopt {
    #[inline]
    fn current(&self) -> ThreadId {
        libc::record().tid.get()
    }

    #[inline(always)]
    fn futex_wait(
        &self,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Outcome {
        let (kind, owner) = reason.to_arguments();
        // SWITCH: any thread may run until this one is woken.
        let outcome = imports::futex_wait(word, expected, kind, owner, deadline_ns(deadline));
        Outcome::from_bits(outcome)
    }

    fn futex_wake(&self, word: &Word, count: u32) -> u32 {
        imports::futex_wake(word, count)
    }

    fn futex_handoff(&self, word: &Word) -> Option<Handoff> {
        Handoff::from_word(imports::futex_handoff(word))
    }

    fn futex_requeue(&self, from: &Word, to: &Word, count: u32) -> u32 {
        imports::futex_requeue(from, to, 0, count)
    }

    fn futex_priority(&self, address: usize) -> Option<Priority> {
        let priority = imports::futex_priority(core::ptr::without_provenance(address));
        Priority::new(u32::try_from(priority).ok()?)
    }

    #[inline(always)]
    fn sleep_until(&self, deadline: Instant) -> Outcome {
        // SWITCH: other threads run until the deadline, or a signal.
        Outcome::from_bits(imports::sleep_until(deadline_ns(Some(deadline))))
    }

    fn thread_yield(&self) {
        // SWITCH: every other runnable thread, but for those of lower priority.
        imports::thread_yield();
    }

    fn thread_yield_to_host(&self) {
        // SWITCH: as by a yield, and those whose time has come.
        imports::thread_yield_to_host();
    }

    fn thread_preempt(&self) {
        // SWITCH: threads of higher priority.
        imports::thread_preempt();
    }

    fn thread_wake(&self, thread: ThreadId) {
        imports::thread_wake(thread.get());
    }

    fn thread_set_priority(&self, thread: ThreadId, priority: Priority) {
        let answer = imports::thread_set_priority(thread.get(), priority.get());
        debug_assert_eq!(answer, 0, "the thread lives and the priority exists");
    }

    fn now(&self, clock: Clock) -> Instant {
        Instant::from_ns(match clock {
            Clock::Monotonic => imports::clock_monotonic(),
            Clock::Realtime => realtime_ns(),
        })
    }
}

impl Program for Coopt {
    type Own = Own;
    type Action = SigAction;

    fn run_handler(&self, action: SigAction, signal: Signal) {
        // SWITCH: the handler is the program's code.
        action.run(signal);
    }

    fn end_thread(&self, result: *mut c_void) -> ! {
        life::exit(self, result)
    }

    fn unwind(&self) {
        // SWITCH: destructors are the program's code.
        libc::unwind();
    }

    fn destroy_thread_locals(&self) {
        // SWITCH: destructors are the program's code.
        libc::run_thread_destructors();
    }

    fn leave(&self) -> ! {
        imports::thread_exit()
    }

    fn end_process(&self, end: End) -> ! {
        match end {
            End::Returns => libc::exit_process(0),
            End::Terminated(signal) => {
                // The end of a pipeline is no news.
                if signal != Signal::PIPE {
                    libc::say_ended_by(signal.as_int());
                }
                libc::exit_at_once(BY_SIGNAL + signal.as_int())
            }
            End::Aborted(signal) => {
                if signal != Signal::ABRT {
                    libc::say_ended_by(signal.as_int());
                }
                core::arch::wasm32::unreachable()
            }
        }
    }

    fn abandon_streams(&self) {
        libc::abandon_stdio_locks();
    }

    fn free(&self, thread: &Thread) {
        cache::free(thread);
    }
}

/// What shells add to the number of a signal that ended a process.
pub const BY_SIGNAL: i32 = 128;

impl System for Coopt {
    #[inline]
    fn me(&self) -> &Thread {
        current()
    }

    #[inline]
    fn process(&self) -> &Process<Own, SigAction> {
        &PROCESS
    }

    #[inline]
    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R {
        f(&READ_LOCKS)
    }
}

/// The `deadline` argument of a call. A deadline that is too far away becomes
/// the last value there is.
#[inline(always)]
fn deadline_ns(deadline: Option<Instant>) -> i64 {
    deadline.map_or(NO_DEADLINE, |at| {
        i64::try_from(at.as_ns()).unwrap_or(i64::MAX)
    })
}

fn realtime_ns() -> u64 {
    const PRECISION_NS: u64 = 1;
    let mut now = 0;
    // SAFETY: `now` is a place for the answer.
    let errno =
        unsafe { imports::clock_time_get(imports::CLOCKID_REALTIME, PRECISION_NS, &mut now) };
    debug_assert_eq!(errno, 0, "every host has a time of day");
    now
}
