//! Owners of robust mutexes that end in each state they can be in: every next
//! owner is told, once, and a loss reaches all.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use coopt_sim::threads::{Threads, result};
use coopt_sync::{Clock, Deadline, Error, ThreadId};
use coopt_threads::objects::Condvar;
use coopt_threads::send::{self, Target};
use coopt_threads::sigmask::{self, How};
use coopt_threads::signal::{Set, Signal};
use coopt_threads::thread::cancellation::State;
use coopt_threads::{Mutex, Program as _, System as _, cancellation, keys};

use super::check_some;
use super::tools::{
    self, Handle, INHERITS, ROBUST, dawdle, get, guarded, join, protects, spawn_at,
};
use crate::Size;

/// A mutex, and what has happened to its owners.
struct Watched {
    mutex: Mutex,
    /// Who has been told that it holds the mutex.
    inside: Cell<Option<ThreadId>>,
    /// An owner has died, and nobody has been told.
    is_untold: Cell<bool>,
    /// Somebody has unlocked it without repair.
    is_lost: Cell<bool>,
}

struct Shared {
    mutexes: [Watched; 2],
    condvar: Condvar,
    key: usize,
    handles: RefCell<Vec<Handle>>,
}

/// How an owner ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Holding,
    Waiting,
    OnCondition,
    InHandler,
    InCleanUp,
    InDestructor,
}

thread_local! {
    /// The program, for destructors of keys, which are functions of C.
    static PROGRAM: RefCell<Option<(Threads, Rc<Shared>)>> = const { RefCell::new(None) };
}

impl Watched {
    fn new(bits: u32) -> Self {
        Self {
            mutex: Mutex::from_bits(bits | ROBUST),
            inside: Cell::new(None),
            is_untold: Cell::new(false),
            is_lost: Cell::new(false),
        }
    }

    /// What the answer to a lock means: `Some` when the mutex is held, with
    /// whether it needs repair.
    fn understand(&self, t: &Threads, answer: Result<(), Error>) -> Option<bool> {
        match answer {
            Ok(()) => assert!(
                !self.is_untold.get() && !self.is_lost.get(),
                "nobody is told"
            ),
            Err(Error::OwnerDied) => {
                assert!(self.is_untold.replace(false), "told twice, or of nothing");
            }
            Err(Error::NotRecoverable) => {
                assert!(self.is_lost.get(), "nothing is lost");
                return None;
            }
            Err(Error::TimedOut) => return None,
            Err(error) => panic!("{error:?}"),
        }
        let other = self.inside.replace(t.me().id.get());
        assert_eq!(other, None, "two threads hold it");
        Some(answer.is_err())
    }

    fn lock(&self, t: &Threads, deadline: Deadline) -> Option<bool> {
        let answer = self.mutex.lock(t, deadline);
        self.understand(t, answer)
    }

    /// Unlocks, with repair or, if `loses`, without.
    fn unlock(&self, t: &Threads, needs_repair: bool, loses: bool) {
        self.leave(t);
        if needs_repair && loses {
            self.is_lost.set(true);
        } else if needs_repair {
            assert_eq!(self.mutex.consistent(t), Ok(()));
        }
        tools::unlock(t, &self.mutex);
    }

    fn leave(&self, t: &Threads) {
        let me = self.inside.take();
        assert_eq!(me, t.me().id.get(), "another thread came in");
    }

    /// The caller is about to end with the mutex, of which it may have yet to
    /// learn.
    fn note_death(&self, t: &Threads) {
        if self.inside.get() == t.me().id.get() {
            self.leave(t);
        }
        assert_eq!(self.inside.get(), None, "two threads hold it");
        self.is_untold.set(true);
    }

    fn is_mine(&self, t: &Threads) -> bool {
        self.mutex.owner_id() == t.me().id.get()
    }
}

impl Shared {
    /// Notes that the caller ends with whatever it holds, and nothing of it runs
    /// any more: no switch comes between this and the release.
    fn note_deaths(&self, t: &Threads) {
        let mine = self.mutexes.iter().filter(|watched| watched.is_mine(t));
        mine.for_each(|watched| watched.note_death(t));
    }
}

/// Runs last of all that an owner leaves to be run.
extern "C" fn destructor(_: *mut std::ffi::c_void) {
    let (t, shared) = PROGRAM.with_borrow(Clone::clone).expect("a program runs");
    t.world.in_c(|| {
        // A handler that ends the thread does so before.
        sigmask::change(&t, How::Block, Set::of(Signal::USR1));
        dawdle(&t);
        shared.note_deaths(&t);
    });
}

fn owners_end(t: &Threads, size: Size, end: End) {
    t.spawn(move |t| {
        let bits = [0, INHERITS, protects(3)][t.world.choose(3)];
        let shared = Rc::new(Shared {
            mutexes: [Watched::new(bits), Watched::new(0)],
            condvar: Condvar::new(Clock::Monotonic),
            key: keys::create(t, Some(destructor)).expect("there is room"),
            handles: RefCell::default(),
        });
        PROGRAM.replace(Some((t.clone(), Rc::clone(&shared))));
        t.handle(
            Signal::USR1,
            |action| action,
            |t, _| t.end_thread(result(1)),
        );
        for _ in 0..=size.threads {
            let owner = Rc::clone(&shared);
            let priority = t.world.choose(3) as u32;
            let handle = spawn_at(t, priority, move |t| {
                assert_eq!(keys::set(t, owner.key, result(1)), Some(()));
                own(t, &owner, size, end);
            });
            shared.handles.borrow_mut().push(handle);
        }
        end_owners(t, &shared);
        for handle in shared.handles.take() {
            join(t, handle);
        }
        inspect(t, &shared);
        PROGRAM.replace(None);
    });
}

/// Cancels or signals some owners, and then wakes all that wait until they end.
fn end_owners(t: &Threads, shared: &Shared) {
    let handles = shared.handles.borrow().clone();
    for &handle in &handles {
        dawdle(t);
        let thread = get(t, handle);
        match t.world.choose(3) {
            0 => cancellation::request(t, thread),
            1 => assert_eq!(
                send::send(t, Target::Thread(thread), Some(Signal::USR1)),
                Ok(())
            ),
            _ => {}
        }
    }
    while handles.iter().any(|&handle| !get(t, handle).has_ended()) {
        shared.condvar.broadcast(t);
        tools::let_all_run(t);
    }
}

fn own(t: &Threads, shared: &Shared, size: Size, end: End) {
    let [first, second] = &shared.mutexes;
    for round in 0..size.rounds {
        let Some(needs_repair) = first.lock(t, tools::some_deadline(t)) else {
            continue;
        };
        dawdle(t);
        if round + 1 < size.rounds && t.world.choose(2) == 1 {
            first.unlock(t, needs_repair, t.world.choose(3) == 2);
            continue;
        }
        match end {
            End::Holding => {
                // The second mutex may be left without repair, too.
                second.lock(t, tools::some_deadline(t));
                t.end_thread(result(2));
            }
            End::Waiting => {
                second.lock(t, Deadline::Never);
                dawdle(t);
                cancellation::test(t);
            }
            End::OnCondition => wait(t, shared, first, needs_repair),
            End::InHandler => {
                let me = Target::Thread(t.me());
                assert_eq!(send::send(t, me, Some(Signal::USR1)), Ok(()));
            }
            End::InCleanUp => {
                let on_end = |t: &Threads| {
                    dawdle(t);
                    t.end_thread(result(3));
                };
                guarded(t, on_end, || t.end_thread(result(2)));
            }
            End::InDestructor => return,
        }
        return;
    }
}

/// A wait in which the thread is ended, or woken.
fn wait(t: &Threads, shared: &Shared, first: &Watched, needs_repair: bool) {
    first.leave(t);
    if needs_repair {
        // Such a wait loses the mutex without repair, unless it ends before.
        cancellation::set_state(t, State::Disabled);
        first.is_lost.set(true);
    }
    let deadline = t.world.deadline(Clock::Monotonic, 10);
    let answer = match shared.condvar.wait(t, &first.mutex, deadline) {
        // The mutex is held: its answer would have come before the timeout.
        Err(Error::TimedOut) => Ok(()),
        answer => answer,
    };
    first.understand(t, answer);
}

/// The next owner of each mutex is told what has happened, unless somebody was.
fn inspect(t: &Threads, shared: &Shared) {
    for watched in &shared.mutexes {
        if let Some(needs_repair) = watched.lock(t, Deadline::Never) {
            watched.unlock(t, needs_repair, false);
            assert_eq!(watched.lock(t, Deadline::Never), Some(false));
            watched.unlock(t, false, false);
        }
        assert!(!watched.is_untold.get());
    }
}

macro_rules! owners_end {
    ($($name:ident: $end:expr;)*) => {
        $(#[test]
        fn $name() {
            check_some(&|t, size| owners_end(t, size, $end));
        })*
    };
}

owners_end! {
    an_owner_of_two_ends: End::Holding;
    an_owner_ends_while_it_waits_for_another: End::Waiting;
    an_owner_ends_in_a_wait_on_a_condition: End::OnCondition;
    an_owner_ends_in_a_handler: End::InHandler;
    an_owner_ends_in_a_clean_up_handler: End::InCleanUp;
    an_owner_ends_by_itself_and_in_destructors: End::InDestructor;
}
