//! Operations stay O(1), and timers O(log n), with ten thousand waiters, and with ten
//! thousand runnable threads of all priorities.
//!
//! Nothing is timed: were a step linear in the number of waiters, the loops below
//! would take 10^9 steps and more, and the test minutes.

mod unhash;

use coopt_abi::wait::WaitKind;
use coopt_sched::{
    Action, HostNeed, HostThread, Limits, Outcome, Owner, Priority, Scheduler, ThreadId, WaitReason,
};

use unhash::unhash;

const WAITERS: u32 = 10_000;
const ROUNDS: u32 = 50;

/// Two addresses of one bucket, however many buckets there are.
const CROWDED: u32 = unhash(1);
const COLLIDING: u32 = unhash(2);

fn futex(address: u32) -> WaitReason {
    WaitReason::new(WaitKind::Futex, address, Owner::Nobody)
}

/// The main thread runs, and all others wait at the crowded address in the order of
/// their ids.
fn crowd(deadline: impl Fn(u32) -> Option<u64>) -> (Scheduler, Vec<ThreadId>) {
    let limits = Limits {
        switches_per_host_yield: u32::MAX,
        ..Limits::DEFAULT
    };
    let mut scheduler = Scheduler::new(limits, HostThread(WAITERS)).expect("there is memory");
    let mut ids = Vec::new();
    for n in 0..WAITERS {
        assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
        ids.push(scheduler.spawn(n, Some(HostThread(n))));
    }
    assert_eq!(scheduler.yield_now(), Action::Switch(HostThread(0)));
    for n in 0..WAITERS {
        let next = Action::Switch(HostThread(n + 1));
        assert_eq!(scheduler.futex_wait(futex(CROWDED), deadline(n)), next);
    }
    assert_eq!(scheduler.current(), Some(ThreadId::MAIN));
    (scheduler, ids)
}

#[test]
fn a_crowded_address_costs_a_colliding_one_nothing() {
    let (mut scheduler, ids) = crowd(|_| None);
    for _ in 0..ROUNDS * WAITERS {
        scheduler.wake_thread(ids[0]);
        assert_eq!(
            scheduler.futex_wait(futex(COLLIDING), None),
            Action::Switch(HostThread(0))
        );
        assert_eq!(scheduler.futex_wake(COLLIDING, 1), 1);
        assert_eq!(
            scheduler.futex_wait(futex(CROWDED), None),
            Action::Switch(HostThread(WAITERS))
        );
    }
    scheduler.validate();
}

#[test]
fn waiters_leave_from_anywhere_and_the_others_keep_their_order() {
    let (mut scheduler, ids) = crowd(|_| None);
    let (leaving, staying): (Vec<_>, Vec<_>) = ids.iter().partition(|id| id.get() % 3 == 0);
    for &id in leaving.iter().rev() {
        assert!(scheduler.wake_thread(id));
    }
    scheduler.validate();
    for (index, &id) in staying.iter().enumerate() {
        let handoff = scheduler.futex_handoff(CROWDED).unwrap();
        assert_eq!((handoff.to, handoff.more), (id, index + 1 < staying.len()));
    }
}

#[test]
fn timers_expire_in_order_and_those_of_woken_threads_do_not() {
    let deadline = |n: u32| u64::from(n.wrapping_mul(7919) % 1000);
    let (mut scheduler, ids) = crowd(|n| Some(deadline(n)));
    let woken = scheduler.futex_wake(CROWDED, WAITERS / 2);
    assert_eq!(woken, WAITERS / 2);
    let mut expected: Vec<_> = (WAITERS / 2..WAITERS).collect();
    expected.sort_by_key(|&n| deadline(n));
    for now in 0..1000 {
        let due = expected.iter().filter(|&&n| deadline(n) == now).count();
        assert_eq!(scheduler.expire(now), due as u32);
    }
    scheduler.validate();
    for n in (0..WAITERS / 2).chain(expected) {
        assert_eq!(scheduler.yield_now(), Action::Switch(HostThread(n)));
        assert_eq!(scheduler.current(), Some(ids[n as usize]));
        let outcome = if n < WAITERS / 2 {
            Outcome::Woken
        } else {
            Outcome::TimedOut
        };
        assert_eq!(scheduler.outcome(), outcome);
    }
}

#[test]
fn threads_of_many_priorities_run_in_order_and_change_them_in_place() {
    let (mut scheduler, ids) = crowd(|_| None);
    let number = |n: u32, round: u32| n.wrapping_mul(7919).wrapping_add(round * 31) % 100;
    assert_eq!(scheduler.futex_wake(CROWDED, u32::MAX), WAITERS);
    for round in 0..ROUNDS {
        for (n, &id) in (0..).zip(&ids) {
            let priority = Priority::new(number(n, round)).expect("it is below 100");
            assert!(scheduler.set_priority(id, priority));
        }
    }
    scheduler.validate();
    let mut order = Vec::new();
    while scheduler.exit() != Action::Finished {
        let current = scheduler.current().expect("a thread runs");
        order.extend(scheduler.priority(current));
    }
    assert_eq!(order.len(), ids.len());
    assert!(order.is_sorted_by(|one, next| one >= next));
}

#[test]
fn a_waiter_above_all_others_and_one_below_enter_at_once() {
    let (mut scheduler, ids) = crowd(|_| None);
    let priority = |number| Priority::new(number).expect("it is below 100");
    for &id in &ids {
        assert!(scheduler.set_priority(id, priority(50)));
    }
    for round in 0..ROUNDS * WAITERS {
        let number = if round % 2 == 0 { 99 } else { 0 };
        assert!(scheduler.set_priority(ids[0], priority(number)));
    }
    scheduler.validate();
    assert_eq!(scheduler.futex_wake(CROWDED, WAITERS - 1), WAITERS - 1);
    let last = scheduler.futex_handoff(CROWDED).map(|handoff| handoff.to);
    assert_eq!(last, Some(ids[0]));
}
