//! Condition variables: no signal is lost, and every wait ends with the mutex.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use coopt_sim::{Exclusion, World, assert_like_new};
use coopt_sync::{Clock, Condvar, Deadline, Error, Kind, Mutex, Platform as _};

use crate::{Size, check, check_priorities};

#[derive(Default)]
struct Shared {
    mutex: Mutex,
    condvar: Condvar,
    section: Exclusion,
    /// What the threads wait for.
    tokens: Cell<u32>,
    waiting: RefCell<VecDeque<u32>>,
    arrivals: Cell<usize>,
    generation: Cell<u32>,
}

impl Shared {
    fn lock(&self, w: &World) {
        self.mutex.lock(w).expect("not mine yet");
        self.section.enter(w);
    }

    fn unlock(&self, w: &World) {
        self.section.leave(w);
        self.mutex.unlock(w).expect("mine");
    }

    /// Waits; the section is left meanwhile, and entered again whatever the
    /// outcome is.
    fn wait(&self, w: &World, deadline: Deadline) -> Result<(), Error> {
        self.section.leave(w);
        let outcome = self.condvar.wait(w, &self.mutex, deadline);
        assert_eq!(self.mutex.owner(), Some(w.current()), "without the mutex");
        self.section.enter(w);
        if outcome == Err(Error::TimedOut) {
            assert!(w.is_over(deadline), "a timeout came early");
        }
        outcome
    }

    /// Signals and unlocks, in either order.
    fn signal_and_unlock(&self, w: &World) {
        let held = w.choose(2) == 0;
        if held {
            self.condvar.signal(w, &self.mutex);
        }
        self.unlock(w);
        if !held {
            self.condvar.signal(w, &self.mutex);
        }
    }

    fn inspect(&self, w: &World, kind: Kind) {
        assert_like_new(&self.condvar, &Condvar::new());
        assert_like_new(&self.mutex, &Mutex::new(kind));
        self.lock(w);
        self.condvar.signal(w, &self.mutex);
        self.unlock(w);
    }
}

/// A token goes from thread to thread: each waits for it and passes it on with
/// one signal. Threads that can give up (by a timeout or an interruption) leave
/// the token to the others. If a thread gave up with a signal in its hands, the
/// others would wait for ever.
fn relay(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    for index in 0..size.threads {
        let runner = Rc::clone(&shared);
        let patient = index == 0;
        let thread = world.spawn(move |w| {
            for _ in 0..size.rounds {
                run_once(w, &runner, patient);
            }
        });
        if !patient {
            world.allow_interrupt(thread);
        }
    }
    world.allow_clock_change(-15);
    let starter = Rc::clone(&shared);
    world.spawn(move |w| {
        starter.lock(w);
        starter.tokens.set(1);
        starter.signal_and_unlock(w);
    });
    world.finally(move |w| {
        assert_eq!(shared.tokens.get(), 1);
        shared.inspect(w, Kind::Normal);
    });
}

fn run_once(w: &World, shared: &Shared, patient: bool) {
    let deadline = match w.choose(if patient { 1 } else { 3 }) {
        0 => Deadline::Never,
        1 => w.deadline(Clock::Monotonic, 10),
        _ => w.deadline(Clock::Realtime, 20),
    };
    shared.lock(w);
    while shared.tokens.get() == 0 {
        if shared.wait(w, deadline).is_err() {
            shared.unlock(w);
            return;
        }
    }
    shared.tokens.set(0);
    w.yield_now();
    shared.tokens.set(1);
    shared.signal_and_unlock(w);
}

#[test]
fn no_signal_is_lost_in_the_hands_of_one_who_gives_up() {
    check(&relay);
    check_priorities(&relay);
}

#[derive(Default)]
struct Ring {
    mutex: Mutex,
    section: Exclusion,
    turns: Vec<Condvar>,
    /// Whose turn it is.
    holder: Cell<usize>,
}

impl Ring {
    fn wait_for_turn(&self, w: &World, me: usize) {
        while self.holder.get() != me {
            self.section.leave(w);
            let answer = self.turns[me].wait(w, &self.mutex, Deadline::Never);
            assert_eq!(answer, Ok(()));
            assert_eq!(self.mutex.owner(), Some(w.current()), "without the mutex");
            self.section.enter(w);
        }
    }
}

/// A token goes round, each thread having a condition variable of its own. So
/// the wait of a thread hands the mutex to the next thread, which its signal
/// has moved.
fn ring(world: &World, size: Size) {
    let ring = Rc::new(Ring {
        turns: (0..size.threads).map(|_| Condvar::new()).collect(),
        ..Ring::default()
    });
    for me in 0..size.threads {
        let ring = Rc::clone(&ring);
        world.spawn(move |w| {
            ring.mutex.lock(w).expect("not mine yet");
            ring.section.enter(w);
            for _ in 0..size.rounds {
                ring.wait_for_turn(w, me);
                ring.holder.set((me + 1) % ring.turns.len());
                ring.turns[ring.holder.get()].signal(w, &ring.mutex);
            }
            ring.section.leave(w);
            ring.mutex.unlock(w).expect("mine");
        });
    }
    world.finally(move |_| {
        assert_eq!(ring.holder.get(), 0);
        assert_like_new(&ring.mutex, &Mutex::new(Kind::Normal));
        for turn in &ring.turns {
            assert_like_new(turn, &Condvar::new());
        }
    });
}

#[test]
fn a_wait_hands_the_mutex_to_whoever_was_signalled() {
    check(&ring);
    check_priorities(&ring);
}

/// All wait for the next generation, and go on in the order they came in.
fn broadcast(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        world.spawn(move |w| {
            for round in 1..=size.rounds as u32 {
                shared.lock(w);
                let me = w.current().get();
                shared.waiting.borrow_mut().push_back(me);
                shared.arrivals.set(shared.arrivals.get() + 1);
                while shared.generation.get() < round {
                    shared.wait(w, Deadline::Never).expect("a broadcast");
                }
                assert_eq!(
                    shared.waiting.borrow_mut().pop_front(),
                    Some(me),
                    "overtaken"
                );
                shared.unlock(w);
            }
        });
    }
    let caller = Rc::clone(&shared);
    world.spawn(move |w| {
        for round in 1..=size.rounds {
            while caller.arrivals.get() < size.threads * round {
                w.yield_now();
            }
            call_all(w, &caller);
        }
    });
    world.finally(move |w| shared.inspect(w, Kind::Normal));
}

fn call_all(w: &World, shared: &Shared) {
    let held = w.choose(2) == 0;
    shared.lock(w);
    shared.generation.set(shared.generation.get() + 1);
    if held {
        shared.condvar.broadcast(w, &shared.mutex);
    }
    shared.unlock(w);
    if !held {
        shared.condvar.broadcast(w, &shared.mutex);
    }
}

#[test]
fn a_broadcast_lets_all_go_in_order() {
    check(&broadcast);
}

/// A wait gives up every lock of a recursive mutex, and gets as many back.
fn recursive(world: &World, size: Size) {
    let shared = Rc::new(Shared {
        mutex: Mutex::new(Kind::Recursive),
        ..Shared::default()
    });
    for depth in 0..size.threads {
        let shared = Rc::clone(&shared);
        world.spawn(move |w| {
            for _ in 0..depth {
                shared.mutex.lock(w).expect("recursive");
            }
            shared.lock(w);
            let deadline = w.deadline(Clock::Monotonic, 10);
            let _ = shared.wait(w, [deadline, Deadline::Never][w.choose(2)]);
            shared.unlock(w);
            for _ in 0..depth {
                shared.mutex.unlock(w).expect("as often as before");
            }
            assert_eq!(shared.mutex.unlock(w), Err(Error::NotOwner));
        });
    }
    let caller = Rc::clone(&shared);
    world.spawn(move |w| {
        let inside = caller.mutex.try_lock(w).is_ok();
        caller.generation.set(1);
        if inside {
            caller.mutex.unlock(w).expect("mine");
        }
        while w.is_anybody_else_live() {
            caller.condvar.broadcast(w, &caller.mutex);
            w.yield_now();
        }
    });
    world.finally(move |w| shared.inspect(w, Kind::Recursive));
}

#[test]
fn a_wait_restores_the_depth_of_a_recursive_mutex() {
    check(&recursive);
}

/// A broadcast wakes all waiters, and then the use of the object ends. Threads
/// that had given up before may have yet to notice.
fn retire(world: &World, size: Size) {
    let shared = Rc::new(Shared::default());
    for _ in 0..size.threads {
        let shared = Rc::clone(&shared);
        let thread = world.spawn(move |w| {
            let deadline = w.deadline(Clock::Monotonic, 10);
            shared.lock(w);
            if shared.generation.get() == 0 {
                let _ = shared.wait(w, [deadline, Deadline::Never][w.choose(2)]);
            }
            shared.unlock(w);
        });
        world.allow_interrupt(thread);
    }
    let owner = Rc::clone(&shared);
    world.spawn(move |w| {
        owner.lock(w);
        if owner.condvar.is_awaited(w) {
            assert_eq!(owner.condvar.retire(w), Err(Error::Busy));
        }
        owner.generation.set(1);
        owner.condvar.broadcast(w, &owner.mutex);
        owner.condvar.retire(w).expect("all were called");
        assert_like_new(&owner.condvar, &Condvar::new());
        owner.unlock(w);
    });
    world.finally(move |w| shared.inspect(w, Kind::Normal));
}

#[test]
fn who_gave_up_leaves_before_the_object_does() {
    check(&retire);
    check_priorities(&retire);
}

/// A thread without the mutex cannot wait, and a malformed deadline is refused
/// before anything happens.
#[test]
fn a_wait_that_is_refused_changes_nothing() {
    check(&|world, size| {
        let shared = Rc::new(Shared::default());
        for _ in 0..size.threads {
            let shared = Rc::clone(&shared);
            world.spawn(move |w| {
                let refused = shared.condvar.wait(w, &shared.mutex, Deadline::Never);
                assert_eq!(refused, Err(Error::NotOwner));
                shared.lock(w);
                assert_eq!(shared.wait(w, Deadline::Malformed), Err(Error::Malformed));
                let passed = Deadline::Monotonic(coopt_sync::Instant::from_ns(0));
                assert_eq!(shared.wait(w, passed), Err(Error::TimedOut));
                shared.unlock(w);
            });
        }
        world.finally(move |w| shared.inspect(w, Kind::Normal));
    });
}
