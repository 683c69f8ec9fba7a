//! Semaphores: units are neither lost nor made, and go round in order.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use coopt_sim::{World, assert_like_new};
use coopt_sync::{Deadline, Error, Platform as _, Semaphore, ThreadId, VALUE_MAX};

use crate::{Size, check, check_priorities, some_deadline};

struct Shared {
    semaphore: Semaphore,
    /// Units posted and not taken yet.
    units: Cell<u32>,
}

impl Shared {
    fn new(units: u32) -> Rc<Self> {
        Rc::new(Self {
            semaphore: Semaphore::new(units),
            units: Cell::new(units),
        })
    }

    fn take(&self) {
        let left = self.units.get().checked_sub(1);
        self.units.set(left.expect("a unit came from nowhere"));
    }

    fn post(&self, w: &World) {
        self.units.set(self.units.get() + 1);
        self.semaphore.post(w).expect("far from the limit");
    }

    fn inspect(&self, w: &World) {
        assert_like_new(&self.semaphore, &Semaphore::new(self.units.get()));
        self.post(w);
        self.semaphore.wait(w, Deadline::Never).expect("a unit");
        assert_eq!(self.semaphore.value(), self.units.get() - 1);
    }
}

/// Everybody takes a unit, unless it gives up, and gives it back.
fn borrow(world: &World, size: Size) {
    let shared = Shared::new(1);
    for _ in 0..size.threads {
        let borrower = Rc::clone(&shared);
        let thread = world.spawn(move |w| {
            for _ in 0..size.rounds {
                let deadline = some_deadline(w);
                match borrower.semaphore.wait(w, deadline) {
                    Ok(()) => {
                        borrower.take();
                        if w.choose(2) == 1 {
                            w.yield_now();
                        }
                        borrower.post(w);
                    }
                    Err(Error::TimedOut) => assert!(w.is_over(deadline), "too early"),
                    Err(error) => assert_eq!(error, Error::Interrupted),
                }
            }
        });
        world.allow_interrupt(thread);
    }
    world.finally(move |w| {
        assert_eq!(shared.units.get(), 1);
        shared.inspect(w);
    });
}

#[test]
fn units_are_neither_lost_nor_made() {
    check(&borrow);
    check_priorities(&borrow);
}

/// A thread that gets a unit was not preceded by a thread that still waits.
fn in_order(world: &World, size: Size) {
    let shared = Shared::new(0);
    let queue = Rc::new(RefCell::new(Vec::<ThreadId>::new()));
    for _ in 0..size.threads {
        let (shared, queue) = (Rc::clone(&shared), Rc::clone(&queue));
        world.spawn(move |w| {
            for _ in 0..size.rounds {
                queue.borrow_mut().push(w.current());
                shared.semaphore.wait(w, Deadline::Never).expect("a unit");
                shared.take();
                let mut queue = queue.borrow_mut();
                let place = queue.iter().position(|&other| other == w.current());
                let place = place.expect("queued once");
                let before = &queue[..place];
                assert!(before.iter().all(|&other| !w.is_parked(other)), "overtaken");
                queue.remove(place);
            }
        });
    }
    world.spawn(move |w| {
        for _ in 0..size.threads * size.rounds {
            shared.post(w);
            if w.choose(2) == 1 {
                w.yield_now();
            }
        }
    });
}

#[test]
fn units_go_to_those_who_came_first() {
    check(&in_order);
}

#[test]
fn a_full_semaphore_overflows_and_stays_full() {
    check(&|world, size| {
        let semaphore = Rc::new(Semaphore::new(VALUE_MAX));
        for _ in 0..size.threads {
            let semaphore = Rc::clone(&semaphore);
            world.spawn(move |w| {
                assert_eq!(semaphore.post(w), Err(Error::TooMany));
                semaphore.try_wait().expect("there are many");
                semaphore.post(w).expect("one is free");
                w.yield_now();
            });
        }
        world.finally(move |_| assert_eq!(semaphore.value(), VALUE_MAX));
    });
}
