//! Ends, and what a thread leaves.

use std::cell::{Cell, RefCell};
use std::ptr;
use std::rc::Rc;

use coopt_sim::threads::{Threads, result};
use coopt_sync::Deadline;
use coopt_threads::send::{self, Target};
use coopt_threads::signal::Signal;
use coopt_threads::{End, Program as _, System as _, join, keys};

use crate::Size;
use crate::threads::tools::{self, dawdle, spawn};
use crate::threads::{check_some, check_threads};

/// The main thread joins all others, some of which end in the middle.
fn join_all(threads: &Threads, size: Size) {
    threads.spawn(move |t| {
        let ended = Rc::new(Cell::new(0));
        let spawned: Vec<_> = (0..size.threads)
            .map(|number| {
                let ended = Rc::clone(&ended);
                ptr::from_ref(t.spawn(move |t| {
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
    check_threads(&join_all);
}

/// The main thread ends by itself; the process ends after the last of the others.
#[test]
fn the_others_outlive_the_main_thread() {
    check_some(&|t, size| {
        let ended = Rc::new(Cell::new(0));
        let counting = Rc::clone(&ended);
        t.spawn(move |t| {
            let main = ptr::from_ref(t.me());
            for _ in 0..size.threads {
                let ended = Rc::clone(&counting);
                let thread = spawn(t, move |t| {
                    for _ in 0..size.rounds {
                        dawdle(t);
                        let main = Target::Thread(t.find(main).expect("it is never freed"));
                        assert_eq!(send::send(t, main, Some(Signal::URG)), Ok(()));
                        assert_eq!(send::send(t, Target::Process, Some(Signal::URG)), Ok(()));
                    }
                    assert_eq!(t.end(), None, "the process ends too soon");
                    ended.set(ended.get() + 1);
                });
                assert_eq!(join::detach(t, tools::get(t, thread)), Ok(()));
            }
            t.handle(Signal::URG, |action| action, |t, _| dawdle(t));
            dawdle(t);
            t.end_thread(result(0));
        });
        let program = t.clone();
        t.world.finally(move |_| {
            assert_eq!(ended.get(), size.threads);
            assert_eq!(program.end(), Some(End::Returns));
        });
    });
}

thread_local! {
    /// The program and its key, for destructors, which are functions of C.
    static PROGRAM: RefCell<Option<(Threads, usize)>> = const { RefCell::new(None) };
    static DESTROYED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Sets the value again, less one.
extern "C" fn destroy(value: *mut std::ffi::c_void) {
    let (t, key) = PROGRAM.with_borrow(Clone::clone).expect("a program runs");
    t.world.in_c(|| {
        DESTROYED.with_borrow_mut(|all| all.push(value.addr()));
        assert!(keys::get(&t, key).is_null(), "the value is gone");
        dawdle(&t);
        if value.addr() > 1 {
            assert_eq!(keys::set(&t, key, result(value.addr() - 1)), Some(()));
        }
    });
}

#[test]
fn destructors_that_set_values_again_run_in_rounds() {
    check_some(&|t, size| {
        t.spawn(move |t| {
            let key = keys::create(t, Some(destroy)).expect("there is room");
            PROGRAM.replace(Some((t.clone(), key)));
            DESTROYED.take();
            let threads: Vec<_> = (0..size.threads)
                .map(|index| {
                    spawn(t, move |t| {
                        assert!(keys::get(t, key).is_null(), "nobody has set it");
                        let value = result(index + 1);
                        assert_eq!(keys::set(t, key, value), Some(()));
                        dawdle(t);
                        assert_eq!(keys::get(t, key), value, "another's value");
                    })
                })
                .collect();
            threads.into_iter().for_each(|thread| {
                tools::join(t, thread);
            });
            let rounds: usize = (1..=size.threads).sum();
            assert_eq!(DESTROYED.with_borrow(Vec::len), rounds);
            PROGRAM.replace(None);
        });
    });
}
