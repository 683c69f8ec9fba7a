//! Only `new` and `prepare_spawn` allocate (I5), and both survive having no memory.
#![expect(
    unsafe_code,
    reason = "a counting global allocator has to be an unsafe impl"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use coopt_abi::wait::WaitKind;
use coopt_sched::{Action, HostNeed, HostThread, Limits, Owner, Scheduler, SpawnError, WaitReason};

thread_local! {
    /// Allocations that this thread may still make; each test has its own thread.
    static BUDGET: Cell<u64> = const { Cell::new(u64::MAX) };
}

struct Budgeted;

#[global_allocator]
static ALLOCATOR: Budgeted = Budgeted;

// SAFETY: the allocator answers as `System` does, or with null, which it may always
// do. The thread-local has neither a lazy initialiser nor a destructor, so no access
// to it allocates.
unsafe impl GlobalAlloc for Budgeted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let left = BUDGET.get();
        BUDGET.set(left.saturating_sub(1));
        match left {
            0 => std::ptr::null_mut(),
            // SAFETY: the caller's promises are those that `System` asks for.
            _ => unsafe { System.alloc(layout) },
        }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: `pointer` came from `System`, by `alloc` above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Runs `f` with memory for this many allocations. `f` asserts nothing, because a
/// failed assertion allocates.
fn with_budget<T>(allocations: u64, f: impl FnOnce() -> T) -> T {
    BUDGET.set(allocations);
    let result = f();
    BUDGET.set(u64::MAX);
    result
}

fn futex(address: u32) -> WaitReason {
    WaitReason::new(WaitKind::Futex, address, Owner::Nobody)
}

const THREADS: u32 = 1000;

#[test]
fn nothing_but_a_spawn_allocates() {
    let mut scheduler = Scheduler::new(Limits::DEFAULT, HostThread(THREADS)).unwrap();
    for n in 1..THREADS {
        assert_eq!(scheduler.prepare_spawn(), Ok(HostNeed::Fresh));
        with_budget(0, || scheduler.spawn(n, Some(HostThread(n))));
    }
    let mut waits = 0_u32;
    let last = with_budget(0, || {
        loop {
            waits += 1;
            let deadline =
                (waits.is_multiple_of(2)).then(|| u64::from(waits.wrapping_mul(7919) % 1000));
            let mut action = scheduler.futex_wait(futex(waits % 700), deadline);
            while action == Action::YieldToHost {
                action = scheduler.resume(0);
            }
            if action == Action::Idle {
                break scheduler.resume(500);
            }
            if waits.is_multiple_of(3) {
                scheduler.futex_wake(waits / 2 % 700, 2);
                scheduler.futex_requeue(waits % 700, futex(3), 0, 1);
            }
        }
    });
    assert!(
        waits >= THREADS && last != Action::Idle,
        "{waits} waits, then {last:?}"
    );
    scheduler.validate();
    let finished = with_budget(0, || {
        let mut now = 1000;
        loop {
            let mut action = scheduler.exit();
            while matches!(
                action,
                Action::YieldToHost | Action::Idle | Action::Deadlock
            ) {
                now += 1;
                (0..700).for_each(|address| {
                    scheduler.futex_wake(address, u32::MAX);
                });
                action = scheduler.resume(now);
            }
            if action == Action::Finished {
                break true;
            }
        }
    });
    assert!(finished && scheduler.live_count() == 0);
    scheduler.validate();
}

#[test]
fn a_report_allocates_nothing() {
    let mut scheduler = Scheduler::new(Limits::DEFAULT, HostThread(0)).unwrap();
    let join = WaitReason::new(
        WaitKind::Join,
        0,
        Owner::Thread(coopt_sched::ThreadId::MAIN),
    );
    assert_eq!(scheduler.park(join, None), Action::Deadlock);
    let counts = with_budget(0, || {
        let cycle = scheduler
            .find_cycle(|wait| wait.owner_id(|_| 0))
            .map(Iterator::count);
        (cycle, scheduler.threads().count())
    });
    assert_eq!(counts, (Some(1), 1));
}

#[test]
fn a_scheduler_without_memory_is_an_error() {
    let mut budget = 0;
    while let Err(error) = with_budget(budget, || {
        Scheduler::new(Limits::DEFAULT, HostThread(0)).map(drop)
    }) {
        assert_eq!(error, SpawnError::OutOfMemory);
        budget += 1;
    }
    assert!(budget > 1, "each table allocates");
}

#[test]
fn a_spawn_without_memory_fails_and_can_be_tried_again() {
    let mut scheduler = Scheduler::new(Limits::DEFAULT, HostThread(THREADS)).unwrap();
    let mut failures = 0;
    for n in 1..THREADS {
        let mut budget = 0;
        while let Err(error) = with_budget(budget, || scheduler.prepare_spawn().map(|_| ())) {
            assert_eq!(error, SpawnError::OutOfMemory);
            assert_eq!(scheduler.live_count(), n);
            scheduler.validate();
            failures += 1;
            budget += 1;
        }
        scheduler.spawn(n, Some(HostThread(n)));
        // This waiter has to move when the tables grow next.
        let action = scheduler.futex_wait(futex(n), None);
        assert!(matches!(action, Action::Switch(_) | Action::YieldToHost));
        if action == Action::YieldToHost {
            let _ = scheduler.resume(0);
        }
    }
    assert!(
        failures >= 3 * 6,
        "the tables grow six times: {failures} failures"
    );
    assert_eq!(scheduler.live_count(), THREADS);
}
