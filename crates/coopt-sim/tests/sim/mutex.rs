//! Mutexes: exclusion, order, kinds, deadlines.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use coopt_sim::{Exclusion, World, assert_like_new};
use coopt_sync::{Error, Kind, Mutex, Platform as _};

use crate::{Size, check, check_priorities, some_deadline};

#[derive(Default)]
struct Shared {
    mutex: Mutex,
    section: Exclusion,
    /// Who asked for the mutex and has not got it yet, in order.
    queue: RefCell<VecDeque<u32>>,
    inside: Cell<u32>,
}

/// Asserts that the mutex is as new, and works.
fn inspect(world: &World, shared: &Shared, kind: Kind) {
    assert_like_new(&shared.mutex, &Mutex::new(kind));
    shared.mutex.lock(world).expect("free");
    shared.mutex.unlock(world).expect("mine");
}

/// Everybody locks however it likes; anybody can be interrupted, and somebody
/// sets the time of day back.
fn exclude(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        let thread = world.spawn(move |w| {
            for _ in 0..size.rounds {
                lock_somehow(w, &shared);
            }
        });
        world.allow_interrupt(thread);
    }
    world.allow_clock_change(-15);
    world.finally(move |w| inspect(w, &shared, Kind::Normal));
}

fn lock_somehow(w: &World, shared: &Shared) {
    let deadline = some_deadline(w);
    match shared.mutex.lock_until(w, deadline) {
        Ok(()) => {}
        Err(Error::TimedOut) => {
            assert!(w.is_over(deadline), "a timeout came early");
            return;
        }
        Err(error) => panic!("{error:?}"),
    }
    shared.section.pass_through(w);
    shared.mutex.unlock(w).expect("mine");
}

#[test]
fn one_owner_at_a_time_and_no_lock_is_lost() {
    check(&exclude);
    check_priorities(&exclude);
}

/// Everybody locks without a deadline, and gets the mutex in turn.
fn in_order(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        world.spawn(move |w| {
            for _ in 0..size.rounds {
                let me = w.current().get();
                shared.queue.borrow_mut().push_back(me);
                shared.mutex.lock(w).expect("it is handed over");
                assert_eq!(shared.queue.borrow_mut().pop_front(), Some(me), "overtaken");
                shared.section.pass_through(w);
                shared.mutex.unlock(w).expect("mine");
            }
        });
    }
    world.finally(move |w| inspect(w, &shared, Kind::Normal));
}

#[test]
fn it_is_handed_over_first_come_first_served() {
    check(&in_order);
}

/// Only a thread that unlocked as often as it locked lets others in.
fn recursive(world: &World, size: Size) {
    let shared = Rc::new(Shared {
        mutex: Mutex::new(Kind::Recursive),
        ..Shared::default()
    });
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        world.spawn(move |w| {
            for _ in 0..size.rounds {
                shared.mutex.lock(w).expect("recursive");
                assert_eq!(shared.inside.get(), 0, "not alone");
                shared.inside.set(w.current().get());
                shared.mutex.lock(w).expect("recursive");
                shared.section.pass_through(w);
                shared.mutex.unlock(w).expect("mine");
                w.yield_now();
                shared.inside.set(0);
                shared.mutex.unlock(w).expect("mine");
            }
        });
    }
    world.finally(move |w| inspect(w, &shared, Kind::Recursive));
}

#[test]
fn a_recursive_one_is_held_until_the_last_unlock() {
    check(&recursive);
}

/// Everybody does what is wrong and is told so.
fn error_checking(world: &World, size: Size) {
    let shared = Rc::new(Shared {
        mutex: Mutex::new(Kind::ErrorCheck),
        ..Shared::default()
    });
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        world.spawn(move |w| {
            for _ in 0..size.rounds {
                assert_eq!(shared.mutex.unlock(w), Err(Error::NotOwner));
                shared.mutex.lock(w).expect("not mine");
                assert_eq!(shared.mutex.lock(w), Err(Error::Deadlock));
                assert_eq!(shared.mutex.try_lock(w), Err(Error::Busy));
                shared.section.pass_through(w);
                shared.mutex.unlock(w).expect("mine");
            }
        });
    }
    world.finally(move |w| inspect(w, &shared, Kind::ErrorCheck));
}

#[test]
fn an_error_checking_one_checks_whoever_waits() {
    check(&error_checking);
}

/// Two threads take two mutexes in opposite order, without deadlines. If they
/// yield in between, each schedule is a noticed deadlock; else none is.
#[test]
fn a_cycle_is_a_deadlock_under_the_schedules_that_close_it() {
    let program = |world: &World, deadlock: bool| {
        let pair = Rc::new([Mutex::default(), Mutex::default()]);
        if deadlock {
            world.expect_deadlock();
        }
        for first in 0..2 {
            let pair = Rc::clone(&pair);
            world.spawn(move |w| {
                pair[first].lock(w).expect("free");
                if deadlock {
                    w.yield_now();
                }
                pair[1 - first].lock(w).expect("free");
                pair[1 - first].unlock(w).expect("mine");
                pair[first].unlock(w).expect("mine");
            });
        }
    };
    for deadlock in [false, true] {
        let explorer = coopt_sim::Explorer::model("cycle");
        let report = explorer.exhaustive(99, 999, &|w| program(w, deadlock));
        assert!(report.complete);
    }
}
