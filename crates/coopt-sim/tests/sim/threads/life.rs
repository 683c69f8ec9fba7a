//! A thread's beginning and end: joins, detached threads, `pthread_exit`.

use std::cell::{Cell, RefCell};
use std::ptr;
use std::rc::Rc;

use coopt_sim::threads::{Threads, result};
use coopt_sync::{Clock, Deadline, Error};
use coopt_threads::objects::Semaphore;
use coopt_threads::send::{self, Target};
use coopt_threads::signal::Signal;
use coopt_threads::thread::Fate;
use coopt_threads::{End, Program as _, System as _, join, keys, switch};

use super::tools::{self, Handle, dawdle, spawn};
use super::{check_some, check_threads};
use crate::Size;

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
    check_threads(join_all);
}

/// Two threads join the same one: one of them is refused.
#[test]
fn a_thread_is_joined_once() {
    check_threads(|threads, _| {
        threads.spawn(|t| {
            let target = ptr::from_ref(t.spawn(|t| t.world.yield_now()));
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

/// A thread is detached by another, or by itself, before or after its end, or
/// joined: it is freed once, whoever comes first.
#[test]
fn a_thread_is_detached_or_joined() {
    check_some(|t, size| {
        t.spawn(move |t| {
            let freed = Rc::new(Cell::new(0));
            let targets: Rc<Vec<Handle>> = Rc::new(
                (0..size.threads)
                    .map(|_| {
                        spawn(t, |t| {
                            dawdle(t);
                            if t.world.choose(3) == 0 {
                                // Somebody may have done so.
                                let _ = join::detach(t, t.me());
                            }
                            dawdle(t);
                        })
                    })
                    .collect(),
            );
            let others: Vec<_> = (0..2)
                .map(|_| {
                    let (targets, freed) = (Rc::clone(&targets), Rc::clone(&freed));
                    spawn(t, move |t| {
                        for &target in &*targets {
                            dawdle(t);
                            freed.set(freed.get() + u32::from(let_go(t, target)));
                        }
                    })
                })
                .collect();
            others.into_iter().for_each(|other| {
                tools::join(t, other);
            });
            for &target in &*targets {
                while let Some(thread) = t.find(target) {
                    // It was detached, or its joiner gave up.
                    if thread.fate.get() != Fate::Detached {
                        assert_eq!(join::detach(t, thread), Ok(()));
                    }
                    tools::let_all_run(t);
                }
            }
            assert!(freed.get() as usize <= targets.len(), "one is joined twice");
        });
    });
}

/// Joins or detaches a thread; whether it is joined.
fn let_go(t: &Threads, target: Handle) -> bool {
    let Some(thread) = t.find(target) else {
        return false;
    };
    match t.world.choose(4) {
        0 => match join::detach(t, thread) {
            Ok(()) => false,
            Err(error) => {
                assert_eq!(error, Error::Invalid);
                false
            }
        },
        1 => match join::try_join(t, thread) {
            Ok(_) => true,
            Err(Error::Busy) => {
                assert!(!thread.has_ended(), "it can be joined");
                false
            }
            Err(error) => {
                assert_eq!(error, Error::Invalid);
                false
            }
        },
        kind => {
            let soon = t.world.deadline(Clock::Monotonic, 3);
            let deadline = [Deadline::Never, soon][kind - 2];
            match join::join(t, thread, deadline) {
                Ok(_) => true,
                Err(Error::TimedOut) => {
                    assert_ne!(thread.fate.get(), Fate::Joining, "nobody joins it now");
                    false
                }
                Err(error) => {
                    assert_eq!(error, Error::Invalid);
                    false
                }
            }
        }
    }
}

/// Threads join each other in a circle: one is refused, and then all end.
#[test]
fn a_circle_of_joins_is_refused() {
    check_some(|t, size| {
        t.spawn(move |t| {
            let length = size.threads + 1;
            let handles: Rc<RefCell<Vec<Handle>>> = Rc::default();
            let refused = Rc::new(Cell::new(0));
            for index in 0..length {
                let (handles, refused) = (Rc::clone(&handles), Rc::clone(&refused));
                let mine = Rc::clone(&handles);
                let thread = spawn(t, move |t| {
                    while handles.borrow().len() < length {
                        switch::yield_now(t);
                    }
                    let next = handles.borrow()[(index + 1) % length];
                    let next = tools::get(t, next);
                    match join::join(t, next, Deadline::Never) {
                        Ok(_) => {}
                        Err(error) => {
                            assert_eq!(error, Error::Deadlock);
                            refused.set(refused.get() + 1);
                        }
                    }
                });
                mine.borrow_mut().push(thread);
            }
            t.world.finally(move |_| assert_eq!(refused.get(), 1));
        });
    });
}

/// The handler of a signal joins a thread while the thread that it interrupts
/// joins another. Whoever waits for whom is known all the while: a join that
/// would wait for the caller is refused, and no other.
#[test]
fn a_handler_joins_inside_a_join() {
    check_some(|t, _| {
        t.spawn(move |t| {
            let inner = spawn(t, dawdle);
            let (outer, release) = (Rc::new(Cell::new(ptr::null())), Rc::new(Semaphore::new(0)));
            t.handle(
                Signal::USR1,
                |action| action,
                move |t, _| {
                    assert_eq!(tools::join(t, inner), result(0));
                    dawdle(t);
                },
            );
            let waiting = Rc::clone(&release);
            outer.set(spawn(
                t,
                move |t| {
                    while waiting.wait(t, Deadline::Never).is_err() {}
                },
            ));
            let joined = Rc::clone(&outer);
            let joiner = spawn(t, move |t| {
                assert_eq!(tools::join(t, joined.get()), result(0));
            });
            let chained = spawn(t, move |t| {
                assert_eq!(tools::join(t, joiner), result(0));
            });
            dawdle(t);
            let target = Target::Thread(tools::get(t, joiner));
            assert_eq!(send::send(t, target, Some(Signal::USR1)), Ok(()));
            dawdle(t);
            assert_eq!(release.post(t), Ok(()));
            assert_eq!(tools::join(t, chained), result(0));
            if let Some(inner) = t.find(inner) {
                // The joiner had ended before it could be signalled.
                assert_eq!(join::join(t, inner, Deadline::Never), Ok(result(0)));
            }
        });
    });
}

/// A handler ends its thread in the middle of a join. What it joined can be
/// neither joined nor detached any more, and everything else goes on.
#[test]
fn a_handler_ends_its_thread_inside_a_join() {
    check_some(|t, _| {
        t.spawn(move |t| {
            t.handle(
                Signal::USR1,
                |action| action,
                |t, _| t.end_thread(result(1)),
            );
            let release = Rc::new(Semaphore::new(0));
            let waiting = Rc::clone(&release);
            let target = spawn(t, move |t| {
                while waiting.wait(t, Deadline::Never).is_err() {}
                // It is asked here who waits for whom.
                let other = spawn(t, dawdle);
                assert_eq!(tools::join(t, other), result(0));
            });
            let joiner = spawn(t, move |t| {
                assert_eq!(tools::join(t, target), result(0));
            });
            dawdle(t);
            let signalled = Target::Thread(tools::get(t, joiner));
            assert_eq!(send::send(t, signalled, Some(Signal::USR1)), Ok(()));
            dawdle(t);
            let was_ended = tools::join(t, joiner) == result(1);
            assert!(
                was_ended || t.find(target).is_none(),
                "it has not joined it"
            );
            assert_eq!(release.post(t), Ok(()));
            while t.find(target).is_some_and(|target| !target.has_ended()) {
                tools::let_all_run(t);
            }
        });
    });
}

/// The main thread ends by itself; the process ends after the last of the others.
#[test]
fn the_others_outlive_the_main_thread() {
    check_some(|t, size| {
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
    /// What destructors find: they are functions of C.
    static PROGRAM: RefCell<Option<(Threads, usize)>> = const { RefCell::new(None) };
    static DESTROYED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Sets the value less one again.
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
    check_some(|t, size| {
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
