//! Present priorities: what a thread has by its mutexes it has at once, and no
//! longer than it should. That is asserted between any two turns, of every thread
//! ([`Threads::check`]); these programs bring about what could go wrong.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use coopt_sim::Exclusion;
use coopt_sim::threads::Threads;
use coopt_sync::{Clock, Deadline, Error};
use coopt_threads::objects::Condvar;
use coopt_threads::send::{self, Target};
use coopt_threads::signal::Signal;
use coopt_threads::thread::cancellation::State;
use coopt_threads::{Mutex, cancellation, scheduling, switch};

use super::tools::{
    self, Handle, INHERITS, PLAIN, ROBUST, dawdle, get, guarded, join, protects, spawn_at,
};
use super::{check_some, check_threads};
use crate::Size;

/// Priorities are below this, and a ceiling is at it.
const ABOVE: u32 = 4;

/// A mutex and what it guards.
struct Guarded {
    mutex: Mutex,
    section: Exclusion,
}

/// What threads of several priorities share. Mutexes are locked in order.
struct Shared {
    chain: Vec<Guarded>,
    /// For handlers; the last in the order.
    last: Guarded,
    condvar: Condvar,
    handles: RefCell<Vec<Handle>>,
    cancels: bool,
}

impl Guarded {
    fn new(bits: u32) -> Self {
        Self {
            mutex: Mutex::from_bits(bits),
            section: Exclusion::default(),
        }
    }

    /// Locks it; false when that takes too long.
    fn lock(&self, t: &Threads, deadline: Deadline) -> bool {
        match self.mutex.lock(t, deadline) {
            Ok(()) => {}
            Err(Error::OwnerDied) => assert_eq!(self.mutex.consistent(t), Ok(())),
            Err(Error::TimedOut) => return false,
            Err(error) => panic!("{error:?}"),
        }
        self.section.enter(&t.world);
        t.assert_first();
        true
    }

    fn unlock(&self, t: &Threads) {
        self.section.leave(&t.world);
        tools::unlock(t, &self.mutex);
        t.assert_first();
    }
}

fn some_bits(t: &Threads) -> u32 {
    [
        INHERITS,
        protects(ABOVE),
        INHERITS | ROBUST,
        PLAIN,
        protects(ABOVE) | ROBUST,
    ][t.world.choose(5)]
}

fn shared(t: &Threads, mutexes: usize, cancels: bool) -> Rc<Shared> {
    Rc::new(Shared {
        chain: (0..mutexes).map(|_| Guarded::new(some_bits(t))).collect(),
        last: Guarded::new(some_bits(t)),
        condvar: Condvar::new(Clock::Monotonic),
        handles: RefCell::default(),
        cancels,
    })
}

/// Threads lock the mutexes of a chain, one inside the other, wait on a condition
/// with one of them, are signalled and cancelled, and get other priorities.
fn along_a_chain(t: &Threads, size: Size, cancels: bool) {
    t.spawn(move |t| {
        let shared = shared(t, 2.max(size.threads), cancels);
        let handling = Rc::clone(&shared);
        let restarts = t.world.choose(2) == 1;
        t.handle(
            Signal::USR1,
            |action| {
                if restarts {
                    action.restarting()
                } else {
                    action
                }
            },
            move |t, _| {
                if handling.last.lock(t, tools::some_deadline(t)) {
                    dawdle(t);
                    handling.last.unlock(t);
                }
            },
        );
        for _ in 0..=size.threads {
            let sharer = Rc::clone(&shared);
            let thread = spawn_at(t, t.world.choose(ABOVE as usize) as u32, move |t| {
                for _ in 0..size.rounds {
                    climb(t, &sharer, 0);
                }
            });
            shared.handles.borrow_mut().push(thread);
        }
        for _ in 0..2 * size.threads * size.rounds {
            meddle(t, &shared);
            dawdle(t);
        }
        wake_all(t, &shared);
        let handles = shared.handles.take();
        handles.into_iter().for_each(|thread| {
            join(t, thread);
        });
        for guarded in shared.chain.iter().chain([&shared.last]) {
            assert_eq!(guarded.mutex.destroy(t), Ok(()), "it is held");
        }
    });
}

/// Does something to one of the threads.
fn meddle(t: &Threads, shared: &Shared) {
    let handles = shared.handles.borrow();
    let thread = get(t, handles[t.world.choose(handles.len())]);
    match t.world.choose(4) {
        0 if shared.cancels => cancellation::request(t, thread),
        0 => {}
        1 => {
            let sent = send::send(t, Target::Thread(thread), Some(Signal::USR1));
            assert_eq!(sent, Ok(()));
        }
        2 if !thread.has_ended() => {
            let new = tools::scheduling(t.world.choose(ABOVE as usize) as u32);
            scheduling::change(t, thread, new);
        }
        _ => shared.condvar.signal(t),
    }
    drop(handles);
    t.assert_first();
}

/// Wakes those that wait for ever on the condition, until all have ended.
fn wake_all(t: &Threads, shared: &Shared) {
    let all_ended = || {
        let handles = shared.handles.borrow();
        handles.iter().all(|&thread| get(t, thread).has_ended())
    };
    while !all_ended() {
        shared.condvar.broadcast(t);
        tools::let_all_run(t);
    }
}

/// Locks a mutex and goes on to those after it. What is locked is unlocked even
/// if the thread ends.
fn climb(t: &Threads, shared: &Shared, from: usize) {
    let left = shared.chain.len() - from;
    let Some(index) = (left > 0).then(|| from + t.world.choose(left)) else {
        return;
    };
    let step = &shared.chain[index];
    if !step.lock(t, tools::some_deadline(t)) {
        return;
    }
    guarded(
        t,
        |t| step.unlock(t),
        || {
            match t.world.choose(4) {
                0 => dawdle(t),
                // A wait releases the last mutex alone, or others could not go on.
                1 if from == 0 => wait_inside(t, shared, step),
                _ => climb(t, shared, index + 1),
            }
            cancellation::test(t);
        },
    );
    step.unlock(t);
}

fn wait_inside(t: &Threads, shared: &Shared, step: &Guarded) {
    step.section.leave(&t.world);
    let reenter = Cell::new(true);
    let on_end = |t: &Threads| {
        if reenter.get() {
            step.section.enter(&t.world);
        }
    };
    guarded(t, on_end, || {
        match shared.condvar.wait(t, &step.mutex, tools::some_deadline(t)) {
            // Another mutex is in use with the condition.
            Ok(()) | Err(Error::TimedOut | Error::Invalid) => {}
            Err(Error::OwnerDied) => assert_eq!(step.mutex.consistent(t), Ok(())),
            Err(error) => panic!("{error:?}"),
        }
        reenter.set(false);
    });
    step.section.enter(&t.world);
}

#[test]
fn a_present_priority_is_due_along_chains() {
    check_some(|t, size| along_a_chain(t, size, false));
}

#[test]
fn a_present_priority_is_due_when_threads_of_a_chain_are_cancelled() {
    check_some(|t, size| along_a_chain(t, size, true));
}

/// The first holds the first mutex; each of the others holds one and waits for
/// the one before it, the last of all with a deadline. So the first has the
/// priority of the last for as long as that waits, and then its own.
#[test]
fn all_along_a_chain_inherit_until_the_last_gives_up() {
    check_threads(|t, size| {
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

/// A mutex with a ceiling is handed to a thread that is below the others: it
/// has the ceiling before it runs.
#[test]
fn a_hand_over_gives_the_ceiling_at_once() {
    check_threads(|t, size| {
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

/// A thread above the ceiling is refused, waits for nothing and has what it had.
#[test]
fn a_ceiling_keeps_those_above_it_out() {
    check_threads(|t, _| {
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
