//! One-time initialisation, and initialisers that do not come to their end.

use std::cell::Cell;
use std::rc::Rc;

use coopt_sim::{Exclusion, World, assert_like_new};
use coopt_sync::Once;

use crate::{Size, check};

#[derive(Default)]
struct Shared {
    once: Once,
    running: Exclusion,
    begun: Cell<u32>,
    abandoned: Cell<u32>,
    done: Cell<bool>,
}

/// An initialiser that may end its thread instead of returning.
fn initialise(w: &World, shared: &Shared, may_die: bool) {
    shared.begun.set(shared.begun.get() + 1);
    shared.running.pass_through(w);
    assert!(!shared.done.get(), "it was done already");
    if may_die && w.choose(2) == 1 {
        shared.abandoned.set(shared.abandoned.get() + 1);
        shared.once.abandon(w);
        w.exit_thread();
    }
    shared.done.set(true);
}

fn call(world: &World, size: Size, may_die: bool) {
    let shared = Rc::new(Shared::default());
    for _ in 0..size.threads {
        let caller = Rc::clone(&shared);
        let thread = world.spawn(move |w| {
            for _ in 0..size.rounds {
                caller.once.call(w, || initialise(w, &caller, may_die));
                assert!(caller.done.get(), "it returned too early");
                w.yield_now();
            }
        });
        world.allow_interrupt(thread);
    }
    world.finally(move |w| {
        if !shared.done.get() {
            assert_like_new(&shared.once, &Once::new());
        }
        shared.once.call(w, || initialise(w, &shared, false));
        assert!(shared.done.get());
        assert_eq!(
            shared.begun.get(),
            shared.abandoned.get() + 1,
            "once too often"
        );
    });
}

#[test]
fn it_runs_once() {
    check(&|world, size| call(world, size, false));
}

#[test]
fn it_runs_again_only_after_it_was_abandoned() {
    check(&|world, size| call(world, size, true));
}
