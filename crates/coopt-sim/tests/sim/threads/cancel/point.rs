//! Single things that cancellation promises.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use coopt_sim::threads::Threads;
use coopt_sync::{Deadline, Once};
use coopt_threads::cancel::CANCELED;
use coopt_threads::cancellation;
use coopt_threads::objects::{Semaphore, once};
use coopt_threads::sigmask::{self, How};
use coopt_threads::signal::Set;
use coopt_threads::thread::cancellation::{State, Type};

use crate::threads::calls::{AWAITED, Place, What};
use crate::threads::tools::{INHERITS, PLAIN, dawdle, get, guarded, join, spawn};
use crate::threads::{FEW, check_threads, run};
use crate::{CHOICES_MAX, Size, explorers};

/// A request is enough to end a thread at a point, before its wait or in it.
/// While the thread ends, it acts on no request, whatever its handlers do.
fn needs_no_help(t: &Threads, what: What) {
    t.spawn(move |t| {
        sigmask::change(t, How::Block, Set::of(AWAITED));
        let place = Rc::new(Place::new(what, 1));
        place.begin(t);
        let release = Rc::new(Semaphore::new(0));
        let waiting = Rc::clone(&release);
        let joined = spawn(t, move |t| {
            assert_eq!(waiting.wait(t, Deadline::Never), Ok(()));
        });
        let calling = Rc::clone(&place);
        let cleaned = Rc::new(Cell::new(0));
        let cleaning = Rc::clone(&cleaned);
        let victim = spawn(t, move |t| {
            calling.add_joined(t, joined);
            let clean = |t: &Threads| {
                cancellation::set_state(t, State::Enabled);
                cancellation::test(t);
                cleaning.set(cleaning.get() + 1);
            };
            guarded(t, clean, || {
                if let What::Mutex(_) = what {
                    cancellation::set_type(t, Type::Asynchronous);
                }
                let answer = calling.call(t, Deadline::Never);
                panic!("it has waited for nothing: {answer:?}");
            });
        });
        dawdle(t);
        cancellation::request(t, get(t, victim));
        assert_eq!(join(t, victim), CANCELED);
        assert_eq!(cleaned.get(), 1, "it cleans up once");
        assert_eq!(release.post(t), Ok(()));
        join(t, joined);
        place.release(t);
        place.inspect(t);
    });
}

#[test]
fn a_request_is_enough() {
    for what in [
        What::Semaphore,
        What::Condition(PLAIN),
        What::Condition(INHERITS),
        What::Join,
        What::SignalWait,
        What::SignalWaitOnly,
        What::Suspend,
        What::Mutex(PLAIN),
        What::Mutex(INHERITS),
    ] {
        for explorer in explorers(Size::new(1, 1)) {
            let program = |t: &Threads, _| needs_no_help(t, what);
            explorer.exhaustive(CHOICES_MAX, FEW, &|world| {
                run(&program, world, Size::new(1, 1))
            });
        }
    }
}

/// The initialiser is a cancellation point, and its thread may be cancelled in
/// it. Then another thread runs the initialiser, which has run once in the end.
#[test]
fn an_initialiser_that_is_cancelled_is_run_by_another() {
    extern "C" fn abandon(once: *mut std::ffi::c_void) {
        ONCE.with(|t| {
            let t = t.borrow();
            let t = t.as_ref().expect("a program runs");
            #[expect(unsafe_code, reason = "C knows an address only")]
            // SAFETY: `once::call` passes the once, which the program keeps.
            let once = unsafe { &*once.cast::<Once>() };
            t.world.in_c(|| once::abandon(t, once));
        });
    }
    thread_local! {
        static ONCE: RefCell<Option<Threads>> = const { RefCell::new(None) };
    }
    check_threads(&|t, size| {
        ONCE.replace(Some(t.clone()));
        let once = Rc::new(Once::new());
        let done = Rc::new(Cell::new(0));
        let finished = Rc::clone(&done);
        t.spawn(move |t| {
            let threads: Vec<_> = (0..size.threads)
                .map(|_| {
                    let (once, done) = (Rc::clone(&once), Rc::clone(&done));
                    spawn(t, move |t| {
                        let init = || {
                            dawdle(t);
                            cancellation::test(t);
                            done.set(done.get() + 1);
                        };
                        once::call(t, &once, init, abandon);
                        assert_eq!(done.get(), 1, "nobody has run it");
                    })
                })
                .collect();
            for &thread in &threads[1..] {
                cancellation::request(t, get(t, thread));
            }
            threads.into_iter().for_each(|thread| {
                join(t, thread);
            });
            ONCE.replace(None);
        });
        t.world.finally(move |_| assert_eq!(finished.get(), 1));
    });
}
