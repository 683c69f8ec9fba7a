//! Read-write locks: sharing, exclusion, turns, writers that give up.

mod support;

use std::cell::Cell;
use std::rc::Rc;

use coopt_sync::{Deadline, Error, Instant, PASSES_MAX, RwLock, ThreadId};
use support::World;

fn monotonic(ns: u64) -> Deadline {
    Deadline::Monotonic(Instant::from_ns(ns))
}

/// A thread that takes the lock, notes `name`, yields once and unlocks.
fn visit(world: &World, lock: &Rc<RwLock>, write: bool, name: u32) {
    let lock = Rc::clone(lock);
    world.spawn(move |w| {
        let taken = if write {
            lock.write(w, Deadline::Never)
        } else {
            lock.read(w, Deadline::Never)
        };
        taken.expect("lock");
        w.note(name);
        w.yield_now();
        lock.unlock(w).expect("mine");
    });
}

#[test]
fn readers_share_and_writers_do_not() {
    let world = World::new();
    let lock = RwLock::new();
    world.spawn(move |w| {
        lock.read(w, Deadline::Never).expect("free");
        lock.try_read(w).expect("shared");
        assert_eq!(lock.try_write(w), Err(Error::Busy));
        lock.unlock(w).expect("mine");
        lock.unlock(w).expect("mine");
        assert_eq!(lock.unlock(w), Err(Error::NotOwner));
        lock.write(w, Deadline::Never).expect("free");
        assert_eq!(lock.try_read(w), Err(Error::Busy));
        assert_eq!(lock.write(w, Deadline::Never), Err(Error::Deadlock));
        assert_eq!(lock.read(w, Deadline::Never), Err(Error::Deadlock));
        lock.unlock(w).expect("mine");
    });
    world.run_to_end();
}

#[test]
fn the_sides_take_turns() {
    let world = World::new();
    let lock = Rc::new(RwLock::taking_turns());
    visit(&world, &lock, false, 0);
    visit(&world, &lock, true, 10);
    visit(&world, &lock, false, 1);
    visit(&world, &lock, true, 11);
    visit(&world, &lock, false, 2);
    world.run_to_end();
    assert_eq!(world.notes(), [0, 10, 1, 2, 11]);
    assert!(!lock.is_held());
}

#[test]
fn neither_side_starves() {
    for (readers, writers) in [(8, 1), (1, 8)] {
        let world = World::new();
        let lock = Rc::new(RwLock::taking_turns());
        let turns = Rc::new([const { Cell::new(0_u32) }; 9]);
        for name in 0..readers + writers {
            let (lock, turns) = (Rc::clone(&lock), Rc::clone(&turns));
            world.spawn(move |w| {
                while turns.iter().map(Cell::get).sum::<u32>() < 900 {
                    match name < readers {
                        true => lock.read(w, Deadline::Never).expect("lock"),
                        false => lock.write(w, Deadline::Never).expect("lock"),
                    }
                    turns[name].set(turns[name].get() + 1);
                    w.yield_now();
                    lock.unlock(w).expect("mine");
                }
            });
        }
        world.run_to_end();
        let fewest = turns.iter().map(Cell::get).min().expect("9");
        assert!(
            fewest >= 50,
            "{readers} readers, {writers} writers: {turns:?}"
        );
    }
}

/// Two readers overlap for ever, so that the lock is never free; a writer gets
/// it all the same.
#[test]
fn readers_go_past_a_writer_but_not_for_ever() {
    let world = World::new();
    let lock = Rc::new(RwLock::new());
    let (passes, written) = (Rc::new(Cell::new(0_u32)), Rc::new(Cell::new(false)));
    for _ in 0..2 {
        let (lock, passes, written) = (Rc::clone(&lock), Rc::clone(&passes), Rc::clone(&written));
        world.spawn(move |w| {
            while !written.get() {
                lock.read(w, Deadline::Never).expect("lock");
                passes.set(passes.get() + 1);
                w.yield_now();
                lock.unlock(w).expect("mine");
            }
        });
    }
    let (writer, flag) = (Rc::clone(&lock), Rc::clone(&written));
    world.spawn(move |w| {
        writer.write(w, Deadline::Never).expect("its turn");
        flag.set(true);
        writer.unlock(w).expect("mine");
    });
    world.run_to_end();
    assert!(written.get());
    let passes = passes.get();
    assert!((PASSES_MAX..PASSES_MAX + 8).contains(&passes), "{passes}");
}

/// Two readers overlap for ever, and something makes writers leave the queue now
/// and then; the writer that waits gets the lock all the same.
fn the_writer_has_its_turn_although(disturb: impl Fn(&World, &RwLock, ThreadId) + Copy + 'static) {
    let world = World::new();
    let lock = Rc::new(RwLock::new());
    let (passes, written) = (Rc::new(Cell::new(0_u32)), Rc::new(Cell::new(false)));
    let (writer, flag) = (Rc::clone(&lock), Rc::clone(&written));
    let (first, held) = (Rc::clone(&lock), Rc::clone(&lock));
    world.spawn(move |w| {
        first.read(w, Deadline::Never).expect("free");
        w.yield_now();
        w.yield_now();
        first.unlock(w).expect("mine");
    });
    let writer = world.spawn(move |w| {
        writer.write(w, Deadline::Never).expect("its turn");
        flag.set(true);
        writer.unlock(w).expect("mine");
    });
    for _ in 0..2 {
        let (lock, passes, written) = (Rc::clone(&lock), Rc::clone(&passes), Rc::clone(&written));
        world.spawn(move |w| {
            while !written.get() {
                assert!(passes.get() < 4 * PASSES_MAX, "the writer starves");
                lock.read(w, Deadline::Never).expect("lock");
                passes.set(passes.get() + 1);
                w.spend(1);
                w.yield_now();
                lock.unlock(w).expect("mine");
            }
        });
    }
    let flag = Rc::clone(&written);
    world.spawn(move |w| {
        while !flag.get() {
            disturb(w, &held, writer);
            (0..10).for_each(|_| w.yield_now());
        }
    });
    world.run_to_end();
    assert!(written.get());
}

#[test]
fn a_writer_that_is_interrupted_has_its_turn() {
    the_writer_has_its_turn_although(|w, _, writer| {
        w.interrupt(writer);
    });
}

#[test]
fn a_writer_has_its_turn_although_others_give_up() {
    the_writer_has_its_turn_although(|w, lock, _| {
        let soon = monotonic(w.monotonic_ns() + 3);
        let _ = lock.write(w, soon).map(|()| lock.unlock(w));
    });
}

/// A thread that reads comes again while the writer that waits is out of the
/// queue; a second writer queues up behind it.
#[test]
fn reading_inside_reading_goes_past_a_writer_that_is_out_of_the_queue() {
    let world = World::new();
    let lock = Rc::new(RwLock::taking_turns());
    let (reader, first, second) = (Rc::clone(&lock), Rc::clone(&lock), Rc::clone(&lock));
    let interrupted = Rc::new(Cell::new(None));
    let writer = Rc::clone(&interrupted);
    world.spawn(move |w| {
        reader.read(w, Deadline::Never).expect("free");
        w.yield_now();
        assert!(w.interrupt(writer.get().expect("it waits")));
        reader
            .read(w, Deadline::Never)
            .expect("nobody is before it");
        w.yield_now();
        reader.unlock(w).expect("mine");
        reader.unlock(w).expect("mine");
    });
    interrupted.set(Some(world.spawn(move |w| {
        first.write(w, Deadline::Never).expect("its turn");
        first.unlock(w).expect("mine");
    })));
    world.spawn(move |w| {
        w.yield_now();
        second.write(w, Deadline::Never).expect("its turn");
        second.unlock(w).expect("mine");
    });
    world.run_to_end();
}

#[test]
fn a_reader_may_wait_for_another_reader_while_a_writer_waits() {
    let world = World::new();
    let lock = Rc::new(RwLock::new());
    let came = Rc::new(coopt_sync::Semaphore::new(0));
    let (first, second) = (Rc::clone(&lock), Rc::clone(&lock));
    let (awaited, posted) = (Rc::clone(&came), Rc::clone(&came));
    world.spawn(move |w| {
        first.read(w, Deadline::Never).expect("free");
        awaited.wait(w, Deadline::Never).expect("it comes");
        first.unlock(w).expect("mine");
    });
    visit(&world, &lock, true, 10);
    world.spawn(move |w| {
        second.read(w, Deadline::Never).expect("past the writer");
        posted.post(w).expect("one");
        second.unlock(w).expect("mine");
    });
    world.run_to_end();
    assert_eq!(world.notes(), [10]);
}

#[test]
fn a_writer_that_gives_up_lets_the_readers_behind_it_in() {
    let world = World::new();
    let lock = Rc::new(RwLock::taking_turns());
    let (reader, writer, behind) = (Rc::clone(&lock), Rc::clone(&lock), Rc::clone(&lock));
    let deadline = monotonic(100);
    world.spawn(move |w| {
        reader.read(w, Deadline::Never).expect("free");
        w.yield_now();
        w.spend(50);
        w.yield_now();
        w.spend(100);
        w.yield_now();
        w.yield_now();
        w.note(9);
        reader.unlock(w).expect("mine");
    });
    world.spawn(move |w| {
        assert_eq!(writer.write(w, deadline), Err(Error::TimedOut));
        w.note(0);
    });
    world.spawn(move |w| {
        behind.read(w, Deadline::Never).expect("lock");
        w.note(1);
        behind.unlock(w).expect("mine");
    });
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1, 9]);
    assert!(!lock.is_held());
}

#[test]
fn a_reader_goes_past_waiting_writers_but_not_past_one_that_writes() {
    let world = World::new();
    let lock = Rc::new(RwLock::taking_turns());
    let reader = Rc::clone(&lock);
    world.spawn(move |w| {
        reader.read(w, Deadline::Never).expect("free");
        w.yield_now();
        reader.read(w, Deadline::Never).expect("it reads");
        reader.try_read(w).expect("it reads");
        w.yield_now();
        for _ in 0..3 {
            reader.unlock(w).expect("mine");
        }
        assert_eq!(reader.try_read(w), Err(Error::Busy), "a writer has it");
        w.note(0);
    });
    visit(&world, &lock, true, 10);
    visit(&world, &lock, false, 1);
    world.run_to_end();
    assert_eq!(world.notes(), [0, 10, 1]);
    assert!(!lock.is_held());
}

#[test]
fn readers_of_two_locks_do_not_wait_for_each_other_behind_writers() {
    let world = World::new();
    let locks = [const { RwLock::taking_turns() }; 2].map(Rc::new);
    for first in 0..2 {
        let [mine, other] = [Rc::clone(&locks[first]), Rc::clone(&locks[1 - first])];
        world.spawn(move |w| {
            mine.read(w, Deadline::Never).expect("free");
            w.yield_now();
            other.read(w, Deadline::Never).expect("only read");
            other.unlock(w).expect("mine");
            mine.unlock(w).expect("mine");
        });
    }
    visit(&world, &locks[0], true, 0);
    visit(&world, &locks[1], true, 1);
    world.run_to_end();
    assert_eq!(world.notes(), [0, 1]);
}

#[test]
fn excludes_under_every_drawn_schedule() {
    for seed in 0..500 {
        let world = World::seeded(seed);
        let lock = Rc::new(RwLock::new());
        // Readers inside, or -1 for a writer.
        let inside = Rc::new(Cell::new(0_i32));
        for _ in 0..5 {
            let (lock, inside) = (Rc::clone(&lock), Rc::clone(&inside));
            world.spawn(move |w| {
                for _ in 0..10 {
                    let write = w.roll(3) == 0;
                    let deadline = match w.roll(4) {
                        0 => Deadline::Never,
                        _ => monotonic(w.monotonic_ns() + w.roll(60)),
                    };
                    let taken = if write {
                        lock.write(w, deadline)
                    } else {
                        lock.read(w, deadline)
                    };
                    if let Err(error) = taken {
                        assert_eq!(error, Error::TimedOut, "seed {seed}");
                        continue;
                    }
                    let before = inside.get();
                    assert!(if write { before == 0 } else { before >= 0 }, "seed {seed}");
                    inside.set(if write { -1 } else { before + 1 });
                    w.spend(w.roll(20));
                    w.yield_now();
                    inside.set(if write { 0 } else { inside.get() - 1 });
                    lock.unlock(w).expect("mine");
                }
            });
        }
        world.run_to_end();
        assert!(!lock.is_held(), "seed {seed}");
        assert_eq!(
            format!("{lock:?}"),
            format!("{:?}", RwLock::new()),
            "seed {seed}"
        );
    }
}
