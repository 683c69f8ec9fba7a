//! The contract in small scenes, one behaviour each.

use coopt_abi::wait::WaitKind;
use coopt_sched::{
    Action, Handoff, HostNeed, HostThread, Limits, Outcome, Owner, Requeued, Scheduler, SpawnError,
    ThreadId, WaitReason,
};

const MAIN: HostThread = HostThread(100);
const ADDRESS: u32 = 0x1000;
const FUTEX: WaitReason = WaitReason::new(WaitKind::Futex, ADDRESS, Owner::Nobody);

fn scheduler(limits: Limits) -> Scheduler {
    Scheduler::new(limits, MAIN).expect("there is memory")
}

/// A scheduler whose main thread has spawned `count` threads, on host threads 0, 1, ...
fn with_spawned(count: u32) -> (Scheduler, Vec<ThreadId>) {
    let mut scheduler = scheduler(Limits::DEFAULT);
    let ids = (0..count)
        .map(|n| {
            assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
            scheduler.spawn(n, Some(HostThread(n)))
        })
        .collect();
    (scheduler, ids)
}

fn switch(host: u32) -> Action {
    Action::Switch(HostThread(host))
}

const TO_MAIN: Action = Action::Switch(MAIN);

#[test]
fn ids_count_up_from_the_main_thread() {
    let (scheduler, ids) = with_spawned(3);
    assert_eq!(scheduler.current(), Some(ThreadId::MAIN));
    assert_eq!(ids.iter().map(|id| id.get()).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn a_lone_thread_that_yields_continues_until_the_host_has_its_turn() {
    let mut scheduler = scheduler(Limits {
        switches_per_host_yield: 3,
        ..Limits::DEFAULT
    });
    scheduler.pending_add(1);
    for _ in 0..2 {
        assert_eq!(scheduler.yield_now(), Action::Continue);
        assert_eq!(scheduler.yield_now(), Action::Continue);
        assert_eq!(scheduler.yield_now(), Action::YieldToHost);
        assert_eq!(scheduler.current(), None);
        assert_eq!(scheduler.resume(0), Action::Continue);
    }
}

#[test]
fn a_thread_may_give_the_host_its_turn_at_once() {
    let (mut scheduler, _) = with_spawned(1);
    assert_eq!(
        scheduler.yield_to_host(),
        switch(0),
        "nothing is asked of it"
    );
    assert_eq!(scheduler.yield_to_host(), TO_MAIN);
    scheduler.pending_add(1);
    assert_eq!(scheduler.yield_to_host(), Action::YieldToHost);
    assert_eq!(scheduler.current(), None);
    assert_eq!(scheduler.resume(0), switch(0), "it is behind the others");
    assert_eq!(scheduler.yield_now(), TO_MAIN);
}

#[test]
fn a_host_that_is_asked_for_nothing_gets_fewer_turns() {
    let mut scheduler = scheduler(Limits {
        switches_per_host_yield: 3,
        ..Limits::DEFAULT
    });
    for _ in 0..2 {
        for _ in 1..3 * Limits::QUIET_TURNS {
            assert_eq!(scheduler.yield_now(), Action::Continue);
        }
        assert_eq!(scheduler.yield_now(), Action::YieldToHost);
        assert_eq!(scheduler.resume(0), Action::Continue);
    }
}

#[test]
fn a_timer_expires_although_threads_never_idle() {
    let (mut scheduler, ids) = with_spawned(1);
    assert_eq!(scheduler.sleep_until(50), switch(0));
    while scheduler.yield_now() != Action::YieldToHost {}
    assert_eq!(
        scheduler.resume(50),
        Action::Continue,
        "the yielding thread is first in line"
    );
    assert_eq!(scheduler.current(), Some(ids[0]));
    assert_eq!(scheduler.yield_now(), TO_MAIN);
    assert_eq!(scheduler.outcome(), Outcome::TimedOut);
}

#[test]
fn the_last_thread_to_park_waits_for_the_host_and_goes_on_itself() {
    let mut scheduler = scheduler(Limits::DEFAULT);
    assert_eq!(scheduler.sleep_until(10), Action::Idle);
    assert_eq!(scheduler.next_deadline(), Some(10));
    assert_eq!(scheduler.resume(9), Action::Idle, "never early");
    assert_eq!(scheduler.resume(10), Action::Continue);
    assert_eq!(scheduler.outcome(), Outcome::TimedOut);
}

#[test]
fn waiters_wake_in_the_order_in_which_they_came() {
    let (mut scheduler, ids) = with_spawned(3);
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.futex_wait(FUTEX, None), switch(1));
    assert_eq!(scheduler.futex_wait(FUTEX, Some(1000)), switch(2));
    assert_eq!(scheduler.futex_wait(FUTEX, None), TO_MAIN);
    assert_eq!(
        scheduler.futex_handoff(ADDRESS),
        Some(Handoff {
            to: ids[0],
            more: true
        })
    );
    assert_eq!(scheduler.futex_wake(ADDRESS, u32::MAX), 2);
    assert_eq!(scheduler.futex_handoff(ADDRESS), None);
    assert_eq!(
        scheduler.next_deadline(),
        None,
        "a wake-up takes the timer out"
    );
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.yield_now(), switch(1));
    assert_eq!(scheduler.outcome(), Outcome::Woken);
}

#[test]
fn requeued_waiters_go_behind_those_already_there() {
    let (mut scheduler, ids) = with_spawned(3);
    let mutex = WaitReason::new(WaitKind::Mutex, 0x2000, Owner::InWord);
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.futex_wait(FUTEX, None), switch(1));
    assert_eq!(scheduler.futex_wait(FUTEX, None), switch(2));
    assert_eq!(scheduler.futex_wait(mutex, None), TO_MAIN);
    let requeued = scheduler.futex_requeue(ADDRESS, mutex, 1, u32::MAX);
    assert_eq!(requeued, Requeued { woken: 1, moved: 1 });
    assert_eq!(scheduler.futex_wake(ADDRESS, 1), 0);
    assert_eq!(scheduler.futex_handoff(0x2000).map(|h| h.to), Some(ids[2]));
    assert_eq!(scheduler.futex_handoff(0x2000).map(|h| h.to), Some(ids[1]));
}

#[test]
fn a_requeued_waiter_has_no_deadline_any_more() {
    let (mut scheduler, _) = with_spawned(1);
    let mutex = WaitReason::new(WaitKind::Mutex, 0x2000, Owner::InWord);
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.futex_wait(FUTEX, Some(10)), TO_MAIN);
    let requeued = scheduler.futex_requeue(ADDRESS, mutex, 0, 1);
    assert_eq!(requeued, Requeued { woken: 0, moved: 1 });
    assert_eq!(scheduler.next_deadline(), None);
    assert_eq!(scheduler.expire(u64::MAX), 0);
    assert!(scheduler.futex_handoff(0x2000).is_some());
}

#[test]
fn a_wait_whose_deadline_has_passed_ends_before_it_begins() {
    let mut scheduler = scheduler(Limits::DEFAULT);
    assert_eq!(scheduler.outcome(), Outcome::Woken);
    scheduler.time_out_current();
    assert_eq!(scheduler.outcome(), Outcome::TimedOut);
    assert_eq!(scheduler.current(), Some(ThreadId::MAIN));
}

#[test]
fn a_requeue_onto_the_same_futex_moves_nobody() {
    let (mut scheduler, _) = with_spawned(1);
    assert_eq!(scheduler.futex_wait(FUTEX, None), switch(0));
    assert_eq!(
        scheduler.futex_requeue(ADDRESS, FUTEX, 0, u32::MAX),
        Requeued::default()
    );
    assert_eq!(scheduler.futex_wake(ADDRESS, u32::MAX), 1);
}

#[test]
fn an_interrupted_wait_says_so() {
    let (mut scheduler, ids) = with_spawned(1);
    assert!(!scheduler.wake_thread(ids[0]), "it is not parked");
    assert_eq!(scheduler.futex_wait(FUTEX, Some(5)), switch(0));
    assert!(scheduler.wake_thread(ThreadId::MAIN));
    assert!(!scheduler.wake_thread(ThreadId::MAIN));
    assert_eq!(scheduler.futex_wake(ADDRESS, 1), 0);
    assert_eq!(scheduler.expire(5), 0);
    assert_eq!(scheduler.yield_now(), TO_MAIN);
    assert_eq!(scheduler.outcome(), Outcome::Interrupted);
}

#[test]
fn a_wait_that_is_not_interruptible_goes_on() {
    let (mut scheduler, _) = with_spawned(1);
    assert_eq!(
        scheduler.futex_wait(FUTEX.uninterruptible(), None),
        switch(0)
    );
    assert!(!scheduler.wake_thread(ThreadId::MAIN));
    assert_eq!(scheduler.futex_wake(ADDRESS, 1), 1);
    assert_eq!(scheduler.yield_now(), TO_MAIN);
    assert_eq!(scheduler.outcome(), Outcome::Woken);
}

#[test]
fn an_io_completion_does_not_end_a_futex_wait() {
    let (mut scheduler, _) = with_spawned(1);
    assert_eq!(scheduler.futex_wait(FUTEX, None), switch(0));
    assert!(!scheduler.unpark(ThreadId::MAIN));
    assert_eq!(scheduler.futex_wake(ADDRESS, 1), 1);
}

#[test]
fn a_thread_that_waits_for_io_is_not_deadlocked() {
    let mut scheduler = scheduler(Limits::DEFAULT);
    scheduler.pending_add(1);
    assert_eq!(
        scheduler.park(WaitReason::from_arguments(0, 0, 0), None),
        Action::Idle
    );
    scheduler.pending_sub(1);
    assert!(scheduler.unpark(ThreadId::MAIN));
    assert_eq!(scheduler.resume(0), Action::Continue);
    assert_eq!(scheduler.outcome(), Outcome::Woken);
}

#[test]
fn the_host_thread_of_an_exited_thread_is_reused() {
    let (mut scheduler, _) = with_spawned(1);
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.exit(), TO_MAIN);
    assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Pooled));
    let id = scheduler.spawn(42, None);
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.begin(), (id, 42));
}

#[test]
fn an_exited_thread_serves_the_host_and_then_hands_over() {
    let (mut scheduler, _) = with_spawned(1);
    assert_eq!(scheduler.sleep_until(10), switch(0));
    assert_eq!(scheduler.exit(), Action::Idle);
    assert_eq!(
        (scheduler.executing(), scheduler.current()),
        (HostThread(0), None)
    );
    assert_eq!(scheduler.resume(10), TO_MAIN);
}

#[test]
fn a_host_thread_that_does_not_fit_the_pool_ends_even_after_it_idled() {
    let mut scheduler = scheduler(Limits {
        pool_max: 0,
        ..Limits::DEFAULT
    });
    assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
    scheduler.spawn(0, Some(HostThread(0)));
    assert_eq!(scheduler.sleep_until(10), switch(0));
    assert_eq!(scheduler.exit(), Action::Idle);
    assert_eq!(scheduler.resume(10), Action::End(MAIN));
    assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
}

#[test]
fn the_program_outlives_its_main_thread() {
    let (mut scheduler, ids) = with_spawned(1);
    assert_eq!(scheduler.exit(), switch(0));
    assert_eq!(
        scheduler.prepare_spawn(),
        Ok(HostNeed::Fresh),
        "main's fiber is not reused"
    );
    assert!(!scheduler.is_live(ThreadId::MAIN));
    assert_eq!(scheduler.begin().0, ids[0]);
    assert_eq!(scheduler.exit(), Action::Finished);
}

#[test]
fn the_limit_on_live_threads_counts_the_main_thread() {
    let mut scheduler = scheduler(Limits {
        live_max: 1,
        ..Limits::DEFAULT
    });
    assert_eq!(scheduler.prepare_spawn(), Err(SpawnError::AtCap));
}

#[test]
fn a_self_join_is_a_deadlock_with_a_cycle_of_one() {
    let (mut scheduler, ids) = with_spawned(1);
    let join = WaitReason::new(WaitKind::Join, 0, Owner::Thread(ThreadId::MAIN));
    assert_eq!(scheduler.futex_wait(join, None), switch(0));
    assert_eq!(scheduler.futex_wait(FUTEX, None), Action::Deadlock);
    let cycle: Vec<_> = scheduler
        .find_cycle(|wait| wait.owner_id(|_| 0))
        .unwrap()
        .collect();
    assert_eq!(cycle, [ThreadId::MAIN]);
    let waits: Vec<_> = scheduler
        .threads()
        .map(|t| (t.id, t.wait.unwrap().kind))
        .collect();
    assert_eq!(
        waits,
        [(ThreadId::MAIN, WaitKind::Join), (ids[0], WaitKind::Futex)]
    );
}

#[test]
fn a_cycle_of_locks_is_found_through_their_words() {
    let (mut scheduler, ids) = with_spawned(3);
    let owners = [(0x10, ids[0]), (0x20, ids[1]), (0x30, ids[2])];
    let lock = |address| WaitReason::new(WaitKind::Mutex, address, Owner::InWord);
    assert_eq!(scheduler.futex_wait(lock(0x10), None), switch(0));
    assert_eq!(scheduler.futex_wait(lock(0x20), None), switch(1));
    assert_eq!(scheduler.futex_wait(lock(0x30), None), switch(2));
    assert_eq!(scheduler.futex_wait(lock(0x10), None), Action::Deadlock);
    let read_word = |address| {
        let owner = owners.iter().find(|&&(at, _)| at == address);
        owner.map_or(0, |&(_, id)| id.get() | 1 << 31)
    };
    let cycle = scheduler
        .find_cycle(|wait| wait.owner_id(read_word))
        .unwrap();
    assert_eq!(
        cycle.collect::<Vec<_>>(),
        ids,
        "the main thread waits, but for the cycle"
    );
    assert!(scheduler.find_cycle(|_| None).is_none());
}

#[test]
fn the_name_of_a_thread_is_cut_and_dies_with_it() {
    let (mut scheduler, ids) = with_spawned(1);
    assert_eq!(scheduler.name(ids[0]), Some(&b""[..]));
    assert!(scheduler.set_name(ids[0], b"a name that is far too long"));
    assert_eq!(scheduler.name(ids[0]), Some(&b"a name that is "[..]));
    assert_eq!(scheduler.yield_now(), switch(0));
    assert_eq!(scheduler.exit(), TO_MAIN);
    assert_eq!(scheduler.name(ids[0]), None);
    assert!(!scheduler.set_name(ids[0], b"late"));
}

#[test]
fn any_numbers_of_a_program_make_a_reason() {
    for kind in (0..=0x1ff).chain([u32::MAX]) {
        for owner in [0, 1, u32::MAX] {
            let reason = WaitReason::from_arguments(ADDRESS, kind, owner);
            assert_eq!(reason.owner == Owner::InWord, kind & 0x100 != 0);
            assert_eq!(
                reason.owner_id(|_| 7).is_none(),
                kind & 0x100 == 0 && owner != 1
            );
        }
    }
}
