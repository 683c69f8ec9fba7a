//! Cancellation: a thread that is interrupted where it waits ends, and
//! everything it was waiting for goes on working for the others.

use std::cell::Cell;
use std::rc::Rc;

use coopt_sim::{World, assert_like_new};
use coopt_sync::{Condvar, Deadline, Error, Latch, Mutex, Reason, Semaphore, ThreadId, WaitKind};

use crate::{Size, check, check_priorities};

#[derive(Default)]
struct Shared {
    mutex: Mutex,
    condvar: Condvar,
    items: Cell<usize>,
    semaphore: Semaphore,
    ended: Latch,
}

/// Ends the calling thread as `pthread_testcancel` would; its clean-up handler
/// unlocks what a cancelled wait on a condition left locked.
fn cancelled(w: &World, shared: &Shared, holds_mutex: bool) -> ! {
    if holds_mutex {
        shared
            .mutex
            .unlock(w)
            .expect("a cancelled wait holds the mutex");
    }
    w.exit_thread();
}

/// Threads that can be cancelled, but for the first.
fn spawn_both(world: &World, size: Size, body: impl Fn(&World) + Clone + 'static) -> Vec<ThreadId> {
    let threads = (0..size.threads).map(|index| {
        let body = body.clone();
        let thread = world.spawn(move |w| body(w));
        if index > 0 {
            world.allow_interrupt(thread);
        }
        thread
    });
    threads.collect()
}

/// Consumers of one item each. An item that a cancelled consumer does not take
/// is left, and the signal for it went to another.
fn on_a_condition(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    let consumer = Rc::clone(&shared);
    spawn_both(world, size, move |w| {
        consumer.mutex.lock(w).expect("no kind of error");
        while consumer.items.get() == 0 {
            match consumer.condvar.wait(w, &consumer.mutex, Deadline::Never) {
                Ok(()) => {}
                Err(Error::Interrupted) => cancelled(w, &consumer, true),
                Err(error) => panic!("{error:?}"),
            }
        }
        consumer.items.set(consumer.items.get() - 1);
        consumer.mutex.unlock(w).expect("mine");
    });
    let producer = Rc::clone(&shared);
    world.spawn(move |w| {
        for _ in 0..size.threads {
            producer.mutex.lock(w).expect("no kind of error");
            producer.items.set(producer.items.get() + 1);
            producer.condvar.signal(w, &producer.mutex);
            producer.mutex.unlock(w).expect("mine");
        }
    });
    world.finally(move |w| {
        assert_like_new(&shared.condvar, &Condvar::new());
        assert_like_new(&shared.mutex, &Mutex::default());
        shared.condvar.signal(w, &shared.mutex);
    });
}

#[test]
fn a_wait_on_a_condition_ends_with_the_mutex_and_without_a_signal() {
    check(&on_a_condition);
    check_priorities(&on_a_condition);
}

/// Everybody wants a unit, and there are as many as threads.
fn on_a_semaphore(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    let taken = Rc::new(Cell::new(0));
    let (taker, count) = (Rc::clone(&shared), Rc::clone(&taken));
    spawn_both(world, size, move |w| {
        match taker.semaphore.wait(w, Deadline::Never) {
            Ok(()) => count.set(count.get() + 1),
            Err(error) => {
                assert_eq!(error, Error::Interrupted);
                cancelled(w, &taker, false);
            }
        }
    });
    let poster = Rc::clone(&shared);
    world.spawn(move |w| {
        for _ in 0..size.threads {
            poster.semaphore.post(w).expect("far from the limit");
        }
    });
    world.finally(move |_| {
        let left = (size.threads - taken.get()) as u32;
        assert_like_new(&shared.semaphore, &Semaphore::new(left));
    });
}

#[test]
fn a_wait_on_a_semaphore_ends_without_a_unit() {
    check(&on_a_semaphore);
    check_priorities(&on_a_semaphore);
}

/// A join that is cancelled leaves the thread to be joined by another.
fn on_a_join(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    let joiner = Rc::clone(&shared);
    spawn_both(world, size, move |w| {
        let reason = Reason::new(WaitKind::Join);
        if let Err(error) = joiner.ended.wait(w, Deadline::Never, reason) {
            assert_eq!(error, Error::Interrupted);
            cancelled(w, &joiner, false);
        }
        assert!(joiner.ended.is_open());
    });
    world.spawn(move |w| shared.ended.open(w));
}

#[test]
fn a_join_ends_and_another_joins() {
    check(&on_a_join);
    check_priorities(&on_a_join);
}

/// A thread that waits for a mutex is in no cancellation point: it waits on.
fn not_on_a_mutex(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    let locker = Rc::clone(&shared);
    spawn_both(world, size, move |w| {
        locker.mutex.lock(w).expect("an interruption is no reason");
        locker.items.set(locker.items.get() + 1);
        w.yield_now();
        locker.mutex.unlock(w).expect("mine");
    });
    world.finally(move |_| {
        assert_eq!(shared.items.get(), size.threads, "somebody did not get it");
        assert_like_new(&shared.mutex, &Mutex::default());
    });
}

#[test]
fn a_wait_for_a_mutex_goes_on() {
    check(&not_on_a_mutex);
}
