//! Threads of several priorities that do all there is to a chain of mutexes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use coopt_sim::Exclusion;
use coopt_sim::threads::Threads;
use coopt_sync::{Clock, Deadline, Error};
use coopt_threads::objects::Condvar;
use coopt_threads::send::{self, Target};
use coopt_threads::signal::Signal;
use coopt_threads::{Mutex, cancellation, scheduling};

use crate::Size;
use crate::threads::check_some;
use crate::threads::tools::{
    self, Handle, INHERITS, PLAIN, ROBUST, dawdle, get, guarded, join, protects, spawn_at,
};

/// Priorities are below this, and a ceiling is at it.
pub const ABOVE: u32 = 4;

/// A mutex and what it guards.
pub struct Guarded {
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
    pub fn new(bits: u32) -> Self {
        Self {
            mutex: Mutex::from_bits(bits),
            section: Exclusion::default(),
        }
    }

    /// Locks the mutex; false at the deadline.
    pub fn lock(&self, t: &Threads, deadline: Deadline) -> bool {
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

    pub fn unlock(&self, t: &Threads) {
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
            |action| action.restarting(restarts),
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

/// Wakes threads that wait for ever on the condition, until all have ended.
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

/// Locks a mutex, and goes on to those after it. The mutex is unlocked even if
/// the thread ends.
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
                // A wait releases one mutex, so the thread must hold no other.
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
            // `Invalid`: others wait on the condition with another mutex.
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
    check_some(&|t, size| along_a_chain(t, size, false));
}

#[test]
fn a_present_priority_is_due_when_threads_of_a_chain_are_cancelled() {
    check_some(&|t, size| along_a_chain(t, size, true));
}
