//! Who gets a signal, and how often: each that is sent while none of its number
//! is pending runs its handler once, or is taken by one `sigwait`.

use std::cell::Cell;
use std::rc::Rc;

use coopt_sim::threads::{Action, Threads};
use coopt_sync::{Clock, Deadline, Error};
use coopt_threads::objects::Semaphore;
use coopt_threads::send::{self, Target};
use coopt_threads::sigmask::{self, How};
use coopt_threads::signal::{Set, Signal};
use coopt_threads::{System as _, calls, sigwait};

use super::check_some;
use super::tools::{self, Handle, Tally, dawdle, get, join, spawn, spawn_at};
use crate::Size;

const SIGNAL: Signal = Signal::USR1;

/// Signals of the process, which threads take by a handler, by `sigwait`, or
/// not at all for a while: no signal is lost, and none is taken twice.
fn of_the_process(t: &Threads, size: Size) {
    t.spawn(move |t| {
        let tally = Rc::new(Tally::default());
        let handling = Rc::clone(&tally);
        t.handle(
            SIGNAL,
            |action| action,
            move |t, _| {
                handling.notice_of_process();
                dawdle(t);
            },
        );
        sigmask::change(t, How::Block, Set::of(SIGNAL));
        let threads: Vec<_> = (0..=size.threads)
            .map(|_| {
                let tally = Rc::clone(&tally);
                spawn_at(t, t.world.choose(3) as u32, move |t| {
                    for _ in 0..size.rounds {
                        take_somehow(t, &tally);
                    }
                })
            })
            .collect();
        for _ in 0..2 * size.rounds {
            dawdle(t);
            tally.send_to_process(t, SIGNAL);
        }
        for thread in threads {
            // A thread that waits for a signal gets one.
            while !get(t, thread).has_ended() {
                tally.send_to_process(t, SIGNAL);
                tools::let_all_run(t);
            }
            join(t, thread);
        }
        sigmask::change(t, How::Unblock, Set::of(SIGNAL));
        assert!(!sigmask::pending(t).contains(SIGNAL));
        tally.inspect_of_process();
    });
}

fn take_somehow(t: &Threads, tally: &Tally) {
    let set = Set::of(SIGNAL);
    match t.world.choose(5) {
        0 => {
            sigmask::change(t, How::Unblock, set);
            dawdle(t);
            sigmask::change(t, How::Block, set);
        }
        1 => {
            let call = [calls::SIGNAL_WAIT, calls::SIGNAL_WAIT_ONLY][t.world.choose(2)];
            assert_eq!(sigwait::take(t, call, set, Deadline::Never), Ok(SIGNAL));
            tally.notice_of_process();
        }
        2 => {
            let soon = t.world.deadline(Clock::Monotonic, 5);
            match sigwait::take(t, calls::SIGNAL_WAIT, set, soon) {
                Ok(_) => tally.notice_of_process(),
                answer => assert_eq!(answer, Err(Error::TimedOut)),
            }
        }
        3 => sigwait::suspend(t, Set::EMPTY),
        _ => dawdle(t),
    }
    assert_eq!(t.me().signals.mask(), set, "the mask is another");
}

#[test]
fn a_signal_of_the_process_is_taken_once() {
    check_some(&of_the_process);
}

/// Signals to threads that block and unblock them: a handler runs once for each,
/// with the mask that its action says, and the mask is the old one afterwards.
fn of_a_thread(t: &Threads, size: Size) {
    t.spawn(move |t| {
        let blocked = [Set::EMPTY, Set::of(Signal::USR2)][t.world.choose(2)];
        let tally: Rc<Vec<Tally>> = Rc::new((0..2).map(|_| Tally::default()).collect());
        let is_inside = Rc::new(Cell::new(false));
        for (index, signal) in [SIGNAL, Signal::USR2].into_iter().enumerate() {
            let (tally, is_inside) = (Rc::clone(&tally), Rc::clone(&is_inside));
            let action = |action: Action| {
                if index == 0 {
                    action.blocking(blocked)
                } else {
                    action
                }
            };
            t.handle(signal, action, move |t, got| {
                assert_eq!(got, signal);
                assert!(t.me().signals.mask().contains(signal), "it blocks itself");
                tally[index].notice();
                let outer = is_inside.replace(index == 0);
                let may_nest = blocked == Set::EMPTY || index == 0;
                assert!(
                    !outer || may_nest,
                    "a handler runs in another that blocks it"
                );
                dawdle(t);
                is_inside.set(outer);
            });
        }
        let thread = spawn(t, move |t| {
            for _ in 0..2 * size.rounds {
                block_for_a_while(t, size);
            }
        });
        for _ in 0..2 * size.threads {
            let index = t.world.choose(2);
            let signal = [SIGNAL, Signal::USR2][index];
            tally[index].send(t, Target::Thread(get(t, thread)), signal);
            dawdle(t);
        }
        join(t, thread);
        tally.iter().for_each(Tally::inspect);
    });
}

fn block_for_a_while(t: &Threads, size: Size) {
    let set = Set::of([SIGNAL, Signal::USR2][t.world.choose(2)]);
    let before = t.me().signals.mask();
    sigmask::change(t, How::Block, set);
    for _ in 0..size.threads {
        dawdle(t);
    }
    sigmask::change(t, How::Replace, before);
    assert_eq!(t.me().signals.mask(), before, "a handler changes the mask");
}

#[test]
fn a_signal_of_a_thread_runs_its_handler_once() {
    check_some(&of_a_thread);
}

/// A signal that is ignored by the time its target runs leaves no trace: a call
/// that it has woken goes on.
fn ignored(t: &Threads, size: Size) {
    t.spawn(move |t| {
        let is_ignored = Rc::new(Cell::new(false));
        let semaphore = Rc::new(Semaphore::new(0));
        let ignoring = Rc::clone(&is_ignored);
        let ran = Rc::new(Cell::new(0));
        let running = Rc::clone(&ran);
        t.handle(
            SIGNAL,
            |action| action,
            move |_, _| {
                assert!(!ignoring.get(), "an ignored signal has a handler");
                running.set(running.get() + 1);
            },
        );
        let threads: Vec<Handle> = (0..size.threads)
            .map(|_| {
                let (semaphore, ran) = (Rc::clone(&semaphore), Rc::clone(&ran));
                spawn(t, move |t| {
                    let answer = semaphore.wait(t, Deadline::Never);
                    assert!(answer == Ok(()) || ran.get() > 0, "no handler has run");
                })
            })
            .collect();
        for &thread in &threads {
            dawdle(t);
            let target = Target::Thread(get(t, thread));
            assert_eq!(send::send(t, target, Some(SIGNAL)), Ok(()));
        }
        is_ignored.set(true);
        send::replace_action(t, SIGNAL, Action::IGNORE);
        let all = threads;
        for &thread in &all {
            let target = Target::Thread(get(t, thread));
            assert_eq!(send::send(t, target, Some(SIGNAL)), Ok(()));
            assert_eq!(semaphore.post(t), Ok(()));
        }
        threads_end(t, all);
    });
}

fn threads_end(t: &Threads, all: Vec<Handle>) {
    all.into_iter().for_each(|thread| {
        join(t, thread);
    });
}

#[test]
fn an_ignored_signal_leaves_no_trace() {
    check_some(&ignored);
}

/// A handler that serves once finds the default action in its place, which here
/// is to do nothing.
#[test]
fn a_handler_that_serves_once_runs_once() {
    check_some(&|t, size| {
        t.spawn(move |t| {
            let ran = Rc::new(Cell::new(0));
            let running = Rc::clone(&ran);
            t.handle(Signal::URG, Action::once, move |t, _| {
                running.set(running.get() + 1);
                dawdle(t);
            });
            let interrupted = Rc::new(Cell::new(0));
            let threads: Vec<_> = (0..=size.threads)
                .map(|_| {
                    let interrupted = Rc::clone(&interrupted);
                    spawn(t, move |t| {
                        let ended_early = u32::from(tools::sleep(t, 5).is_err());
                        interrupted.set(interrupted.get() + ended_early);
                    })
                })
                .collect();
            for &thread in &threads {
                for _ in 0..size.rounds {
                    let target = Target::Thread(get(t, thread));
                    assert_eq!(send::send(t, target, Some(Signal::URG)), Ok(()));
                    dawdle(t);
                }
            }
            threads.into_iter().for_each(|thread| {
                join(t, thread);
            });
            assert!(ran.get() <= 1, "it ran twice");
            assert!(interrupted <= ran, "no handler has run");
        });
    });
}
