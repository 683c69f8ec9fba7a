//! Condition variables: who wakes, when, how many switches it takes.

mod support;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use coopt_sync::{Condvar, Deadline, Error, Instant, Kind, Mutex, Platform, ThreadId};
use support::{REALTIME_AHEAD_NS, World};

#[derive(Default)]
struct Pair {
    mutex: Mutex,
    condvar: Condvar,
}

fn monotonic(ns: u64) -> Deadline {
    Deadline::Monotonic(Instant::from_ns(ns))
}

fn realtime(ns: u64) -> Deadline {
    Deadline::Realtime(Instant::from_ns(REALTIME_AHEAD_NS.unsigned_abs() + ns))
}

/// A thread that waits for one signal and notes `name`.
fn wait_and_note(world: &World, pair: &Rc<Pair>, name: u32) -> ThreadId {
    let pair = Rc::clone(pair);
    world.spawn(move |w| {
        pair.mutex.lock(w).expect("lock");
        pair.condvar
            .wait(w, &pair.mutex, Deadline::Never)
            .expect("signalled");
        assert_eq!(pair.mutex.owner(), Some(w.current()));
        w.note(name);
        pair.mutex.unlock(w).expect("mine");
    })
}

#[test]
fn signals_wake_in_order_whether_the_mutex_is_held_or_not() {
    for held in [true, false] {
        let world = World::new();
        let pair = Rc::new(Pair::default());
        for name in 0..3 {
            wait_and_note(&world, &pair, name);
        }
        let signaller = Rc::clone(&pair);
        world.spawn(move |w| {
            for _ in 0..3 {
                if held {
                    signaller.mutex.lock(w).expect("lock");
                }
                signaller.condvar.signal(w, &signaller.mutex);
                if held {
                    signaller.mutex.unlock(w).expect("mine");
                }
            }
        });
        world.run_to_end();
        assert_eq!(world.notes(), [0, 1, 2], "held {held}");
        assert!(!pair.condvar.has_waiters());
        assert_eq!(pair.mutex.owner(), None);
    }
}

#[test]
fn a_broadcast_releases_all_in_order_one_switch_each() {
    for held in [true, false] {
        let world = World::new();
        let pair = Rc::new(Pair::default());
        for name in 0..100 {
            wait_and_note(&world, &pair, name);
        }
        let caller = Rc::clone(&pair);
        world.spawn(move |w| {
            if held {
                caller.mutex.lock(w).expect("lock");
            }
            caller.condvar.broadcast(w, &caller.mutex);
            if held {
                caller.mutex.unlock(w).expect("mine");
            }
        });
        world.run_to_end();
        assert_eq!(world.notes(), (0..100).collect::<Vec<_>>());
        assert_eq!(
            world.switches(),
            201,
            "100 to wait, 1 to broadcast, 100 to go on"
        );
    }
}

#[test]
fn ping_pong_costs_one_switch_per_wait() {
    const ROUNDS: u32 = 100;
    let world = World::new();
    let pair = Rc::new(Pair::default());
    let ball = Rc::new(Cell::new(0));
    for side in 0..2 {
        let (pair, ball) = (Rc::clone(&pair), Rc::clone(&ball));
        world.spawn(move |w| {
            pair.mutex.lock(w).expect("lock");
            for _ in 0..ROUNDS {
                while ball.get() % 2 != side {
                    pair.condvar
                        .wait(w, &pair.mutex, Deadline::Never)
                        .expect("signalled");
                }
                ball.set(ball.get() + 1);
                pair.condvar.signal(w, &pair.mutex);
            }
            pair.mutex.unlock(w).expect("mine");
        });
    }
    world.run_to_end();
    assert_eq!(ball.get(), 2 * ROUNDS);
    assert!(
        world.switches() <= 2 * ROUNDS + 2,
        "{} switches",
        world.switches()
    );
}

#[test]
fn a_signal_to_nobody_is_lost() {
    let world = World::new();
    let pair = Rc::new(Pair::default());
    let early = Rc::clone(&pair);
    world.spawn(move |w| early.condvar.signal(w, &early.mutex));
    wait_and_note(&world, &pair, 0);
    assert_eq!(world.run().len(), 1);
}

#[test]
fn a_deadline_ends_the_wait_with_the_mutex_held() {
    for deadline in [monotonic(100), realtime(100)] {
        let world = World::new();
        let pair = Rc::new(Pair::default());
        let waiter = Rc::clone(&pair);
        world.spawn(move |w| {
            waiter.mutex.lock(w).expect("free");
            let outcome = waiter.condvar.wait(w, &waiter.mutex, deadline);
            assert_eq!(outcome, Err(Error::TimedOut));
            assert_eq!(waiter.mutex.owner(), Some(w.current()));
            waiter.mutex.unlock(w).expect("mine");
            assert_eq!(w.monotonic_ns(), 100);
        });
        world.run_to_end();
        assert!(!pair.condvar.has_waiters());
    }
}

#[test]
fn a_passed_deadline_gives_others_the_mutex_first() {
    let world = World::new();
    let pair = Rc::new(Pair::default());
    let (waiter, other) = (Rc::clone(&pair), Rc::clone(&pair));
    world.spawn(move |w| {
        waiter.mutex.lock(w).expect("free");
        w.yield_now();
        let outcome = waiter.condvar.wait(w, &waiter.mutex, realtime(0));
        assert_eq!(outcome, Err(Error::TimedOut));
        w.note(1);
        waiter.mutex.unlock(w).expect("mine");
    });
    world.spawn(move |w| {
        other.mutex.lock(w).expect("lock");
        w.note(0);
        other.mutex.unlock(w).expect("mine");
    });
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1]);
}

#[test]
fn a_signalled_waiter_does_not_time_out_while_it_waits_for_the_mutex() {
    let world = World::new();
    let pair = Rc::new(Pair::default());
    let (waiter, signaller) = (Rc::clone(&pair), Rc::clone(&pair));
    world.spawn(move |w| {
        waiter.mutex.lock(w).expect("free");
        let outcome = waiter.condvar.wait(w, &waiter.mutex, monotonic(100));
        assert_eq!(outcome, Ok(()), "it was signalled at 50");
        waiter.mutex.unlock(w).expect("mine");
    });
    world.spawn(move |w| {
        signaller.mutex.lock(w).expect("lock");
        w.spend(50);
        signaller.condvar.signal(w, &signaller.mutex);
        w.spend(500);
        w.yield_now();
        signaller.mutex.unlock(w).expect("mine");
    });
    world.run_to_end();
}

#[test]
fn a_signal_after_a_timeout_goes_to_the_next_waiter() {
    let world = World::new();
    let pair = Rc::new(Pair::default());
    let (waiter, signaller) = (Rc::clone(&pair), Rc::clone(&pair));
    world.spawn(move |w| {
        waiter.mutex.lock(w).expect("free");
        let outcome = waiter.condvar.wait(w, &waiter.mutex, monotonic(100));
        assert_eq!(outcome, Err(Error::TimedOut));
        w.note(0);
        waiter.mutex.unlock(w).expect("mine");
    });
    wait_and_note(&world, &pair, 1);
    world.spawn(move |w| {
        // The first waiter's time is up, but it has not run since.
        w.spend(200);
        signaller.condvar.signal(w, &signaller.mutex);
    });
    world.run_to_end();
    let mut notes = world.notes();
    notes.sort_unstable();
    assert_eq!(notes, [0, 1]);
    assert!(!pair.condvar.has_waiters());
}

#[test]
fn a_time_of_day_set_back_never_times_out_early() {
    let world = World::new();
    let pair = Rc::new(Pair::default());
    let waiter = Rc::clone(&pair);
    world.spawn(move |w| {
        waiter.mutex.lock(w).expect("free");
        let deadline = realtime(100);
        let mut spurious = 0;
        while waiter.condvar.wait(w, &waiter.mutex, deadline).is_ok() {
            spurious += 1;
        }
        assert_eq!(spurious, 1);
        assert_eq!(w.monotonic_ns(), 400);
        waiter.mutex.unlock(w).expect("mine");
    });
    world.spawn(move |w| w.set_realtime_ahead(-300));
    world.run_to_end();
}

#[test]
fn the_depth_of_a_recursive_mutex_survives_the_wait() {
    let world = World::new();
    let pair = Rc::new(Pair {
        mutex: Mutex::new(Kind::Recursive),
        ..Pair::default()
    });
    let (waiter, signaller) = (Rc::clone(&pair), Rc::clone(&pair));
    world.spawn(move |w| {
        for _ in 0..3 {
            waiter.mutex.lock(w).expect("mine");
        }
        waiter
            .condvar
            .wait(w, &waiter.mutex, Deadline::Never)
            .expect("signalled");
        for _ in 0..3 {
            waiter.mutex.unlock(w).expect("mine");
        }
        assert_eq!(waiter.mutex.unlock(w), Err(Error::NotOwner));
    });
    world.spawn(move |w| {
        signaller.mutex.try_lock(w).expect("released by the wait");
        signaller.condvar.signal(w, &signaller.mutex);
        signaller.mutex.unlock(w).expect("mine");
    });
    world.run_to_end();
}

#[test]
fn a_wait_without_the_mutex_is_refused() {
    let world = World::new();
    let pair = Pair::default();
    world.spawn(move |w| {
        let refused = pair.condvar.wait(w, &pair.mutex, Deadline::Never);
        assert_eq!(refused, Err(Error::NotOwner));
        pair.mutex.lock(w).expect("free");
        let refused = pair.condvar.wait(w, &pair.mutex, Deadline::Malformed);
        assert_eq!(refused, Err(Error::Malformed));
        assert_eq!(pair.mutex.owner(), Some(w.current()));
    });
    world.run_to_end();
}

/// Producers and consumers with deadlines, interruptions and drawn schedules:
/// nothing is lost, nothing is left waiting.
#[test]
fn a_bounded_buffer_loses_nothing_under_drawn_schedules() {
    #[derive(Default)]
    struct Buffer {
        mutex: Mutex,
        not_full: Condvar,
        not_empty: Condvar,
        items: RefCell<VecDeque<u32>>,
    }
    const ITEMS: u32 = 20;
    for seed in 0..500 {
        let world = World::seeded(seed);
        let buffer = Rc::new(Buffer::default());
        for producer in 0..3 {
            let b = Rc::clone(&buffer);
            world.spawn(move |w| {
                for item in 0..ITEMS {
                    b.mutex.lock(w).expect("lock");
                    while b.items.borrow().len() == 2 {
                        let until = monotonic(w.monotonic_ns() + w.roll(40));
                        let _ = b.not_full.wait(w, &b.mutex, until);
                    }
                    b.items.borrow_mut().push_back(producer * ITEMS + item);
                    b.not_empty.signal(w, &b.mutex);
                    w.spend(w.roll(10));
                    b.mutex.unlock(w).expect("mine");
                }
            });
        }
        for consumer in 0..3 {
            let b = Rc::clone(&buffer);
            world.spawn(move |w| {
                for _ in 0..ITEMS {
                    b.mutex.lock(w).expect("lock");
                    while b.items.borrow().is_empty() {
                        let until = match consumer {
                            0 => Deadline::Never,
                            _ => monotonic(w.monotonic_ns() + w.roll(40)),
                        };
                        let _ = b.not_empty.wait(w, &b.mutex, until);
                    }
                    w.note(b.items.borrow_mut().pop_front().expect("not empty"));
                    b.mutex.unlock(w).expect("mine");
                    // A signal may also be given without the mutex.
                    b.not_full.signal(w, &b.mutex);
                }
            });
        }
        world.run_to_end();
        let mut notes = world.notes();
        notes.sort_unstable();
        assert_eq!(notes, (0..3 * ITEMS).collect::<Vec<_>>(), "seed {seed}");
        assert!(!buffer.not_full.has_waiters() && !buffer.not_empty.has_waiters());
    }
}

/// POSIX `pthread_cond_timedwait` releases and re-acquires the mutex even when
/// the time has passed. The clock is read once for that, and not again after.
#[test]
fn a_deadline_that_has_passed_costs_one_look_at_the_clock() {
    let world = World::new();
    let pair = Rc::new(Pair::default());
    world.spawn(move |w| {
        w.spend(100);
        pair.mutex.lock(w).expect("free");
        let reads = w.clock_reads();
        let waited = pair.condvar.wait(w, &pair.mutex, realtime(50));
        assert_eq!(waited, Err(Error::TimedOut));
        assert_eq!(w.clock_reads() - reads, 1);
        pair.mutex.unlock(w).expect("mine");
    });
    world.run_to_end();
}
