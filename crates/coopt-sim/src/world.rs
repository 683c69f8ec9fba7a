//! A world for one run of a program.

use std::any::Any;
use std::cell::{Cell, RefCell, RefMut};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use coopt_sync::{Clock, Deadline, Instant, Platform as _, Priority, ThreadId};

use crate::chooser::Chooser;
use crate::coroutine::{Leave, Thread};
use crate::environment::{Clocks, Environment, Event};
use crate::kernel::Kernel;

/// A run that takes more turns than this is taken for endless.
const TURNS_MAX: u32 = 20_000;

/// Threads have keys below, events from here on (see [`Chooser::next`]).
const EVENT_KEYS: usize = 16;

/// What runs after all threads have ended.
type Inspection = Box<dyn FnOnce(&World)>;

/// A check of what must hold between turns.
type Invariant = Rc<dyn Fn(&World)>;

/// The payload of a panic.
type Failure = Box<dyn Any + Send>;

/// Where a program runs; clones are the same world. It is also the
/// [`Platform`](coopt_sync::Platform) of the program's objects.
#[derive(Clone)]
pub struct World(Rc<Inner>);

struct Inner {
    kernel: RefCell<Box<dyn Kernel>>,
    chooser: RefCell<Chooser>,
    clocks: Clocks,
    environment: Environment,
    threads: RefCell<Vec<Rc<Thread>>>,
    ids: RefCell<Vec<ThreadId>>,
    running: Cell<usize>,
    live: Cell<u32>,
    turns: Cell<u32>,
    deadlocks: Cell<bool>,
    inspections: RefCell<Vec<Inspection>>,
    invariant: RefCell<Option<Invariant>>,
    /// A panic in a function of C, through which nothing unwinds.
    failure: RefCell<Option<Failure>>,
}

/// What a program does: spawn threads, allow events, demand inspections.
impl World {
    /// Adds a thread.
    pub fn spawn(&self, body: impl FnOnce(&Self) + 'static) -> ThreadId {
        self.add(Box::new(body))
    }

    fn add(&self, body: Box<dyn FnOnce(&Self)>) -> ThreadId {
        let index = self.0.threads.borrow().len();
        assert!(index < EVENT_KEYS, "too many threads for the keys");
        let world = self.clone();
        let thread = Rc::new(Thread::new(move |yielder| {
            world.thread(index).begin(yielder);
            body(&world);
        }));
        let id = self.kernel().spawn();
        self.0.threads.borrow_mut().push(thread);
        self.0.ids.borrow_mut().push(id);
        self.0.live.set(self.0.live.get() + 1);
        id
    }

    /// Runs `inspect` as a thread of its own when all others have ended.
    pub fn finally(&self, inspect: impl FnOnce(&Self) + 'static) {
        self.0.inspections.borrow_mut().push(Box::new(inspect));
    }

    /// Has `check` run between any two turns, and before the first.
    pub fn always(&self, check: impl Fn(&Self) + 'static) {
        *self.0.invariant.borrow_mut() = Some(Rc::new(check));
    }

    /// Runs `f` inside a function that C would call, such as a clean-up handler.
    /// The thread may end inside. A panic inside fails the run.
    pub fn in_c(&self, f: impl FnOnce()) {
        self.thread(self.running()).in_c(|| {
            if let Err(failure) = catch_unwind(AssertUnwindSafe(f)) {
                *self.0.failure.borrow_mut() = Some(failure);
                self.exit_thread();
            }
        });
    }

    /// Chooses a number below `count`: what the program leaves open.
    pub fn choose(&self, count: usize) -> usize {
        self.0.chooser.borrow_mut().number(count)
    }

    /// Allows one interruption of a thread, at any time while it waits.
    pub fn allow_interrupt(&self, thread: ThreadId) {
        let thread = self.index(thread);
        self.0.environment.allow(Event::Interrupt { thread });
    }

    /// Allows somebody to set the time of day ahead, or back, once.
    pub fn allow_clock_change(&self, ahead_ns: i64) {
        self.0.environment.allow(Event::SetClock { ahead_ns });
    }

    /// Says that the program is to end in a deadlock.
    pub fn expect_deadlock(&self) {
        self.0.deadlocks.set(true);
    }

    /// Lets time pass without giving up the turn.
    pub fn spend(&self, ns: u64) {
        self.0.clocks.spend(ns);
    }

    /// What the monotonic clock shows.
    #[must_use]
    pub fn monotonic_ns(&self) -> u64 {
        self.0.clocks.monotonic_ns()
    }

    /// What the time of day is.
    #[must_use]
    pub fn realtime_ns(&self) -> u64 {
        self.0.clocks.realtime_ns()
    }

    /// A deadline `ns` from now.
    #[must_use]
    pub fn deadline(&self, clock: Clock, ns: u64) -> Deadline {
        Deadline::at(clock, Instant::from_ns(self.now(clock).as_ns() + ns))
    }

    /// Whether a deadline has passed: what a timeout asserts.
    #[must_use]
    pub fn is_over(&self, deadline: Deadline) -> bool {
        match deadline {
            Deadline::Monotonic(at) => at <= self.now(Clock::Monotonic),
            Deadline::Realtime(at) => at <= self.now(Clock::Realtime),
            Deadline::Never | Deadline::Malformed => false,
        }
    }

    /// How many turns were taken so far: more after a call that lost its turn.
    #[must_use]
    pub fn turns(&self) -> u32 {
        self.0.turns.get()
    }

    /// Whether a thread waits.
    #[must_use]
    pub fn is_parked(&self, thread: ThreadId) -> bool {
        self.kernel().is_parked(self.index(thread))
    }

    /// Whether any thread but the calling one has not ended.
    #[must_use]
    pub fn is_anybody_else_live(&self) -> bool {
        self.0.live.get() > 1
    }

    /// Ends the calling thread in the middle of what it does.
    pub fn exit_thread(&self) -> ! {
        self.thread(self.running()).suspend(Leave::Ended);
        unreachable!("an ended thread goes on");
    }
}

/// What the platform needs.
impl World {
    pub(crate) fn kernel(&self) -> RefMut<'_, Box<dyn Kernel>> {
        self.0.kernel.borrow_mut()
    }

    pub(crate) fn running(&self) -> usize {
        self.0.running.get()
    }

    pub(crate) fn id(&self, index: usize) -> ThreadId {
        self.0.ids.borrow()[index]
    }

    pub(crate) fn leave_turn(&self) {
        self.thread(self.running()).suspend(Leave::Turn);
    }

    pub(crate) fn step_back(&self) {
        self.0.chooser.borrow_mut().step_back(self.running());
    }

    pub(crate) fn thread(&self, index: usize) -> Rc<Thread> {
        Rc::clone(&self.0.threads.borrow()[index])
    }

    /// How many threads were spawned.
    pub(crate) fn thread_count(&self) -> usize {
        self.0.threads.borrow().len()
    }

    /// Ends a thread's wait if it can be interrupted.
    pub(crate) fn wake_thread(&self, id: ThreadId) {
        let thread = self.index(id);
        let mut kernel = self.kernel();
        if kernel.is_interruptible(thread) {
            kernel.interrupt(thread);
        }
    }

    pub(crate) fn set_priority(&self, id: ThreadId, priority: Priority) {
        let thread = self.index(id);
        self.kernel().set_priority(thread, priority);
    }

    fn index(&self, id: ThreadId) -> usize {
        let ids = self.0.ids.borrow();
        let index = ids.iter().position(|&other| other == id);
        index.expect("a thread of this world")
    }
}

/// One run.
impl World {
    pub(crate) fn new(kernel: Box<dyn Kernel>, chooser: Chooser) -> Self {
        Self(Rc::new(Inner {
            kernel: RefCell::new(kernel),
            chooser: RefCell::new(chooser),
            clocks: Clocks::new(),
            environment: Environment::default(),
            threads: RefCell::default(),
            ids: RefCell::default(),
            running: Cell::new(0),
            live: Cell::new(0),
            turns: Cell::new(0),
            deadlocks: Cell::new(false),
            inspections: RefCell::default(),
            invariant: RefCell::default(),
            failure: RefCell::default(),
        }))
    }

    /// Runs the program to its end, and the inspections after it.
    pub(crate) fn run(&self) {
        while self.turn() {}
        if self.0.live.get() > 0 {
            assert!(self.0.deadlocks.get(), "stuck: {}", self.describe_stuck());
            return;
        }
        assert!(!self.0.deadlocks.get(), "the program ended, and was not to");
        let inspections = self.0.inspections.take();
        for inspect in inspections {
            self.spawn(inspect);
            while self.turn() {}
            assert_eq!(self.0.live.get(), 0, "an inspection got stuck");
        }
        self.kernel().finish();
    }

    /// Breaks the circle of world and threads; returns the chooser.
    pub(crate) fn dissolve(&self) -> Chooser {
        let threads = self.0.threads.take();
        threads.iter().for_each(|thread| thread.discard());
        self.0.inspections.take();
        self.0.invariant.take();
        let empty = Chooser::new(crate::chooser::Policy::Replay(crate::Schedule::default()));
        self.0.chooser.replace(empty)
    }

    /// Lets one thread run, or one event happen; false when nothing can.
    fn turn(&self) -> bool {
        if self.0.live.get() == 0 {
            return false;
        }
        self.0.turns.set(self.0.turns.get() + 1);
        assert!(self.0.turns.get() < TURNS_MAX, "the run does not end");
        self.check_invariant();
        let now_ns = self.monotonic_ns();
        let threads = self.kernel().candidates(now_ns);
        let events = self.0.environment.possible(&**self.kernel());
        let event_keys = events.iter().map(|&(key, _)| EVENT_KEYS + key);
        let keys: Vec<_> = threads.iter().copied().chain(event_keys).collect();
        if keys.is_empty() {
            return false;
        }
        let chosen = self.0.chooser.borrow_mut().next(&keys);
        match threads.get(chosen) {
            Some(&thread) => self.resume(thread),
            None => {
                let (key, event) = events[chosen - threads.len()];
                let mut kernel = self.kernel();
                self.0
                    .environment
                    .happen(key, event, &mut **kernel, &self.0.clocks);
            }
        }
        true
    }

    fn resume(&self, thread: usize) {
        self.kernel().run(thread);
        self.0.running.set(thread);
        if self.thread(thread).resume() == Leave::Ended {
            if let Some(failure) = self.0.failure.take() {
                resume_unwind(failure);
            }
            self.kernel().end();
            self.0.live.set(self.0.live.get() - 1);
        }
    }

    fn check_invariant(&self) {
        let invariant = self.0.invariant.borrow().clone();
        if let Some(check) = invariant {
            check(self);
        }
    }

    fn describe_stuck(&self) -> String {
        let ids = self.0.ids.borrow();
        let kernel = self.kernel();
        let parked = ids.iter().enumerate();
        let parked = parked.filter(|&(index, _)| kernel.is_parked(index));
        let names = parked.map(|(_, id)| format!("thread {}", id.get()));
        names.collect::<Vec<_>>().join(", ") + " waits for ever"
    }
}
