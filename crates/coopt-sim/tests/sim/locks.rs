//! The small locks: libc's lock, spin locks, latches.

use std::cell::Cell;
use std::rc::Rc;

use coopt_sim::{Exclusion, assert_like_new};
use coopt_sync::{Deadline, Error, Latch, LibcLock, Reason, SpinLock, WaitKind};

use crate::{check, some_deadline};

#[test]
fn libcs_lock_excludes() {
    check(&|world, size| {
        let lock = Rc::new((LibcLock::new(), Exclusion::default()));
        for _ in 0..size.threads {
            let shared = Rc::clone(&lock);
            let thread = world.spawn(move |w| {
                for _ in 0..size.rounds {
                    shared.0.lock(w);
                    shared.1.pass_through(w);
                    shared.0.unlock(w);
                }
            });
            world.allow_interrupt(thread);
        }
        world.finally(move |_| assert_like_new(&lock.0, &LibcLock::new()));
    });
}

#[test]
fn a_spin_lock_excludes() {
    check(&|world, size| {
        let lock = Rc::new((SpinLock::new(), Exclusion::default()));
        for _ in 0..size.threads {
            let shared = Rc::clone(&lock);
            let thread = world.spawn(move |w| {
                for _ in 0..size.rounds {
                    shared.0.lock(w).expect("not mine");
                    assert_eq!(shared.0.lock(w), Err(Error::Deadlock));
                    shared.1.pass_through(w);
                    shared.0.unlock(w).expect("mine");
                }
            });
            world.allow_interrupt(thread);
        }
        world.finally(move |_| assert_like_new(&lock.0, &SpinLock::new()));
    });
}

#[test]
fn a_latch_stays_open_and_nobody_passes_before() {
    check(&|world, size| {
        let latch = Rc::new((Latch::new(), Cell::new(false)));
        for _ in 0..size.threads {
            let gate = Rc::clone(&latch);
            let thread = world.spawn(move |w| {
                for _ in 0..size.rounds {
                    let deadline = some_deadline(w);
                    match gate.0.wait(w, deadline, Reason::new(WaitKind::Join)) {
                        Ok(()) => assert!(gate.1.get(), "through a closed gate"),
                        Err(Error::TimedOut) => assert!(w.is_over(deadline), "too early"),
                        Err(error) => assert_eq!(error, Error::Interrupted),
                    }
                }
            });
            world.allow_interrupt(thread);
        }
        let opener = Rc::clone(&latch);
        world.spawn(move |w| {
            w.yield_now();
            opener.1.set(true);
            opener.0.open(w);
        });
        world.finally(move |w| {
            assert!(latch.0.is_open());
            let passed = latch
                .0
                .wait(w, Deadline::Never, Reason::new(WaitKind::Join));
            passed.expect("open for ever");
        });
    });
}
