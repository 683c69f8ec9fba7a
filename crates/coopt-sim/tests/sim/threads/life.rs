//! A thread's beginning and end: joins, detached threads, `pthread_exit`.

use std::cell::Cell;
use std::rc::Rc;

use coopt_sim::threads::{Threads, result};
use coopt_sync::{Deadline, Error};
use coopt_threads::Program as _;
use coopt_threads::join;

use super::check_threads;
use crate::Size;

/// The main thread joins all others, some of which end in the middle.
fn join_all(threads: &Threads, size: Size) {
    threads.spawn(move |t| {
        let ended = Rc::new(Cell::new(0));
        let spawned: Vec<_> = (0..size.threads)
            .map(|number| {
                let ended = Rc::clone(&ended);
                std::ptr::from_ref(t.spawn(move |t| {
                    for _ in 0..size.rounds {
                        t.world.yield_now();
                    }
                    ended.set(ended.get() + 1);
                    if number % 2 == 1 {
                        t.end_thread(result(number));
                    }
                }))
            })
            .collect();
        for (number, thread) in spawned.into_iter().enumerate() {
            let thread = t.find(thread).expect("it is not joined yet");
            let ended = join::join(t, thread, Deadline::Never);
            let expected = if number % 2 == 1 { number } else { 0 };
            assert_eq!(ended, Ok(result(expected)));
            assert!(thread.own.freed.get(), "a joined thread is freed");
        }
        assert_eq!(ended.get(), size.threads);
    });
}

#[test]
fn a_join_waits_for_the_end_and_frees() {
    check_threads(join_all);
}

/// Two threads join the same one: one of them is refused.
#[test]
fn a_thread_is_joined_once() {
    check_threads(|threads, _| {
        threads.spawn(|t| {
            let target = std::ptr::from_ref(t.spawn(|t| t.world.yield_now()));
            let joined = Rc::new(Cell::new(0));
            for _ in 0..2 {
                let joined = Rc::clone(&joined);
                t.spawn(move |t| {
                    let Some(target) = t.find(target) else { return };
                    match join::join(t, target, Deadline::Never) {
                        Ok(_) => joined.set(joined.get() + 1),
                        Err(error) => assert_eq!(error, Error::Invalid),
                    }
                });
            }
            while joined.get() == 0 {
                t.world.yield_now();
            }
            t.world.yield_now();
            assert_eq!(joined.get(), 1);
        });
    });
}
