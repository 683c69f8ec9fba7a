//! Mutexes: exclusion, order, kinds, deadlines.

mod support;

use std::cell::Cell;
use std::rc::Rc;

use coopt_sync::{Deadline, Error, Instant, Kind, Mutex, Owner, WaitKind};
use support::{REALTIME_AHEAD_NS, World};

fn monotonic(ns: u64) -> Deadline {
    Deadline::Monotonic(Instant::from_ns(ns))
}

fn realtime(ns: u64) -> Deadline {
    Deadline::Realtime(Instant::from_ns(REALTIME_AHEAD_NS.unsigned_abs() + ns))
}

fn normal() -> Rc<Mutex> {
    Rc::new(Mutex::new(Kind::Normal))
}

/// A thread that holds `mutex` from the start until `ns` have passed.
fn hold(world: &World, mutex: &Rc<Mutex>, ns: u64) {
    let mutex = Rc::clone(mutex);
    world.spawn(move |w| {
        mutex.lock(w).expect("free");
        w.yield_now();
        w.spend(ns);
        // A waiter whose time is up runs and finds the mutex still held.
        w.yield_now();
        mutex.unlock(w).expect("mine");
    });
}

#[test]
fn is_handed_over_in_order() {
    let world = World::new();
    let mutex = normal();
    for name in 0..5 {
        let mutex = Rc::clone(&mutex);
        world.spawn(move |w| {
            mutex.lock(w).expect("lock");
            w.note(name);
            w.yield_now();
            mutex.unlock(w).expect("mine");
        });
    }
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1, 2, 3, 4]);
    assert_eq!(mutex.owner(), None);
}

#[test]
fn an_unlocker_cannot_overtake_the_waiter_it_woke() {
    let world = World::new();
    let mutex = normal();
    for name in 0..2 {
        let mutex = Rc::clone(&mutex);
        world.spawn(move |w| {
            for _ in 0..3 {
                mutex.lock(w).expect("lock");
                w.note(name);
                w.yield_now();
                mutex.unlock(w).expect("mine");
            }
        });
    }
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1, 0, 1, 0, 1]);
}

#[test]
fn sixteen_threads_get_equal_turns() {
    let world = World::new();
    let mutex = normal();
    let turns = Rc::new([const { Cell::new(0_u32) }; 16]);
    for name in 0..16 {
        let (mutex, turns) = (Rc::clone(&mutex), Rc::clone(&turns));
        world.spawn(move |w| {
            while turns.iter().map(Cell::get).sum::<u32>() < 16_000 {
                mutex.lock(w).expect("lock");
                turns[name].set(turns[name].get() + 1);
                w.yield_now();
                mutex.unlock(w).expect("mine");
            }
        });
    }
    world.run_to_end();
    let (fewest, most) = (
        turns.iter().min().expect("16"),
        turns.iter().max().expect("16"),
    );
    assert!(
        most.get() - fewest.get() <= 1,
        "fewest {fewest:?}, most {most:?}"
    );
}

#[test]
fn excludes_under_every_drawn_schedule() {
    for seed in 0..200 {
        let world = World::seeded(seed);
        let (mutex, inside) = (normal(), Rc::new(Cell::new(0)));
        for _ in 0..4 {
            let (mutex, inside) = (Rc::clone(&mutex), Rc::clone(&inside));
            world.spawn(move |w| {
                for _ in 0..10 {
                    let deadline = monotonic(w.monotonic_ns() + w.roll(50));
                    match mutex.lock_until(w, deadline) {
                        Ok(()) => {}
                        Err(Error::TimedOut) => continue,
                        Err(error) => panic!("seed {seed}: {error:?}"),
                    }
                    assert_eq!(inside.replace(1), 0, "seed {seed}");
                    w.spend(w.roll(20));
                    w.yield_now();
                    inside.set(0);
                    mutex.unlock(w).expect("mine");
                }
            });
        }
        world.run_to_end();
        assert_eq!(mutex.owner(), None, "seed {seed}");
    }
}

#[test]
fn a_normal_relock_is_a_deadlock_that_names_the_owner() {
    let world = World::new();
    let mutex = normal();
    let inner = Rc::clone(&mutex);
    let thread = world.spawn(move |w| {
        inner.lock(w).expect("free");
        inner.lock(w).expect("never returns");
    });
    let stuck = world.run();
    assert_eq!(stuck.len(), 1);
    assert_eq!(stuck[0].thread, thread);
    assert_eq!(
        (stuck[0].reason.kind, stuck[0].reason.owner),
        (WaitKind::Mutex, Owner::InWord)
    );
    assert_eq!(mutex.owner(), Some(thread));
}

#[test]
fn a_recursive_mutex_counts() {
    let world = World::new();
    let mutex = Rc::new(Mutex::new(Kind::Recursive));
    let (first, second) = (Rc::clone(&mutex), Rc::clone(&mutex));
    world.spawn(move |w| {
        first.lock(w).expect("free");
        first.lock(w).expect("again");
        first.try_lock(w).expect("and again");
        w.yield_now();
        for name in 0..3 {
            w.note(name);
            first.unlock(w).expect("mine");
        }
        assert_eq!(first.unlock(w), Err(Error::NotOwner), "it was handed over");
    });
    world.spawn(move |w| {
        assert_eq!(second.try_lock(w), Err(Error::Busy));
        assert_eq!(second.unlock(w), Err(Error::NotOwner));
        second.lock(w).expect("lock");
        w.note(3);
        second.unlock(w).expect("mine");
        assert_eq!(second.unlock(w), Err(Error::NotOwner));
    });
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1, 2, 3]);
}

#[test]
fn an_error_checking_mutex_checks() {
    let world = World::new();
    let mutex = Rc::new(Mutex::new(Kind::ErrorCheck));
    let (first, second) = (Rc::clone(&mutex), Rc::clone(&mutex));
    world.spawn(move |w| {
        assert_eq!(first.unlock(w), Err(Error::NotOwner));
        first.lock(w).expect("free");
        assert_eq!(first.lock(w), Err(Error::Deadlock));
        assert_eq!(first.try_lock(w), Err(Error::Busy));
        w.yield_now();
        first.unlock(w).expect("mine");
    });
    world.spawn(move |w| assert_eq!(second.unlock(w), Err(Error::NotOwner)));
    world.run_to_end();
}

#[test]
fn a_deadline_ends_the_wait() {
    for deadline in [monotonic(100), realtime(100)] {
        let world = World::new();
        let mutex = normal();
        hold(&world, &mutex, 500);
        let waiter = Rc::clone(&mutex);
        world.spawn(move |w| {
            assert_eq!(waiter.lock_until(w, deadline), Err(Error::TimedOut));
            w.note(1);
        });
        world.run_to_end();
        assert_eq!(world.notes(), [1]);
        assert_eq!(mutex.owner(), None, "a stale mark of waiters is cleared");
    }
}

#[test]
fn a_lock_in_time_beats_the_deadline() {
    let world = World::new();
    let mutex = normal();
    hold(&world, &mutex, 50);
    let waiter = Rc::clone(&mutex);
    world.spawn(move |w| waiter.lock_until(w, realtime(100)).expect("in time"));
    world.run_to_end();
}

#[test]
fn a_passed_deadline_still_takes_what_is_free() {
    let world = World::new();
    let mutex = normal();
    world.spawn(move |w| {
        w.spend(1000);
        mutex.lock_until(w, realtime(1)).expect("free");
        assert_eq!(w.clock_reads(), 0);
        assert_eq!(mutex.lock_until(w, realtime(1)), Err(Error::TimedOut));
        assert_eq!(w.clock_reads(), 1, "one look at the clock, no wait");
        assert_eq!(mutex.lock_until(w, monotonic(1)), Err(Error::TimedOut));
        assert_eq!(w.clock_reads(), 1, "the platform compares its own clock");
    });
    world.run_to_end();
    assert_eq!(world.switches(), 1);
}

#[test]
fn a_malformed_deadline_matters_only_to_a_wait() {
    let world = World::new();
    let mutex = normal();
    world.spawn(move |w| {
        mutex.lock_until(w, Deadline::Malformed).expect("free");
        assert_eq!(
            mutex.lock_until(w, Deadline::Malformed),
            Err(Error::Malformed)
        );
    });
    world.run_to_end();
}

#[test]
fn a_time_of_day_set_back_prolongs_the_wait() {
    let world = World::new();
    let mutex = normal();
    let waiter = Rc::clone(&mutex);
    let setter = Rc::clone(&mutex);
    world.spawn(move |w| {
        setter.lock(w).expect("free");
        w.yield_now();
        w.set_realtime_ahead(-300);
        setter.lock_until(w, monotonic(1000)).expect_err("its own");
        setter.unlock(w).expect("mine");
    });
    world.spawn(move |w| {
        assert_eq!(waiter.lock_until(w, realtime(100)), Err(Error::TimedOut));
        assert_eq!(w.monotonic_ns(), 400, "the clock showed the deadline then");
    });
    world.run_to_end();
}

#[test]
fn an_interruption_does_not_end_the_wait() {
    let world = World::new();
    let mutex = normal();
    let (owner, waiter) = (Rc::clone(&mutex), Rc::clone(&mutex));
    world.spawn(move |w| {
        owner.lock(w).expect("free");
        w.yield_now();
        assert!(w.interrupt(coopt_sync::ThreadId::new(2).expect("an id")));
        w.yield_now();
        owner.unlock(w).expect("mine");
    });
    world.spawn(move |w| {
        waiter.lock(w).expect("waits on");
        waiter.unlock(w).expect("mine");
    });
    world.run_to_end();
    assert_eq!(mutex.owner(), None);
}
