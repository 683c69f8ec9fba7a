//! Robust mutexes: each death is seen by one owner, and a loss by everybody.

use std::cell::Cell;
use std::rc::Rc;

use coopt_sim::{Exclusion, World};
use coopt_sync::{Clock, Condvar, Deadline, Error, Kind, Mutex, Platform as _};

use crate::{Size, check, check_priorities, some_deadline};

struct Shared {
    mutex: Mutex,
    condvar: Condvar,
    section: Exclusion,
    /// An owner died, and nobody has been told yet.
    untold: Cell<bool>,
    /// Somebody unlocked without repair.
    lost: Cell<bool>,
    waiting: Cell<u32>,
}

impl Shared {
    fn new(kind: Kind) -> Rc<Self> {
        Rc::new(Self {
            mutex: Mutex::robust(kind),
            condvar: Condvar::new(),
            section: Exclusion::default(),
            untold: Cell::new(false),
            lost: Cell::new(false),
            waiting: Cell::new(0),
        })
    }

    /// Asserts that an answer is true; returns whether the mutex is held.
    fn understand(&self, answer: Result<(), Error>) -> bool {
        match answer {
            Ok(()) => assert!(!self.untold.get() && !self.lost.get(), "nobody is told"),
            Err(Error::OwnerDied) => {
                assert!(self.untold.replace(false), "told twice, or of nothing");
            }
            Err(Error::NotRecoverable) => assert!(self.lost.get(), "nothing is lost"),
            Err(error) => panic!("{error:?}"),
        }
        answer != Err(Error::NotRecoverable)
    }

    /// The owner unlocks, repairs first or not, or dies; or waits without repair.
    fn release_somehow(&self, w: &World, inconsistent: bool) {
        match w.choose(if inconsistent { 4 } else { 2 }) {
            0 => {
                if inconsistent {
                    self.mutex.consistent(w).expect("it is mine to repair");
                }
                self.mutex.unlock(w).expect("mine");
            }
            1 => {
                self.untold.set(true);
                // A recursive mutex is abandoned however often it is locked.
                let _ = self.mutex.try_lock(w);
                self.mutex.abandon(w);
                w.exit_thread();
            }
            2 => {
                self.lost.set(true);
                self.mutex.unlock(w).expect("mine");
            }
            _ => {
                self.lost.set(true);
                let answer = self.condvar.wait(w, &self.mutex, Deadline::Never);
                assert_eq!(answer, Err(Error::NotRecoverable), "it waits in vain");
            }
        }
    }
}

/// Asserts that the next locker is told what has come of the mutex.
fn inspect(w: &World, shared: &Shared) {
    assert_eq!(shared.mutex.owner(), None, "an owner is left");
    assert!(!shared.condvar.has_waiters(), "a waiter is left");
    let answer = shared.mutex.lock(w);
    if shared.understand(answer) {
        if answer.is_err() {
            shared.mutex.consistent(w).expect("inconsistent");
        }
        shared.mutex.unlock(w).expect("mine");
        shared.mutex.lock(w).expect("in order again");
        shared.mutex.unlock(w).expect("mine");
    }
}

fn owners_die(world: &World, size: Size) {
    let kind = [Kind::Normal, Kind::Recursive][world.choose(2)];
    let shared = Shared::new(kind);
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        world.spawn(move |w| {
            for _ in 0..size.rounds {
                let deadline = some_deadline(w);
                let answer = shared.mutex.lock_until(w, deadline);
                if answer == Err(Error::TimedOut) {
                    assert!(w.is_over(deadline), "a timeout came early");
                } else if shared.understand(answer) {
                    shared.section.pass_through(w);
                    shared.release_somehow(w, answer.is_err());
                }
            }
        });
    }
    world.finally(move |w| inspect(w, &shared));
}

#[test]
fn each_death_is_told_once_and_a_loss_to_everybody() {
    check(&owners_die);
    check_priorities(&owners_die);
}

/// Threads wait on a condition, with or without a deadline; one wakes them,
/// after its death with the mutex held, or before it. Each waiter then holds
/// the mutex or is told that nobody will.
fn waiters_inherit(world: &World, size: Size) {
    let shared = Shared::new(Kind::Normal);
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        world.spawn(move |w| wait_and_release(w, &shared));
    }
    let waker = Rc::clone(&shared);
    world.spawn(move |w| {
        while waker.waiting.get() < size.threads as u32 {
            w.yield_now();
        }
        if waker.understand(waker.mutex.lock(w)) {
            die_somehow(w, &waker);
        }
        waker.condvar.broadcast(w, &waker.mutex);
    });
    world.finally(move |w| inspect(w, &shared));
}

fn wait_and_release(w: &World, shared: &Shared) {
    let answer = shared.mutex.lock(w);
    shared.waiting.set(shared.waiting.get() + 1);
    if !shared.understand(answer) {
        return;
    }
    if answer.is_err() {
        shared.mutex.consistent(w).expect("inconsistent");
    }
    let deadline = [Deadline::Never, w.deadline(Clock::Monotonic, 10)][w.choose(2)];
    let answer = shared.condvar.wait(w, &shared.mutex, deadline);
    if answer == Err(Error::TimedOut) {
        // An answer about the mutex would have come before the timeout.
        assert!(shared.understand(Ok(())));
        shared.mutex.unlock(w).expect("mine");
    } else if shared.understand(answer) {
        assert_eq!(shared.mutex.owner(), Some(w.current()));
        shared.section.pass_through(w);
        shared.release_somehow(w, answer.is_err());
    }
}

/// The owner dies, and the caller goes on as another thread. It may wake the
/// waiters before, or unlock without repair after.
fn die_somehow(w: &World, shared: &Shared) {
    let choice = w.choose(3);
    if choice == 0 {
        shared.condvar.broadcast(w, &shared.mutex);
    }
    shared.untold.set(true);
    shared.mutex.abandon(w);
    if choice == 2 {
        let answer = shared.mutex.lock(w);
        if shared.understand(answer) {
            shared.lost.set(answer.is_err());
            shared.mutex.unlock(w).expect("mine");
        }
    }
}

#[test]
fn a_waiter_on_a_condition_inherits_as_a_locker_does() {
    check(&waiters_inherit);
}
