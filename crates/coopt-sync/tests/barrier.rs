//! Barriers: everybody meets, one leads, the next round begins at once.

mod support;

use std::cell::Cell;
use std::rc::Rc;

use coopt_sync::{Arrival, Barrier, Error, ThreadId};
use support::World;

#[test]
fn one_of_one_leads_without_waiting() {
    let world = World::new();
    let barrier = Barrier::new(1);
    world.spawn(move |w| assert_eq!(barrier.wait(w), Arrival::Leader));
    world.run_to_end();
    assert_eq!(world.switches(), 1);
}

#[test]
fn rounds_do_not_mix() {
    const THREADS: u32 = 5;
    const ROUNDS: u32 = 20;
    for seed in 0..100 {
        let world = World::seeded(seed);
        let barrier = Rc::new(Barrier::new(THREADS));
        let arrivals = Rc::new(Cell::new(0));
        for _ in 0..THREADS {
            let (barrier, arrivals) = (Rc::clone(&barrier), Rc::clone(&arrivals));
            world.spawn(move |w| {
                for round in 1..=ROUNDS {
                    arrivals.set(arrivals.get() + 1);
                    if barrier.wait(w) == Arrival::Leader {
                        w.note(round);
                    }
                    assert!(arrivals.get() >= round * THREADS, "seed {seed}: too early");
                    assert!(
                        arrivals.get() < (round + 1) * THREADS,
                        "seed {seed}: too late"
                    );
                }
            });
        }
        world.run_to_end();
        assert_eq!(
            world.notes(),
            (1..=ROUNDS).collect::<Vec<_>>(),
            "one leader a round"
        );
        assert!(!barrier.is_busy());
    }
}

#[test]
fn an_interruption_does_not_end_the_wait() {
    let world = World::new();
    let barrier = Rc::new(Barrier::new(2));
    let (follower, leader) = (Rc::clone(&barrier), Rc::clone(&barrier));
    world.spawn(move |w| {
        assert_eq!(follower.wait(w), Arrival::Follower);
        w.note(1);
    });
    world.spawn(move |w| {
        assert!(w.interrupt(ThreadId::new(1).expect("an id")));
        w.yield_now();
        assert_eq!(w.notes(), []);
        // Interrupted again, and released before it could run.
        assert!(w.interrupt(ThreadId::new(1).expect("an id")));
        assert_eq!(leader.wait(w), Arrival::Leader);
    });
    world.run_to_end();
    assert_eq!(world.notes(), [1]);
}

#[test]
fn retiring_waits_for_those_that_have_yet_to_find_out() {
    let world = World::new();
    let barrier = Rc::new(Barrier::new(3));
    for id in 1..=2 {
        let barrier = Rc::clone(&barrier);
        world.spawn(move |w| {
            assert_eq!(barrier.wait(w), Arrival::Follower);
            w.note(id);
        });
    }
    world.spawn(move |w| {
        assert_eq!(barrier.retire(w), Err(Error::Busy));
        assert!(w.interrupt(ThreadId::new(2).expect("an id")));
        assert_eq!(barrier.wait(w), Arrival::Leader);
        assert_eq!(barrier.retire(w), Ok(()));
        w.note(3);
        assert_eq!(barrier.retire(w), Ok(()));
    });
    world.run_to_end();
    let notes = world.notes();
    let place = |id| notes.iter().position(|&note| note == id);
    assert!(place(2) < place(3), "{notes:?}");
}
