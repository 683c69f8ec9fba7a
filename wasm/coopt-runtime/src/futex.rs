//! Waits on words of the program's memory, and their wake-ups.
//!
//! The trampoline has compared the word already: nothing runs between the
//! comparison and these calls.

use coopt_abi::action;
use coopt_abi::calls::NO_WAITERS;
use coopt_abi::lock_word::Handoff;
use coopt_abi::wait::{Owner, WaitKind};
use coopt_sched::WaitReason;

use crate::clock;
use crate::runtime::{Runtime, with};

impl Runtime {
    /// Parks the current thread, unless its deadline is known to have passed.
    // Inlined for the reason that `Scheduler::futex_wait` is: a copy of the
    // `WaitReason` stalls.
    #[inline(always)]
    fn futex_wait(&mut self, reason: WaitReason, deadline: Option<u64>) -> u32 {
        if deadline.is_some_and(|deadline| self.clock.has_passed(deadline)) {
            self.scheduler.time_out_current();
            return action::CONTINUE;
        }
        let action = self.scheduler.futex_wait(reason, deadline);
        self.settle(action)
    }
}

/// `coopt.futex_wait`, after the comparison.
#[unsafe(no_mangle)]
pub extern "C" fn futex_wait(address: u32, kind: u32, owner: u32, deadline: i64) -> u32 {
    with(|runtime| {
        let reason = WaitReason::from_arguments(address, kind, owner);
        runtime.futex_wait(reason, clock::deadline(deadline))
    })
}

/// `memory.atomic.wait`, after the comparison: the timeout is relative, in
/// nanoseconds, and negative for none.
#[unsafe(no_mangle)]
pub extern "C" fn atomic_wait(address: u32, timeout: i64) -> u32 {
    with(|runtime| {
        let reason = WaitReason::new(WaitKind::Futex, address, Owner::Nobody).uninterruptible();
        let deadline = match u64::try_from(timeout) {
            Err(_) => None,
            Ok(0) => Some(0),
            Ok(timeout) => Some(runtime.clock.now().saturating_add(timeout)),
        };
        runtime.futex_wait(reason, deadline)
    })
}

/// How the calling thread's last wait ended: an `Outcome`, as a number.
#[unsafe(no_mangle)]
pub extern "C" fn wait_outcome() -> u32 {
    with(|runtime| runtime.scheduler.outcome().to_bits())
}

/// `memory.atomic.notify` and `coopt.futex_wake`
#[unsafe(no_mangle)]
pub extern "C" fn futex_wake(address: u32, count: u32) -> u32 {
    with(|runtime| runtime.scheduler.futex_wake(address, count))
}

/// `coopt.futex_handoff`
#[unsafe(no_mangle)]
pub extern "C" fn futex_handoff(address: u32) -> u32 {
    with(|runtime| Handoff::to_word(runtime.scheduler.futex_handoff(address)))
}

/// `coopt.futex_priority`
#[unsafe(no_mangle)]
pub extern "C" fn futex_priority(address: u32) -> i32 {
    with(|runtime| match runtime.scheduler.futex_priority(address) {
        None => NO_WAITERS,
        Some(priority) => priority.get().cast_signed(),
    })
}

/// `coopt.futex_requeue`: from then on the moved waiters wait for a lock, whose
/// word names its owner.
#[unsafe(no_mangle)]
pub extern "C" fn futex_requeue(from: u32, to: u32, wake_max: u32, move_max: u32) -> u32 {
    with(|runtime| {
        let to = WaitReason::new(WaitKind::Mutex, to, Owner::InWord);
        let requeued = runtime
            .scheduler
            .futex_requeue(from, to, wake_max, move_max);
        requeued.woken.saturating_add(requeued.moved)
    })
}
