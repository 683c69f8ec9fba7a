//! Semaphores: counting, order, deadlines, limits.

mod support;

use std::cell::Cell;
use std::rc::Rc;

use coopt_sync::{Deadline, Error, Instant, Semaphore, ThreadId, VALUE_MAX};
use support::World;

#[test]
fn counts() {
    let world = World::new();
    let semaphore = Semaphore::new(2);
    world.spawn(move |w| {
        semaphore.try_wait().expect("two");
        semaphore.wait(w, Deadline::Never).expect("one");
        assert_eq!(semaphore.try_wait(), Err(Error::Busy));
        semaphore.post(w).expect("room");
        assert_eq!(semaphore.value(), 1);
    });
    world.run_to_end();
}

#[test]
fn units_go_to_waiters_in_order() {
    let world = World::new();
    let semaphore = Rc::new(Semaphore::new(0));
    for name in 0..3 {
        let semaphore = Rc::clone(&semaphore);
        world.spawn(move |w| {
            semaphore.wait(w, Deadline::Never).expect("a unit");
            w.note(name);
        });
    }
    let giver = Rc::clone(&semaphore);
    world.spawn(move |w| {
        for _ in 0..3 {
            assert_eq!(giver.value(), 0);
            giver.post(w).expect("room");
            assert_eq!(giver.try_wait(), Err(Error::Busy), "the unit has an owner");
        }
        giver.post(w).expect("room");
        assert_eq!(giver.value(), 1, "nobody waits any more");
    });
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1, 2]);
}

#[test]
fn a_waiter_that_gave_up_takes_no_unit() {
    let world = World::new();
    let semaphore = Rc::new(Semaphore::new(0));
    let (waiter, giver) = (Rc::clone(&semaphore), Rc::clone(&semaphore));
    let deadline = Deadline::Monotonic(Instant::from_ns(100));
    world.spawn(move |w| {
        assert_eq!(waiter.wait(w, deadline), Err(Error::TimedOut));
        giver.post(w).expect("room");
    });
    world.run_to_end();
    assert_eq!(semaphore.value(), 1);
}

#[test]
fn an_interruption_ends_the_wait() {
    let world = World::new();
    let semaphore = Rc::new(Semaphore::new(0));
    let waiter = Rc::clone(&semaphore);
    world.spawn(move |w| {
        assert_eq!(waiter.wait(w, Deadline::Never), Err(Error::Interrupted));
    });
    world.spawn(|w| assert!(w.interrupt(ThreadId::new(1).expect("an id"))));
    world.run_to_end();
}

#[test]
fn overflow_is_refused() {
    let world = World::new();
    let semaphore = Semaphore::new(VALUE_MAX);
    world.spawn(move |w| {
        assert_eq!(semaphore.post(w), Err(Error::TooMany));
        assert_eq!(semaphore.value(), VALUE_MAX);
        semaphore.try_wait().expect("many");
        semaphore.post(w).expect("room again");
    });
    world.run_to_end();
}

#[test]
fn units_are_neither_lost_nor_made_under_drawn_schedules() {
    for seed in 0..300 {
        let world = World::seeded(seed);
        let semaphore = Rc::new(Semaphore::new(3));
        let taken = Rc::new(Cell::new(0_u32));
        for _ in 0..6 {
            let (semaphore, taken) = (Rc::clone(&semaphore), Rc::clone(&taken));
            world.spawn(move |w| {
                for _ in 0..10 {
                    let until = Instant::from_ns(w.monotonic_ns() + w.roll(30));
                    let deadline = Deadline::Monotonic(until);
                    if semaphore.wait(w, deadline).is_err() {
                        continue;
                    }
                    taken.set(taken.get() + 1);
                    assert!(taken.get() <= 3, "seed {seed}");
                    w.spend(w.roll(20));
                    w.yield_now();
                    taken.set(taken.get() - 1);
                    semaphore.post(w).expect("room");
                }
            });
        }
        world.run_to_end();
        assert_eq!(semaphore.value(), 3, "seed {seed}");
    }
}
