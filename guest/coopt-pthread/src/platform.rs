//! `coopt-sync`'s platform: the imports of the module "coopt".

use core::ptr;

use coopt_abi::guest::{NO_DEADLINE, NO_WAITERS};
use coopt_sync::{
    Clock, Handoff, Instant, Outcome, Platform, Priority, ReadLocks, Reason, ThreadId, WaitKind,
    Word,
};

use crate::cancel;
use crate::patience;
use crate::priority;
use crate::thread::current;
use crate::{imports, libc, signal};

/// The platform of a guest.
pub struct Coopt;

/// The locks that the calling thread reads.
#[thread_local]
static READ_LOCKS: ReadLocks = ReadLocks::new();

impl Coopt {
    /// Lets every other runnable thread of the caller's priority run first.
    pub fn yield_now(&self) {
        // SWITCH: to any of those, and handlers of signals that they sent.
        imports::thread_yield();
        signal::act();
    }
}

impl Platform for Coopt {
    #[inline]
    fn current(&self) -> ThreadId {
        libc::record().tid.get()
    }

    #[inline(always)]
    fn wait(
        &self,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Outcome {
        park(deadline, reason, |kind, owner, deadline_ns| {
            // SWITCH: any thread may run until this one is woken.
            imports::futex_wait(word, expected, kind, owner, deadline_ns)
        })
    }

    #[inline(always)]
    fn release_and_wait(
        &self,
        lock: Option<&Word>,
        word: &Word,
        expected: u32,
        deadline: Option<Instant>,
        reason: Reason,
    ) -> Outcome {
        let lock = match lock {
            // Who gets it may have to be given a priority first.
            Some(lock) if priority::goes_with_hand_overs() => {
                self.hand_over(lock);
                None
            }
            lock => lock,
        };
        park(deadline, reason, |kind, owner, deadline_ns| match lock {
            // SWITCH: any thread may run until this one is woken.
            None => imports::futex_wait(word, expected, kind, owner, deadline_ns),
            Some(lock) => {
                imports::futex_handoff_wait(lock, word, expected, kind, owner, deadline_ns)
            }
        })
    }

    fn wake(&self, word: &Word, count: u32) -> u32 {
        imports::futex_wake(word, count)
    }

    fn handoff(&self, word: &Word) -> Option<Handoff> {
        let handoff = Handoff::from_word(imports::futex_handoff(word))?;
        priority::hand_over(handoff.to);
        Some(handoff)
    }

    fn requeue(&self, from: &Word, to: &Word, count: u32) -> u32 {
        imports::futex_requeue(from, to, 0, count)
    }

    fn is_awaited_at(&self, address: usize) -> bool {
        imports::futex_priority(ptr::without_provenance(address)) != NO_WAITERS
    }

    fn now(&self, clock: Clock) -> Instant {
        Instant::from_ns(match clock {
            Clock::Monotonic => imports::clock_monotonic(),
            Clock::Realtime => realtime_ns(),
        })
    }

    #[inline]
    fn preempt(&self) {
        // SWITCH: threads of higher priority run.
        priority::preempt();
    }

    #[inline]
    fn with_read_locks<R>(&self, f: impl FnOnce(&ReadLocks) -> R) -> R {
        f(&READ_LOCKS)
    }

    fn priority(&self) -> Priority {
        current().priorities.present()
    }

    fn waiting_priority(&self, word: &Word) -> Priority {
        priority::first_waiter(word).unwrap_or(Priority::LOWEST)
    }
}

/// Parks by `park`, which gets the `kind`, `owner` and `deadline` arguments of
/// `futex_wait` and returns what that does.
// Inlined for the reason that `Semaphore::wait` is; besides, callers know
// their reason, and one arm of each `match` is left.
#[inline(always)]
fn park(
    deadline: Option<Instant>,
    reason: Reason,
    park: impl FnOnce(u32, u32, i64) -> u32,
) -> Outcome {
    let (kind, owner) = reason.to_arguments();
    let deadline_ns = deadline.map_or(NO_DEADLINE, as_deadline_ns);
    // Looked up before the switch: afterwards nothing of the thread's is in
    // the processor's cache any more.
    let me = current();
    // SWITCH: any thread may run until this one is woken.
    let park = || Outcome::from_bits(park(kind, owner, deadline_ns));
    let outcome = match reason.kind {
        WaitKind::Mutex => cancel::asynchronous_wait(park),
        WaitKind::Cond => {
            let outcome = park();
            // What is left to wait for is the mutex.
            cancel::wait_before_acting(me);
            outcome
        }
        _ => park(),
    };
    // SWITCH: handlers of signals that others sent. The caller is in no
    // queue any more.
    signal::act_as(me);
    if outcome == Outcome::Woken {
        // Others ran. One that timed out may not even have parked.
        patience::regain();
    }
    outcome
}

/// The `deadline` argument of `futex_wait`; what is too far away for it is as
/// good as its last value.
fn as_deadline_ns(at: Instant) -> i64 {
    i64::try_from(at.as_ns()).unwrap_or(i64::MAX)
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
