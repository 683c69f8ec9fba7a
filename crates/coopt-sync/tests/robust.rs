//! Robust mutexes: what those see who come after an owner that died.

mod support;

use std::rc::Rc;

use coopt_sync::{Condvar, Deadline, Error, Instant, Kind, Mutex, Platform};
use support::World;

fn robust(kind: Kind) -> Rc<Mutex> {
    Rc::new(Mutex::robust(kind))
}

/// A thread that takes `mutex`, lets the others queue up, and ends.
fn die_holding(world: &World, mutex: &Rc<Mutex>) {
    let mutex = Rc::clone(mutex);
    world.spawn(move |w| {
        mutex.lock(w).expect("free");
        w.yield_now();
        mutex.abandon(w);
    });
}

#[test]
fn the_first_waiter_is_told_and_the_others_are_not_once_it_is_consistent() {
    let world = World::new();
    let mutex = robust(Kind::Normal);
    die_holding(&world, &mutex);
    for name in 0..3 {
        let mutex = Rc::clone(&mutex);
        world.spawn(move |w| {
            let told = match mutex.lock(w) {
                Ok(()) => 0,
                Err(Error::OwnerDied) => {
                    mutex.consistent(w).expect("it is mine to repair");
                    10
                }
                Err(error) => panic!("{error:?}"),
            };
            w.note(told + name);
            mutex.unlock(w).expect("mine");
        });
    }
    world.run_to_end();
    assert_eq!(world.notes(), [10, 1, 2]);
    assert_eq!(mutex.owner(), None);
}

#[test]
fn without_waiters_the_next_locker_is_told() {
    for kind in [Kind::Normal, Kind::Recursive, Kind::ErrorCheck] {
        let world = World::new();
        let mutex = robust(kind);
        die_holding(&world, &mutex);
        let heir = Rc::clone(&mutex);
        world.spawn(move |w| {
            w.yield_now();
            assert_eq!(heir.try_lock(w), Err(Error::OwnerDied), "{kind:?}");
            assert_eq!(heir.owner(), Some(w.current()));
            heir.consistent(w).expect("inconsistent");
            assert_eq!(heir.consistent(w), Err(Error::Consistent));
            heir.unlock(w).expect("mine");
            heir.lock(w).expect("nobody died since");
            heir.unlock(w).expect("mine");
        });
        world.run_to_end();
    }
}

#[test]
fn an_unlock_without_repair_sends_everybody_away_for_ever() {
    let world = World::new();
    let mutex = robust(Kind::Normal);
    die_holding(&world, &mutex);
    let careless = Rc::clone(&mutex);
    world.spawn(move |w| {
        assert_eq!(careless.lock(w), Err(Error::OwnerDied));
        w.yield_now();
        careless.unlock(w).expect("mine");
    });
    for _ in 0..3 {
        let mutex = Rc::clone(&mutex);
        world.spawn(move |w| {
            assert_eq!(mutex.lock(w), Err(Error::NotRecoverable));
            assert_eq!(mutex.try_lock(w), Err(Error::NotRecoverable));
            let deadline = Deadline::Monotonic(Instant::from_ns(5));
            assert_eq!(mutex.lock_until(w, deadline), Err(Error::NotRecoverable));
            assert_eq!(mutex.unlock(w), Err(Error::NotOwner));
            assert_eq!(mutex.consistent(w), Err(Error::Consistent));
            w.note(1);
        });
    }
    world.run_to_end();
    assert_eq!(world.notes(), [1, 1, 1]);
    assert_eq!(mutex.owner(), None, "it can be destroyed");
}

#[test]
fn a_second_death_is_told_as_well() {
    let world = World::new();
    let mutex = robust(Kind::Recursive);
    die_holding(&world, &mutex);
    let second = Rc::clone(&mutex);
    world.spawn(move |w| {
        assert_eq!(second.lock(w), Err(Error::OwnerDied));
        second.lock(w).expect("a recursive one counts all the same");
        second.abandon(w);
    });
    let third = Rc::clone(&mutex);
    world.spawn(move |w| {
        assert_eq!(third.lock(w), Err(Error::OwnerDied));
        third.consistent(w).expect("inconsistent");
        third.unlock(w).expect("mine, and locked once");
    });
    world.run_to_end();
    assert_eq!(mutex.owner(), None);
}

#[test]
fn only_the_owner_unlocks_or_repairs_a_normal_one() {
    let world = World::new();
    let mutex = robust(Kind::Normal);
    die_holding(&world, &mutex);
    let owner = Rc::clone(&mutex);
    world.spawn(move |w| {
        assert_eq!(owner.lock(w), Err(Error::OwnerDied));
        w.yield_now();
        owner.consistent(w).expect("inconsistent");
        owner.unlock(w).expect("mine");
    });
    let stranger = Rc::clone(&mutex);
    world.spawn(move |w| {
        w.yield_now();
        assert_eq!(stranger.unlock(w), Err(Error::NotOwner));
        assert_eq!(stranger.consistent(w), Err(Error::NotOwner));
    });
    world.run_to_end();
    let plain = Mutex::new(Kind::Normal);
    assert_eq!(plain.consistent(&world), Err(Error::Consistent));
}

#[test]
fn a_signalled_waiter_is_told_whether_the_mutex_was_held_or_free() {
    for held in [true, false] {
        let world = World::new();
        let (mutex, condvar) = (robust(Kind::Normal), Rc::new(Condvar::new()));
        let (m, c) = (Rc::clone(&mutex), Rc::clone(&condvar));
        world.spawn(move |w| {
            m.lock(w).expect("free");
            assert_eq!(c.wait(w, &m, Deadline::Never), Err(Error::OwnerDied));
            assert_eq!(m.owner(), Some(w.current()));
            m.consistent(w).expect("inconsistent");
            m.unlock(w).expect("mine");
            w.note(1);
        });
        let m = Rc::clone(&mutex);
        world.spawn(move |w| {
            m.lock(w).expect("free");
            if held {
                condvar.signal(w, &m);
            }
            m.abandon(w);
            condvar.signal(w, &m);
        });
        world.run_to_end();
        assert_eq!(world.notes(), [1], "held {held}");
        assert_eq!(mutex.owner(), None);
    }
}

#[test]
fn a_waiter_of_a_lost_mutex_returns_without_it() {
    let world = World::new();
    let (mutex, condvar) = (robust(Kind::Normal), Rc::new(Condvar::new()));
    for deadline in [Deadline::Never, Deadline::Monotonic(Instant::from_ns(9))] {
        let (m, c) = (Rc::clone(&mutex), Rc::clone(&condvar));
        world.spawn(move |w| {
            m.lock(w).expect("free");
            assert_eq!(c.wait(w, &m, deadline), Err(Error::NotRecoverable));
            w.note(1);
        });
    }
    let (m, c) = (Rc::clone(&mutex), Rc::clone(&condvar));
    world.spawn(move |w| {
        m.lock(w).expect("free");
        m.abandon(w);
        assert_eq!(m.lock(w), Err(Error::OwnerDied));
        // To wait is to unlock without repair.
        assert_eq!(c.wait(w, &m, Deadline::Never), Err(Error::NotRecoverable));
        w.spend(10);
        c.broadcast(w, &m);
    });
    world.run_to_end();
    assert_eq!(world.notes(), [1, 1]);
    assert!(!condvar.has_waiters());
}

#[test]
fn bits_of_the_c_layer_stay_and_do_not_matter() {
    const CEILING: u32 = 99 << 8 | 0x80;
    let world = World::new();
    let mutex = Mutex::from_bits(Kind::Recursive.number() | Mutex::ROBUST | CEILING);
    assert!(mutex.is_robust());
    mutex.lock(&world).expect("free");
    mutex.lock(&world).expect("counts");
    mutex.set_bits(0x80);
    assert_eq!(
        mutex.bits(),
        Kind::Recursive.number() | Mutex::ROBUST | 0x80
    );
    mutex.unlock(&world).expect("mine");
    mutex.unlock(&world).expect("mine");
    assert_eq!(mutex.owner(), None);
}
