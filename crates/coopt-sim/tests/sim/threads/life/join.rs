//! Who takes note of a thread's end: joins, detached threads.

use std::cell::{Cell, RefCell};
use std::ptr;
use std::rc::Rc;

use coopt_sim::threads::{Threads, result};
use coopt_sync::{Clock, Deadline, Error};
use coopt_threads::objects::Semaphore;
use coopt_threads::send::{self, Target};
use coopt_threads::signal::Signal;
use coopt_threads::thread::Fate;
use coopt_threads::{Program as _, System as _, join, switch};

use crate::threads::tools::{self, Handle, dawdle, spawn};
use crate::threads::{check_some, check_threads};

/// Two threads join the same thread: one of the two is refused.
#[test]
fn a_thread_is_joined_once() {
    check_threads(&|threads, _| {
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

/// A thread is detached by another or by itself, before or after its end, or
/// joined: it is freed once, whichever comes first.
#[test]
fn a_thread_is_detached_or_joined() {
    check_some(&|t, size| {
        t.spawn(move |t| {
            let freed = Rc::new(Cell::new(0));
            let targets: Rc<Vec<Handle>> = Rc::new(
                (0..size.threads)
                    .map(|_| {
                        spawn(t, |t| {
                            dawdle(t);
                            if t.world.choose(3) == 0 {
                                // Refused if another detached or joins it.
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
                    // The thread was detached, or its joiner gave up.
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

/// Joins or detaches a thread; returns whether it was joined.
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
    check_some(&|t, size| {
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
/// joins another. Who waits for whom is known all the while, so no join is
/// refused: none would wait for the caller.
#[test]
fn a_handler_joins_inside_a_join() {
    check_some(&|t, _| {
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

/// A handler ends its thread in the middle of a join. The thread that it joined
/// can be joined by another.
#[test]
fn a_handler_ends_its_thread_inside_a_join() {
    check_some(&|t, _| {
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
                // This join looks at who waits for whom.
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
            tools::let_all_run(t);
            if let Some(target) = t.find(target) {
                assert_eq!(join::join(t, target, Deadline::Never), Ok(result(0)));
            }
        });
    });
}
