//! Read-write locks: readers or a writer, and neither side starves.

use std::cell::Cell;
use std::rc::Rc;

use coopt_sim::{World, assert_like_new};
use coopt_sync::{Deadline, Error, RwLock};

use crate::{Size, check, check_priorities, some_deadline};

struct Shared {
    lock: RwLock,
    new: fn() -> RwLock,
    readers: Cell<u32>,
    writers: Cell<u32>,
    /// How many sections of each kind have begun.
    reads: Cell<u32>,
    writes: Cell<u32>,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            lock: RwLock::new(),
            new: RwLock::new,
            readers: Cell::new(0),
            writers: Cell::new(0),
            reads: Cell::new(0),
            writes: Cell::new(0),
        }
    }
}

fn add(counter: &Cell<u32>, count: i32) {
    counter.set(
        counter
            .get()
            .checked_add_signed(count)
            .expect("not below 0"),
    );
}

impl Shared {
    fn taking_turns() -> Self {
        Self {
            lock: RwLock::taking_turns(),
            new: RwLock::taking_turns,
            ..Self::default()
        }
    }

    fn read(&self, w: &World) {
        add(&self.readers, 1);
        add(&self.reads, 1);
        assert_eq!(self.writers.get(), 0, "read and written at once");
        if w.choose(2) == 1 {
            w.yield_now();
            assert_eq!(self.writers.get(), 0, "read and written at once");
        }
        add(&self.readers, -1);
        self.lock.unlock(w).expect("mine");
    }

    fn write(&self, w: &World) {
        add(&self.writers, 1);
        add(&self.writes, 1);
        assert_eq!(
            (self.writers.get(), self.readers.get()),
            (1, 0),
            "not alone"
        );
        if w.choose(2) == 1 {
            w.yield_now();
            assert_eq!(
                (self.writers.get(), self.readers.get()),
                (1, 0),
                "not alone"
            );
        }
        add(&self.writers, -1);
        self.lock.unlock(w).expect("mine");
    }

    fn inspect(&self, w: &World) {
        assert_like_new(&self.lock, &(self.new)());
        self.lock.write(w, Deadline::Never).expect("free");
        assert_eq!(self.lock.read(w, Deadline::Never), Err(Error::Deadlock));
        assert_eq!(self.lock.write(w, Deadline::Never), Err(Error::Deadlock));
        assert_eq!(self.lock.try_read(w), Err(Error::Busy));
        self.lock.unlock(w).expect("mine");
        assert_eq!(self.lock.unlock(w), Err(Error::NotOwner));
        self.lock.read(w, Deadline::Never).expect("free");
        self.lock.unlock(w).expect("mine");
    }
}

/// Everybody reads or writes, with or without a deadline; anybody can be
/// interrupted, which must make no difference.
fn share(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    for _ in 0..size.threads {
        let sharer = Rc::clone(&shared);
        let thread = world.spawn(move |w| {
            for _ in 0..size.rounds {
                use_somehow(w, &sharer);
            }
        });
        world.allow_interrupt(thread);
    }
    world.finally(move |w| shared.inspect(w));
}

fn use_somehow(w: &World, shared: &Shared) {
    let writes = w.choose(2) == 1;
    let deadline = some_deadline(w);
    let answer = if writes {
        shared.lock.write(w, deadline)
    } else {
        shared.lock.read(w, deadline)
    };
    match answer {
        Ok(()) if writes => shared.write(w),
        Ok(()) => shared.read(w),
        Err(Error::TimedOut) => assert!(w.is_over(deadline), "a timeout came early"),
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn readers_or_a_writer_and_no_lock_is_lost() {
    check(&share);
    check_priorities(&share);
}

/// Everybody waits as long as it takes, and that is bounded: a reader sees one
/// writer pass at most, and a writer only the readers of each turn before its
/// own. Readers may read another lock besides, which nobody writes.
fn take_turns(world: &World, size: Size, beside: Option<&Rc<RwLock>>) {
    let shared = Rc::new(Shared::taking_turns());
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        let beside = beside.cloned();
        world.spawn(move |w| {
            for _ in 0..size.rounds {
                if w.choose(2) == 0 {
                    read_in_turn(w, &shared, beside.as_deref());
                } else {
                    write_in_turn(w, &shared, size);
                }
            }
        });
    }
    world.finally(move |w| shared.inspect(w));
}

fn read_in_turn(w: &World, shared: &Shared, beside: Option<&RwLock>) {
    if let Some(beside) = beside {
        beside.read(w, Deadline::Never).expect("nobody writes");
    }
    let writes = shared.writes.get();
    shared.lock.read(w, Deadline::Never).expect("its turn");
    assert!(shared.writes.get() - writes <= 1, "a reader starves");
    shared.read(w);
    if let Some(beside) = beside {
        beside.unlock(w).expect("mine");
    }
}

fn write_in_turn(w: &World, shared: &Shared, size: Size) {
    let (reads, writes) = (shared.reads.get(), shared.writes.get());
    shared.lock.write(w, Deadline::Never).expect("its turn");
    let turns = shared.writes.get() - writes + 1;
    let reads = shared.reads.get() - reads;
    assert!(reads <= turns * size.threads as u32, "a writer starves");
    assert!(turns <= size.threads as u32, "a writer starves");
    shared.write(w);
}

#[test]
fn neither_side_starves() {
    check(&|world, size| take_turns(world, size, None));
}

#[test]
fn neither_side_starves_where_readers_read_another_lock_too() {
    check(&|world, size| take_turns(world, size, Some(&Rc::default())));
}

/// Readers read both locks, one inside the other, in either order, while
/// writers of each come in between: no thread waits for itself, or in a circle.
/// Before that the threads read `others` more locks, which nobody writes.
fn read_inside_reading(world: &World, size: Size, others: usize, interrupts: bool) {
    let locks = Rc::new([Shared::taking_turns(), Shared::taking_turns()]);
    let others: Rc<[RwLock]> = (0..others).map(|_| RwLock::new()).collect();
    for _ in 0..size.threads {
        let (locks, others) = (Rc::clone(&locks), Rc::clone(&others));
        let thread = world.spawn(move |w| {
            for lock in &*others {
                lock.read(w, Deadline::Never).expect("nobody writes");
            }
            for _ in 0..size.rounds {
                let outer = &locks[w.choose(2)];
                if w.choose(2) == 0 {
                    outer.lock.write(w, Deadline::Never).expect("its turn");
                    outer.write(w);
                    continue;
                }
                outer.lock.read(w, Deadline::Never).expect("its turn");
                w.yield_now();
                let inner = &locks[w.choose(2)];
                inner.lock.read(w, Deadline::Never).expect("its turn");
                inner.read(w);
                outer.read(w);
            }
            for lock in &*others {
                lock.unlock(w).expect("mine");
            }
        });
        if interrupts {
            world.allow_interrupt(thread);
        }
    }
    world.finally(move |w| locks.iter().for_each(|shared| shared.inspect(w)));
}

#[test]
fn a_reader_that_reads_again_is_not_kept_behind_a_writer() {
    check(&|world, size| read_inside_reading(world, size, 0, false));
}

#[test]
fn nor_behind_one_that_is_out_of_the_queue() {
    check(&|world, size| read_inside_reading(world, size, 0, true));
}

#[test]
fn nor_is_one_that_reads_more_locks_than_are_known() {
    check(&|world, size| read_inside_reading(world, size, 8, false));
}

/// A writer that does not wait long stands between readers and the lock. When
/// the writer gives up, the readers go on.
fn impatient_writer(world: &World, size: Size) {
    let shared = Rc::new(Shared::taking_turns());
    let holder = Rc::clone(&shared);
    world.spawn(move |w| {
        holder.lock.read(w, Deadline::Never).expect("free");
        for _ in 0..size.threads {
            w.yield_now();
        }
        holder.lock.unlock(w).expect("mine");
    });
    for name in 0..size.threads {
        let shared = Rc::clone(&shared);
        world.spawn(move |w| {
            if name == 0 {
                let soon = w.deadline(coopt_sync::Clock::Monotonic, 10);
                match shared.lock.write(w, soon) {
                    Ok(()) => shared.write(w),
                    answer => assert_eq!(answer, Err(Error::TimedOut)),
                }
            } else {
                shared.lock.read(w, Deadline::Never).expect("its turn");
                shared.read(w);
            }
        });
    }
    world.finally(move |w| shared.inspect(w));
}

#[test]
fn a_writer_that_gives_up_lets_the_readers_behind_it_in() {
    check(&impatient_writer);
}

/// Only the writer that holds the lock can unlock it.
#[test]
fn a_stranger_does_not_unlock_what_is_written() {
    check(&|world, size| {
        let shared = Rc::new(Shared::default());
        for _ in 0..size.threads {
            let shared = Rc::clone(&shared);
            world.spawn(move |w| {
                assert_eq!(shared.lock.unlock(w), Err(Error::NotOwner));
                shared.lock.write(w, Deadline::Never).expect("its turn");
                shared.write(w);
            });
        }
        world.finally(move |w| shared.inspect(w));
    });
}
