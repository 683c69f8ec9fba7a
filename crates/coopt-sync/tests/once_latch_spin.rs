//! The small objects: one-time initialisation, latches, spin locks, libc's lock.

mod support;

use std::cell::Cell;
use std::rc::Rc;

use coopt_sync::{
    Deadline, Error, Instant, Latch, LibcLock, Once, Owner, Reason, SpinLock, ThreadId, WaitKind,
};
use support::World;

#[test]
fn once_runs_one_initialiser_and_the_others_wait_for_it() {
    let world = World::new();
    let (once, runs) = (Rc::new(Once::new()), Rc::new(Cell::new(0)));
    for _ in 0..4 {
        let (once, runs) = (Rc::clone(&once), Rc::clone(&runs));
        world.spawn(move |w| {
            once.call(w, || {
                w.yield_now();
                runs.set(runs.get() + 1);
            });
            assert_eq!(runs.get(), 1, "nobody goes on before it is done");
        });
    }
    world.run_to_end();
}

#[test]
fn once_inside_itself_is_a_deadlock_that_names_the_owner() {
    let world = World::new();
    let once = Rc::new(Once::new());
    let inner = Rc::clone(&once);
    world.spawn(move |w| once.call(w, || inner.call(w, || unreachable!("it is running"))));
    let stuck = world.run();
    assert_eq!(stuck.len(), 1);
    assert_eq!(stuck[0].reason, Reason::owned(WaitKind::Once));
}

#[test]
fn a_latch_lets_everybody_through_once_open() {
    let world = World::new();
    let latch = Rc::new(Latch::new());
    let reason = Reason::held_by(WaitKind::Join, Some(ThreadId::new(4).expect("an id")));
    assert_eq!(
        reason.owner,
        Owner::Thread(ThreadId::new(4).expect("an id"))
    );
    for name in 0..3 {
        let latch = Rc::clone(&latch);
        world.spawn(move |w| {
            latch.wait(w, Deadline::Never, reason).expect("open");
            w.note(name);
        });
    }
    let opener = Rc::clone(&latch);
    world.spawn(move |w| {
        let deadline = Deadline::Monotonic(Instant::from_ns(100));
        assert_eq!(opener.wait(w, deadline, reason), Err(Error::TimedOut));
        opener.open(w);
        opener.wait(w, Deadline::Never, reason).expect("open");
        w.note(9);
    });
    world.run_to_end();
    assert_eq!(world.notes(), [9, 0, 1, 2]);
}

#[test]
fn a_spin_lock_is_handed_over_in_order() {
    let world = World::new();
    let lock = Rc::new(SpinLock::new());
    for name in 0..4 {
        let lock = Rc::clone(&lock);
        world.spawn(move |w| {
            lock.lock(w).expect("lock");
            assert_eq!(lock.lock(w), Err(Error::Deadlock));
            w.yield_now();
            w.note(name);
            lock.unlock(w).expect("mine");
            assert_eq!(lock.unlock(w), Err(Error::NotOwner));
        });
    }
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1, 2, 3]);
    assert!(!lock.is_held());
}

#[test]
fn libcs_lock_is_handed_over_in_order() {
    let world = World::new();
    let lock = Rc::new(LibcLock::new());
    for name in 0..4 {
        let lock = Rc::clone(&lock);
        world.spawn(move |w| {
            lock.lock(w);
            w.yield_now();
            w.note(name);
            lock.unlock(w);
        });
    }
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1, 2, 3]);
}

#[test]
fn an_abandoned_initialiser_is_run_by_the_first_waiter() {
    let world = World::new();
    let once = Rc::new(Once::new());
    let first = Rc::clone(&once);
    world.spawn(move |w| {
        first.call(w, || {
            w.yield_now();
            first.abandon(w);
            // A real thread would end here, without returning; this one parks.
            let never = Latch::new();
            let reason = Reason::new(WaitKind::Futex);
            let _ = never.wait(w, Deadline::Never, reason);
        });
    });
    for name in 1..4 {
        let once = Rc::clone(&once);
        world.spawn(move |w| {
            once.call(w, || {
                w.yield_now();
                w.note(name);
            });
            w.note(10 + name);
        });
    }
    assert_eq!(world.run().len(), 1, "all but the one that gave up");
    assert_eq!(world.notes(), [1, 11, 12, 13]);
}
