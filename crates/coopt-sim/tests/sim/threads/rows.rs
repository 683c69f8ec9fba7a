//! What becomes of each call whose wait a handler interrupts: what its row in
//! the table of the calls says, and nothing else. A handler may itself wait.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use coopt_sim::threads::Threads;
use coopt_sync::{Deadline, Error};
use coopt_threads::calls::{self, AfterHandler};
use coopt_threads::send::{self, Target};
use coopt_threads::sigmask::{self, How};
use coopt_threads::signal::{Set, Signal};
use coopt_threads::{Mutex, System as _};

use super::calls::{AWAITED, Place, What};
use super::check_some;
use super::tools::{self, Handle, INHERITS, PLAIN, ROBUST, Tally, dawdle, get, join, spawn};
use crate::Size;

/// A thread that makes the call.
#[derive(Default)]
struct Caller {
    is_in_call: Cell<bool>,
    /// Handlers have run in the call.
    was_signalled: Cell<bool>,
    /// When the last handler was done, nothing had satisfied the call.
    had_to_wait: Cell<bool>,
    signals: Tally,
}

struct Shared {
    place: Place,
    restarts: bool,
    callers: Vec<Caller>,
    handles: RefCell<Vec<Handle>>,
    /// What handlers wait for.
    inner: Mutex,
    nested: Cell<u32>,
}

/// A signal that handlers send themselves.
const NESTED: Signal = Signal::URG;

fn interrupted(t: &Threads, size: Size, what: What) {
    t.spawn(move |t| {
        let shared = Rc::new(Shared {
            place: Place::new(what, size.threads),
            restarts: t.world.choose(2) == 1,
            callers: (0..size.threads).map(|_| Caller::default()).collect(),
            handles: RefCell::default(),
            inner: Mutex::from_bits(PLAIN),
            nested: Cell::new(0),
        });
        handle_signals(t, &shared);
        sigmask::change(t, How::Block, Set::of(AWAITED));
        let work = || {
            start_callers(t, &shared);
            meddle(t, &shared, size);
        };
        if what == What::Once {
            shared.place.initialise(t, work);
        } else {
            shared.place.begin(t);
            work();
        }
        finish(t, &shared);
        shared.place.inspect(t);
    });
}

fn handle_signals(t: &Threads, shared: &Rc<Shared>) {
    let restarts = shared.restarts;
    let with_flags = |action: coopt_sim::threads::Action| action.restarting(restarts);
    let handling = Rc::clone(shared);
    t.handle(Signal::USR1, with_flags, move |t, _| {
        let me = std::ptr::from_ref(t.me());
        let index = handling.handles.borrow().iter().position(|&h| h == me);
        let index = index.expect("it is a caller");
        let caller = &handling.callers[index];
        caller.signals.notice();
        let is_in_call = caller.is_in_call.replace(false);
        work_in_handler(t, &handling);
        caller.is_in_call.set(is_in_call);
        if is_in_call {
            caller.was_signalled.set(true);
            caller.had_to_wait.set(handling.place.provided.get() == 0);
        }
    });
    let nested = Rc::clone(shared);
    t.handle(NESTED, with_flags, move |t, _| {
        nested.nested.set(nested.nested.get() + 1);
        dawdle(t);
    });
}

/// A handler waits for something else.
fn work_in_handler(t: &Threads, shared: &Shared) {
    match t.world.choose(6) {
        0 => {
            tools::lock(t, &shared.inner);
            dawdle(t);
            tools::unlock(t, &shared.inner);
        }
        1 => assert_eq!(tools::sleep(t, 5), Ok(()), "no other handler runs"),
        2 => {
            let before = shared.nested.get();
            let me = Target::Thread(t.me());
            assert_eq!(send::send(t, me, Some(NESTED)), Ok(()));
            assert!(shared.nested.get() > before, "the nested one has run");
        }
        3 if shared.callers.len() == 1 => {
            let joined = spawn(t, dawdle);
            join(t, joined);
        }
        _ => {}
    }
}

fn start_callers(t: &Threads, shared: &Rc<Shared>) {
    for index in 0..shared.callers.len() {
        let joined = (shared.place.what == What::Join).then(|| {
            let place = Rc::clone(shared);
            spawn(t, move |t| {
                while place.place.semaphore.wait(t, Deadline::Never).is_err() {}
            })
        });
        let mine = Rc::clone(shared);
        let caller = spawn(t, move |t| {
            if let Some(joined) = joined {
                mine.place.add_joined(t, joined);
            }
            be_caller(t, &mine, index);
        });
        shared.handles.borrow_mut().push(caller);
        if t.world.choose(2) == 1 {
            // The caller may be woken although no handler is to run.
            t.world
                .allow_interrupt(get(t, caller).id.get().expect("it lives"));
        }
    }
}

fn be_caller(t: &Threads, shared: &Shared, index: usize) {
    let caller = &shared.callers[index];
    let ends_at = t.world.monotonic_ns() + 20;
    caller.is_in_call.set(true);
    let answer = shared.place.call(t, Deadline::Never);
    caller.is_in_call.set(false);
    if shared.place.what != What::Suspend {
        understand(t, shared, caller, answer);
    }
    if shared.place.what == What::Sleep && answer == Ok(()) {
        assert!(t.world.monotonic_ns() >= ends_at, "it has slept too little");
    }
    if answer == Ok(()) {
        dawdle(t);
        shared.place.release(t);
    }
}

/// Asserts that the call ended as its row says.
fn understand(t: &Threads, shared: &Shared, caller: &Caller, answer: Result<(), Error>) {
    let row = shared.place.what.row();
    let ends = match row.after_handler {
        AfterHandler::GoesOn | AfterHandler::Returns => false,
        AfterHandler::Restarts => !shared.restarts,
        AfterHandler::Ends => true,
    };
    let may_end = ends && caller.was_signalled.get();
    let provides = !matches!(shared.place.what, What::Sleep | What::Join);
    let is_lone = shared.callers.len() == 1 && provides;
    let had_to_wait = is_lone && caller.had_to_wait.get();
    match answer {
        Ok(()) => assert!(!(may_end && had_to_wait), "it was to end"),
        Err(Error::Interrupted) => assert!(may_end, "it was to go on"),
        Err(error) => panic!("{error:?}"),
    }
    if is_lone && answer == Ok(()) {
        assert!(shared.place.provided.get() > 0, "nothing has satisfied it");
    }
    let is_condition = row == calls::COND_WAIT;
    if is_condition && had_to_wait {
        assert!(shared.place.spurious.get() > 0, "no wake-up by chance");
    }
    let _ = t;
}

/// Signals the callers and satisfies their calls, in any order.
fn meddle(t: &Threads, shared: &Shared, size: Size) {
    let all = || 0..size.threads;
    let mut signals: Vec<_> = (0..size.rounds).flat_map(|_| all()).collect();
    let mut provisions = size.threads;
    // The callers may begin to wait before anything happens.
    dawdle(t);
    while !signals.is_empty() || provisions > 0 {
        let chosen = t.world.choose(signals.len() + usize::from(provisions > 0));
        if chosen < signals.len() {
            signal(t, shared, signals.swap_remove(chosen));
        } else {
            provisions -= 1;
            provide(t, shared);
        }
        dawdle(t);
    }
}

fn signal(t: &Threads, shared: &Shared, index: usize) {
    let target = get(t, shared.handles.borrow()[index]);
    let signals = &shared.callers[index].signals;
    signals.send(t, Target::Thread(target), Signal::USR1);
}

fn provide(t: &Threads, shared: &Shared) {
    match shared.place.what {
        What::Join => assert_eq!(shared.place.semaphore.post(t), Ok(())),
        _ => shared.place.provide(t),
    }
}

/// Joins all callers; one that waits for a signal gets signals until it ends.
fn finish(t: &Threads, shared: &Shared) {
    for (index, caller) in shared.callers.iter().enumerate() {
        let handle = shared.handles.borrow()[index];
        while !get(t, handle).has_ended() {
            match shared.place.what {
                What::SignalWait | What::SignalWaitOnly => provide(t, shared),
                What::Suspend => signal(t, shared, index),
                _ => break,
            }
            tools::let_all_run(t);
        }
        join(t, handle);
        caller.signals.inspect();
        if shared.place.what == What::Suspend {
            assert!(caller.was_signalled.get(), "it ended for no reason");
        }
    }
}

macro_rules! interrupted_in {
    ($($name:ident: $($what:expr),+;)*) => {
        $(#[test]
        fn $name() {
            $(check_some(&|t, size| interrupted(t, size, $what));)+
        })*
    };
}

interrupted_in! {
    a_wait_on_a_semaphore_restarts_or_ends: What::Semaphore;
    a_wait_on_a_condition_returns: What::Condition(PLAIN);
    so_does_one_with_a_tracked_mutex: What::Condition(INHERITS), What::Condition(ROBUST);
    a_join_goes_on: What::Join;
    a_sleep_ends: What::Sleep;
    a_wait_for_a_signal_ends: What::SignalWait;
    one_that_cannot_be_interrupted_goes_on: What::SignalWaitOnly;
    a_pause_ends: What::Suspend;
    a_bare_futex_ends: What::Futex;
    mutexes_go_on: What::Mutex(PLAIN), What::Mutex(INHERITS);
    locks_to_read_and_write_go_on: What::Read, What::Write;
    spin_locks_barriers_and_onces_go_on: What::Spin, What::Barrier, What::Once;
}
