//! Several threads in a call, which others cancel, signal and satisfy.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use coopt_sim::threads::{Threads, result};
use coopt_sync::{Deadline, Error};
use coopt_threads::calls::AfterHandler;
use coopt_threads::cancel::CANCELED;
use coopt_threads::send::Target;
use coopt_threads::sigmask::{self, How};
use coopt_threads::signal::{Set, Signal};
use coopt_threads::thread::cancellation::{State, Type};
use coopt_threads::{System as _, cancellation};

use crate::Size;
use crate::threads::calls::{AWAITED, Place, What};
use crate::threads::check_some;
use crate::threads::tools::{
    self, Handle, INHERITS, PLAIN, ROBUST, Tally, dawdle, get, guarded, join, spawn,
};

/// A thread that may be cancelled.
#[derive(Default)]
struct Victim {
    /// Somebody has asked it to end while it could.
    is_doomed: Cell<bool>,
    /// It is past its last cancellation point.
    has_passed: Cell<bool>,
    /// It acts on no request for now.
    is_deaf: Cell<bool>,
    cleaned: Cell<u32>,
    signals: Tally,
}

struct Shared {
    place: Place,
    victims: Vec<Victim>,
    handles: RefCell<Vec<Handle>>,
}

/// What others do, in any order.
#[derive(Clone, Copy)]
enum Do {
    Request(usize),
    Signal(usize),
    Provide,
}

fn cancelled_in(t: &Threads, size: Size, what: What) {
    t.spawn(move |t| {
        let shared = Rc::new(Shared {
            place: Place::new(what, size.threads),
            victims: (0..size.threads).map(|_| Victim::default()).collect(),
            handles: RefCell::default(),
        });
        handle_signals(t, &shared);
        sigmask::change(t, How::Block, Set::of(AWAITED));
        let work = || meddle(t, &shared, size);
        if what == What::Once {
            shared.place.initialise(t, work);
        } else {
            shared.place.begin(t);
            work();
        }
        for (victim, &handle) in shared.victims.iter().zip(&*shared.handles.borrow()) {
            let expected = if victim.is_doomed.get() {
                CANCELED
            } else {
                result(0)
            };
            assert_eq!(join(t, handle), expected, "it ends as it has to");
            let cleaned = u32::from(!victim.has_passed.get());
            assert!(victim.cleaned.get() <= cleaned, "it cleans up for nothing");
            victim.signals.inspect();
        }
        for &(_, thread) in &*shared.place.joined.borrow() {
            if t.find(thread).is_some() {
                assert_eq!(join(t, thread), result(0));
            }
        }
        shared.place.inspect(t);
    });
}

fn handle_signals(t: &Threads, shared: &Rc<Shared>) {
    let restarts = t.world.choose(2) == 1;
    let noticing = Rc::clone(shared);
    t.handle(
        Signal::USR1,
        |action| action.restarting(restarts),
        move |t, _| {
            let me = std::ptr::from_ref(t.me());
            let handles = noticing.handles.borrow();
            let index = handles.iter().position(|&handle| handle == me);
            noticing.victims[index.expect("it is a victim")]
                .signals
                .notice();
        },
    );
}

/// Starts the victims, and does to them what [`Do`] says, with a helper.
fn meddle(t: &Threads, shared: &Rc<Shared>, size: Size) {
    for index in 0..size.threads {
        let joined = (shared.place.what == What::Join).then(|| {
            let place = Rc::clone(shared);
            spawn(t, move |t| {
                while place.place.semaphore.wait(t, Deadline::Never).is_err() {}
            })
        });
        let mine = Rc::clone(shared);
        let victim = spawn(t, move |t| {
            if let Some(joined) = joined {
                mine.place.add_joined(t, joined);
            }
            be_victim(t, &mine, index);
        });
        shared.handles.borrow_mut().push(victim);
    }
    let all = || 0..size.threads;
    let mut mine: Vec<_> = all().map(Do::Request).collect();
    mine.extend(all().map(|_| Do::Provide));
    let mut others: Vec<_> = all().map(Do::Signal).collect();
    others.extend((1..size.rounds).flat_map(|_| all().map(Do::Signal)));
    let helper = if size.threads == 1 {
        mine.append(&mut others);
        None
    } else {
        let shared = Rc::clone(shared);
        Some(spawn(t, move |t| do_all(t, &shared, others)))
    };
    do_all(t, shared, mine);
    if let Some(helper) = helper {
        join(t, helper);
    }
    finish_waits_for_signals(t, shared);
}

fn do_all(t: &Threads, shared: &Shared, mut list: Vec<Do>) {
    // The victims may begin to wait before anything happens.
    dawdle(t);
    while !list.is_empty() {
        match list.swap_remove(t.world.choose(list.len())) {
            Do::Request(_) if t.world.choose(4) == 1 => {}
            Do::Request(index) => {
                let victim = &shared.victims[index];
                let handle = shared.handles.borrow()[index];
                victim.is_doomed.set(!victim.has_passed.get());
                cancellation::request(t, get(t, handle));
            }
            Do::Signal(index) => signal(t, shared, index),
            Do::Provide if shared.place.what == What::Join => {
                assert_eq!(shared.place.semaphore.post(t), Ok(()));
            }
            Do::Provide => shared.place.provide(t),
        }
        dawdle(t);
    }
}

fn signal(t: &Threads, shared: &Shared, index: usize) {
    let target = get(t, shared.handles.borrow()[index]);
    let signals = &shared.victims[index].signals;
    signals.send(t, Target::Thread(target), Signal::USR1);
}

/// Sends signals until each victim that waits for a signal has got one.
fn finish_waits_for_signals(t: &Threads, shared: &Shared) {
    for (index, victim) in shared.victims.iter().enumerate() {
        let has_ended = || get(t, shared.handles.borrow()[index]).has_ended();
        while !has_ended() && !victim.has_passed.get() {
            match shared.place.what {
                What::SignalWait | What::SignalWaitOnly => shared.place.provide(t),
                What::Suspend => signal(t, shared, index),
                _ => return,
            }
            tools::let_all_run(t);
        }
    }
}

fn be_victim(t: &Threads, shared: &Shared, index: usize) {
    let victim = &shared.victims[index];
    match (t.world.choose(3), shared.place.what) {
        (0, _) => {
            cancellation::set_state(t, State::Disabled);
            victim.is_deaf.set(true);
        }
        (1, What::Mutex(_)) => {
            cancellation::set_type(t, Type::Asynchronous);
        }
        _ => {}
    }
    let clean = |_: &Threads| {
        assert!(!victim.is_deaf.get(), "it was not to end yet");
        victim.cleaned.set(victim.cleaned.get() + 1);
    };
    guarded(t, clean, || {
        let before = victim.signals.noticed();
        let deadline = tools::some_deadline(t);
        let answer = shared.place.call(t, deadline);
        cancellation::set_type(t, Type::Deferred);
        understand(shared, victim.signals.noticed() > before, answer);
        if answer == Ok(()) {
            dawdle(t);
            shared.place.release(t);
        }
    });
    victim.is_deaf.set(false);
    cancellation::set_state(t, State::Enabled);
    cancellation::test(t);
    victim.has_passed.set(true);
}

/// A call that was not cancelled ends as any other.
fn understand(shared: &Shared, was_signalled: bool, answer: Result<(), Error>) {
    let row = shared.place.what.row();
    match answer {
        Ok(()) | Err(Error::TimedOut) => {}
        Err(Error::Interrupted) => {
            assert!(was_signalled, "no handler has run");
            assert_ne!(row.after_handler, AfterHandler::GoesOn);
            assert_ne!(row.after_handler, AfterHandler::Returns);
        }
        Err(error) => panic!("{error:?}"),
    }
}

macro_rules! cancelled_in {
    ($($name:ident: $($what:expr),+;)*) => {
        $(#[test]
        fn $name() {
            $(check_some(&|t, size| cancelled_in(t, size, $what));)+
        })*
    };
}

cancelled_in! {
    a_wait_on_a_semaphore_ends_without_a_unit: What::Semaphore;
    a_wait_on_a_condition_ends_with_the_mutex_and_without_a_signal: What::Condition(PLAIN);
    so_does_one_with_a_tracked_mutex: What::Condition(INHERITS), What::Condition(ROBUST);
    a_join_ends_and_another_joins: What::Join;
    a_sleep_ends: What::Sleep;
    a_wait_for_a_signal_ends_without_one: What::SignalWait, What::SignalWaitOnly;
    a_pause_ends: What::Suspend;
    a_bare_futex_is_no_point: What::Futex;
    a_mutex_is_a_point_for_the_asynchronous_alone: What::Mutex(PLAIN), What::Mutex(INHERITS);
    locks_to_read_and_write_are_no_points: What::Read, What::Write;
    spin_locks_barriers_and_onces_are_none: What::Spin, What::Barrier, What::Once;
}
