//! Single things that a protocol promises.

use std::rc::Rc;

use coopt_sim::threads::Threads;
use coopt_sync::{Clock, Deadline, Error};
use coopt_threads::thread::cancellation::State;
use coopt_threads::{Mutex, cancellation, scheduling, switch};

use super::crowd::{ABOVE, Guarded};
use crate::threads::check_threads;
use crate::threads::tools::{self, INHERITS, dawdle, join, protects, spawn_at};

/// The first thread holds the first mutex. Each other thread holds a mutex and
/// waits for the mutex before it; the last holds none, and has a deadline. So
/// the first thread has the priority of the last while the last waits, and then
/// that of the one before the last.
#[test]
fn all_along_a_chain_inherit_until_the_last_gives_up() {
    check_threads(&|t, size| {
        let length = size.threads.min(4);
        t.spawn(move |t| {
            let chain: Rc<Vec<_>> =
                Rc::new((0..length).map(|_| Mutex::from_bits(INHERITS)).collect());
            let first = tools::scheduling(0);
            scheduling::change(t, coopt_threads::System::me(t), first);
            tools::lock(t, &chain[0]);
            let threads: Vec<_> = (1..=length)
                .map(|index| {
                    let chain = Rc::clone(&chain);
                    spawn_at(t, index as u32, move |t| link(t, &chain, index))
                })
                .collect();
            while t.world.monotonic_ns() < 10 {
                assert_eq!(tools::sleep(t, 3), Ok(()));
            }
            tools::unlock(t, &chain[0]);
            for thread in threads {
                join(t, thread);
            }
        });
    });
}

fn link(t: &Threads, chain: &[Mutex], index: usize) {
    let mine = chain.get(index);
    if let Some(mine) = mine {
        tools::lock(t, mine);
    }
    let deadline = match mine {
        Some(_) => Deadline::Never,
        None => t.world.deadline(Clock::Monotonic, 5),
    };
    match chain[index - 1].lock(t, deadline) {
        Ok(()) => tools::unlock(t, &chain[index - 1]),
        answer => assert_eq!(answer, Err(Error::TimedOut)),
    }
    if let Some(mine) = mine {
        tools::unlock(t, mine);
    }
}

/// A mutex with a ceiling is handed to a thread that is below the others: the
/// thread has the ceiling before it runs.
#[test]
fn a_hand_over_gives_the_ceiling_at_once() {
    check_threads(&|t, size| {
        t.spawn(move |t| {
            let mutex = Rc::new(Guarded::new(protects(ABOVE)));
            assert!(mutex.lock(t, Deadline::Never));
            let threads: Vec<_> = (0..size.threads)
                .map(|index| {
                    let mutex = Rc::clone(&mutex);
                    spawn_at(t, (index % ABOVE as usize) as u32, move |t| {
                        assert!(mutex.lock(t, Deadline::Never));
                        switch::yield_now(t);
                        mutex.unlock(t);
                    })
                })
                .collect();
            switch::yield_now(t);
            mutex.unlock(t);
            threads.into_iter().for_each(|thread| {
                join(t, thread);
            });
        });
    });
}

/// A thread above the ceiling is refused, and neither waits nor changes.
#[test]
fn a_ceiling_keeps_those_above_it_out() {
    check_threads(&|t, _| {
        t.spawn(|t| {
            let mutex = Rc::new(Mutex::from_bits(protects(1)));
            tools::lock(t, &mutex);
            let refused = Rc::clone(&mutex);
            let thread = spawn_at(t, 2, move |t| {
                cancellation::set_state(t, State::Disabled);
                assert_eq!(refused.lock(t, Deadline::Never), Err(Error::Invalid));
                assert_eq!(refused.try_lock(t), Err(Error::Invalid));
                assert_eq!(
                    refused.set_ceiling(t, tools::priority(2)),
                    Ok(tools::priority(1))
                );
                tools::lock(t, &refused);
                tools::unlock(t, &refused);
            });
            dawdle(t);
            tools::unlock(t, &mutex);
            join(t, thread);
        });
    });
}
