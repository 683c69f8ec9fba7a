//! What priorities change, in small scenes, one rule each.

use coopt_abi::wait::WaitKind;
use coopt_sched::{
    Action, Handoff, HostNeed, HostThread, Limits, Outcome, Owner, Priority, Requeued, Scheduler,
    ThreadId, WaitReason,
};

const MAIN: HostThread = HostThread(100);
const ADDRESS: u32 = 0x1000;
const FUTEX: WaitReason = WaitReason::new(WaitKind::Futex, ADDRESS, Owner::Nobody);
const LOCK: WaitReason = WaitReason::new(WaitKind::Mutex, 0x2000, Owner::InWord);

fn priority(number: u32) -> Priority {
    Priority::new(number).expect("the number is a priority")
}

/// A scheduler whose main thread has spawned a thread for each of these priorities,
/// on host threads 0, 1, ...
fn with_priorities<const N: usize>(priorities: [u32; N]) -> (Scheduler, [ThreadId; N]) {
    with_limits(Limits::DEFAULT, priorities)
}

fn with_limits<const N: usize>(limits: Limits, priorities: [u32; N]) -> (Scheduler, [ThreadId; N]) {
    let mut scheduler = Scheduler::new(limits, MAIN).expect("there is memory");
    let mut host = 0;
    let ids = priorities.map(|number| {
        assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
        let id = scheduler.spawn(host, Some(HostThread(host)));
        assert!(scheduler.set_priority(id, priority(number)));
        host += 1;
        id
    });
    (scheduler, ids)
}

/// As [`with_priorities`], and every spawned thread waits for the futex. The threads
/// park in the order of their ids, with equal priorities, and get their own
/// priorities afterwards.
fn with_waiters<const N: usize>(priorities: [u32; N]) -> (Scheduler, [ThreadId; N]) {
    let (mut scheduler, ids) = with_priorities([0; N]);
    assert_eq!(scheduler.yield_now(), switch(0));
    for next in 1..N as u32 {
        assert_eq!(scheduler.futex_wait(FUTEX, None), switch(next));
    }
    assert_eq!(scheduler.futex_wait(FUTEX, None), TO_MAIN);
    for (id, number) in ids.into_iter().zip(priorities) {
        assert!(scheduler.set_priority(id, priority(number)));
    }
    (scheduler, ids)
}

/// Wakes every waiter of the address and tells in which order.
fn hand_off_all(scheduler: &mut Scheduler, address: u32) -> Vec<ThreadId> {
    let mut order = Vec::new();
    while let Some(Handoff { to: thread, more }) = scheduler.futex_handoff(address) {
        order.push(thread);
        assert_eq!(more, scheduler.futex_priority(address).is_some());
    }
    order
}

fn switch(host: u32) -> Action {
    Action::Switch(HostThread(host))
}

const TO_MAIN: Action = Action::Switch(MAIN);

#[test]
fn numbers_in_range_are_priorities() {
    assert_eq!(Priority::new(0), Some(Priority::LOWEST));
    assert_eq!(
        Priority::new(Priority::MAX.get()).map(Priority::get),
        Some(Priority::MAX.get())
    );
    assert_eq!(Priority::new(Priority::MAX.get() + 1), None);
    assert_eq!(
        Priority::new(u32::MAX),
        None,
        "a negative number of the program"
    );
}

#[test]
fn a_thread_starts_with_the_lowest_priority_whoever_spawns_it() {
    let (mut scheduler, []) = with_priorities([]);
    assert!(scheduler.set_priority(ThreadId::MAIN, priority(9)));
    assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
    let id = scheduler.spawn(0, Some(HostThread(0)));
    assert_eq!(scheduler.priority(id), Some(Priority::LOWEST));
}

#[test]
fn a_reused_slot_has_forgotten_the_priority_of_its_last_thread() {
    let (mut scheduler, [id]) = with_priorities([5]);
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.exit(), TO_MAIN);
    assert_eq!(scheduler.priority(id), None);
    assert!(!scheduler.set_priority(id, priority(1)));
    assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Pooled));
    let id = scheduler.spawn(0, None);
    assert_eq!(scheduler.priority(id), Some(Priority::LOWEST));
}

#[test]
fn the_highest_priority_runs_first_and_equals_in_turn() {
    let (mut scheduler, _) = with_priorities([3, Priority::MAX.get(), 3, 64, 0]);
    for expected in [1, 3, 0, 2] {
        let action = match expected {
            1 => scheduler.yield_now(),
            _ => scheduler.exit(),
        };
        assert_eq!(action, switch(expected));
    }
    assert_eq!(scheduler.exit(), switch(4), "it was runnable before main");
    assert_eq!(scheduler.exit(), TO_MAIN);
}

#[test]
fn a_yield_lets_nobody_below_go_first() {
    let (mut scheduler, [_, equal]) = with_priorities([0, 7]);
    assert!(scheduler.set_priority(ThreadId::MAIN, priority(7)));
    assert_eq!(scheduler.yield_now(), switch(1));
    assert_eq!(scheduler.yield_now(), TO_MAIN);
    assert!(scheduler.set_priority(equal, priority(6)));
    assert_eq!(scheduler.yield_now(), Action::Continue);
}

#[test]
fn a_higher_priority_preempts_when_asked_and_not_before() {
    let (mut scheduler, ids) = with_priorities([0, 0, 0]);
    assert_eq!(scheduler.preempt(), Action::Continue, "all are equal");
    assert!(scheduler.set_priority(ids[1], priority(1)));
    assert_eq!(scheduler.current(), Some(ThreadId::MAIN));
    assert_eq!(scheduler.preempt(), switch(1));
    assert_eq!(
        scheduler.preempt(),
        Action::Continue,
        "all others are below"
    );
}

#[test]
fn who_was_preempted_goes_on_before_its_equals() {
    let (mut scheduler, _) = with_priorities([0, 1]);
    assert_eq!(scheduler.preempt(), switch(1));
    assert_eq!(scheduler.futex_wait(FUTEX, None), TO_MAIN);
    assert_eq!(scheduler.futex_wake(ADDRESS, 1), 1);
    assert_eq!(scheduler.preempt(), switch(1), "again");
    assert_eq!(scheduler.exit(), TO_MAIN);
    assert_eq!(scheduler.yield_now(), switch(0));
}

#[test]
fn a_preemption_counts_as_a_switch_and_gives_the_host_its_turn() {
    let limits = Limits {
        switches_per_host_yield: 1,
        ..Limits::DEFAULT
    };
    let (mut scheduler, _) = with_limits(limits, [1]);
    scheduler.pending_add(1);
    let before = scheduler.switches();
    assert_eq!(scheduler.preempt(), Action::YieldToHost);
    assert_eq!(scheduler.switches(), before + 1);
    assert_eq!(scheduler.resume(0), switch(0));
    assert_eq!(scheduler.preempt(), Action::Continue);
    assert_eq!(scheduler.switches(), before + 1, "nobody gave way");
}

#[test]
fn a_woken_thread_goes_behind_its_equals() {
    let (mut scheduler, _) = with_priorities([2, 2]);
    assert_eq!(scheduler.preempt(), switch(0));
    assert_eq!(scheduler.futex_wait(FUTEX, None), switch(1));
    assert_eq!(scheduler.futex_wake(ADDRESS, 1), 1);
    assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
    let late = scheduler.spawn(0, Some(HostThread(2)));
    assert!(scheduler.set_priority(late, priority(2)));
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.yield_now(), switch(2));
    assert_eq!(scheduler.yield_now(), switch(1));
}

#[test]
fn a_runnable_thread_moves_behind_its_equals_when_raised_and_before_them_when_lowered() {
    let (mut scheduler, ids) = with_priorities([4, 1, 8, 4]);
    assert!(scheduler.set_priority(ids[1], priority(4)));
    assert!(scheduler.set_priority(ids[2], priority(4)));
    assert!(scheduler.set_priority(ids[0], priority(4)), "no change");
    scheduler.validate();
    assert_eq!(scheduler.preempt(), switch(2), "it was lowered");
    assert_eq!(scheduler.exit(), switch(0));
    assert_eq!(scheduler.exit(), switch(3));
    assert_eq!(scheduler.exit(), switch(1), "it was raised");
    assert_eq!(scheduler.exit(), TO_MAIN);
}

#[test]
fn the_waiters_of_a_futex_are_woken_by_priority() {
    let (mut scheduler, ids) = with_waiters([0, 5, 5, 9, 2]);
    scheduler.validate();
    assert_eq!(scheduler.futex_priority(ADDRESS), Some(priority(9)));
    let order = hand_off_all(&mut scheduler, ADDRESS);
    assert_eq!(order, [ids[3], ids[1], ids[2], ids[4], ids[0]]);
    assert_eq!(scheduler.futex_priority(ADDRESS), None);
}

#[test]
fn a_thread_enters_the_queue_of_a_futex_by_its_priority() {
    let (mut scheduler, ids) = with_priorities([2, 4, 1, 3, 2]);
    assert_eq!(scheduler.preempt(), switch(1));
    for next in [3, 0, 4, 2] {
        assert_eq!(scheduler.futex_wait(FUTEX, None), switch(next));
    }
    assert_eq!(scheduler.futex_wait(FUTEX, None), TO_MAIN);
    // All parked in order of priority; these three park again, after lower ones.
    for (late, host) in [(1, 1), (3, 3), (0, 0)] {
        assert!(scheduler.wake_thread(ids[late]));
        assert_eq!(scheduler.preempt(), switch(host));
        assert_eq!(scheduler.futex_wait(FUTEX, None), TO_MAIN);
        scheduler.validate();
    }
    let order = hand_off_all(&mut scheduler, ADDRESS);
    assert_eq!(order, [ids[1], ids[3], ids[4], ids[0], ids[2]]);
}

#[test]
fn a_waiter_moves_behind_its_equals_when_raised_and_before_them_when_lowered() {
    let (mut scheduler, ids) = with_waiters([4, 4, 0, 9]);
    assert!(scheduler.set_priority(ids[2], priority(4)));
    assert!(scheduler.set_priority(ids[3], priority(4)));
    assert!(scheduler.set_priority(ids[0], priority(4)), "no change");
    let order = hand_off_all(&mut scheduler, ADDRESS);
    assert_eq!(order, [ids[3], ids[0], ids[1], ids[2]]);
}

#[test]
fn a_sleeping_thread_wakes_with_the_priority_it_was_given() {
    let (mut scheduler, [id]) = with_priorities([0]);
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.sleep_until(10), TO_MAIN);
    assert!(scheduler.set_priority(id, priority(1)));
    assert_eq!(scheduler.preempt(), Action::Continue, "it sleeps");
    assert_eq!(scheduler.expire(10), 1);
    assert_eq!(scheduler.preempt(), switch(0));
    assert_eq!(scheduler.outcome(), Outcome::TimedOut);
}

#[test]
fn a_requeue_takes_the_first_and_puts_them_where_they_belong() {
    let (mut scheduler, ids) = with_waiters([1, 6, 3, 3]);
    assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
    let middle = scheduler.spawn(0, Some(HostThread(4)));
    assert!(scheduler.set_priority(middle, priority(3)));
    assert_eq!(scheduler.preempt(), switch(4));
    assert_eq!(scheduler.futex_wait(LOCK, None), TO_MAIN);
    assert_eq!(
        scheduler.futex_requeue(ADDRESS, LOCK, 0, 3),
        Requeued { woken: 0, moved: 3 }
    );
    scheduler.validate();
    let order = hand_off_all(&mut scheduler, LOCK.address);
    assert_eq!(order, [ids[1], middle, ids[2], ids[3]]);
    assert_eq!(scheduler.futex_priority(ADDRESS), Some(priority(1)));
}

#[test]
fn a_moved_waiter_is_not_interrupted_until_it_waits_anew() {
    let (mut scheduler, [id]) = with_waiters([1]);
    assert_eq!(scheduler.futex_requeue(ADDRESS, LOCK, 0, 1).moved, 1);
    assert!(!scheduler.wake_thread(id));
    assert!(scheduler.set_priority(id, priority(2)));
    assert!(
        !scheduler.wake_thread(id),
        "a change of priority changes nothing"
    );
    assert_eq!(scheduler.futex_requeue(LOCK.address, FUTEX, 0, 1).moved, 1);
    assert!(!scheduler.wake_thread(id), "nor does another move");
    assert_eq!(scheduler.futex_wake(ADDRESS, 1), 1);
    assert_eq!(scheduler.preempt(), switch(0));
    assert_eq!(scheduler.outcome(), Outcome::Woken);
    assert_eq!(scheduler.futex_wait(FUTEX, None), TO_MAIN);
    assert!(scheduler.wake_thread(id));
}
