//! `coopt-sync`'s platform: the imports of the module "coopt".

use core::ptr;

use coopt_abi::guest::{
    HANDOFF_MORE, NO_DEADLINE, NO_WAITERS, OWNER_IN_WORD, WAIT_INTERRUPTED, WAIT_NOT_EQUAL,
    WAIT_TIMED_OUT, WaitKind,
};
use coopt_abi::thread::{ID_MASK, MAIN};
use coopt_sync::{
    Clock, Handoff, Instant, Object, Owner, Platform, ReadLocks, Reason, ThreadId, Wait, Word,
    next_owner,
};

use crate::cancel;
use crate::patience;
use crate::priority::{self, Priority};
use crate::thread::current;
use crate::{imports, libc, signal};

/// The platform of a guest.
pub struct Coopt;

/// The locks that the calling thread reads.
#[thread_local]
static READ_LOCKS: ReadLocks = ReadLocks::new();

/// The thread that runs `main`.
pub const MAIN_ID: ThreadId = ThreadId::new(MAIN);

const _: () = assert!(
    ID_MASK == ThreadId::MAX,
    "a report finds owners where we put them"
);
const _: () = assert!(HANDOFF_MORE & ID_MASK == 0, "an id is told from the flag");

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
        ThreadId::new(libc::record().tid.get())
    }

    #[inline(always)]
    fn wait(&self, word: &Word, expected: u32, deadline: Option<Instant>, reason: Reason) -> Wait {
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
    ) -> Wait {
        let lock = match lock {
            // Who gets it may have to be given a priority first.
            Some(lock) if priority::goes_with_hand_overs() => {
                lock.set(next_owner(self, lock));
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
        let answer = imports::futex_handoff(word);
        let to = ThreadId::in_word(answer)?;
        priority::hand_over(to);
        Some(Handoff {
            to,
            more: answer & HANDOFF_MORE != 0,
        })
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

    fn priority(&self) -> u32 {
        current().priorities.present().number()
    }

    fn waiting_priority(&self, word: &Word) -> u32 {
        priority::first_waiter(word).map_or(0, Priority::number)
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
) -> Wait {
    let (kind, owner) = describe(reason);
    let deadline_ns = deadline.map_or(NO_DEADLINE, as_deadline_ns);
    // Looked up before the switch: afterwards nothing of the thread's is in
    // the processor's cache any more.
    let me = current();
    // SWITCH: any thread may run until this one is woken.
    let park = || park(kind, owner, deadline_ns);
    let answer = match reason.object {
        Object::Mutex => cancel::asynchronous_wait(park),
        Object::Condvar => {
            let answer = park();
            // What is left to wait for is the mutex.
            cancel::wait_before_acting(me);
            answer
        }
        _ => park(),
    };
    // SWITCH: handlers of signals that others sent. The caller is in no
    // queue any more.
    signal::act_as(me);
    match answer {
        WAIT_NOT_EQUAL => Wait::NotEqual,
        WAIT_TIMED_OUT => Wait::TimedOut,
        WAIT_INTERRUPTED => Wait::Interrupted,
        _woken => {
            // Others ran. One that timed out may not even have parked.
            patience::regain();
            Wait::Woken
        }
    }
}

/// The `deadline` argument of `futex_wait`; what is too far away for it is as
/// good as its last value.
fn as_deadline_ns(at: Instant) -> i64 {
    i64::try_from(at.as_ns()).unwrap_or(i64::MAX)
}

/// The `kind` and `owner` arguments of `futex_wait`.
fn describe(reason: Reason) -> (u32, u32) {
    let kind = match reason.object {
        Object::Mutex => WaitKind::Mutex,
        Object::LibcLock => WaitKind::LibcLock,
        Object::SpinLock => WaitKind::SpinLock,
        Object::Condvar => WaitKind::Cond,
        Object::Semaphore => WaitKind::Semaphore,
        Object::RwLockRead => WaitKind::RwLockRead,
        Object::RwLockWrite => WaitKind::RwLockWrite,
        Object::Barrier => WaitKind::Barrier,
        Object::Once => WaitKind::Once,
        Object::Join => WaitKind::Join,
        Object::Signal => WaitKind::Signal,
        Object::Futex => WaitKind::Futex,
    } as u32;
    match reason.owner {
        Owner::Unknown => (kind, 0),
        Owner::InWord => (kind | OWNER_IN_WORD, 0),
        Owner::Thread(thread) => (kind, thread.number()),
    }
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
