//! A world to run the objects in: coroutines, a futex, two virtual clocks.
//!
//! Threads run one at a time and only lose their turn inside a call, as on the
//! real platform. Time passes only when nobody can run, or when a test spends
//! some. With a seed, whoever runs next is drawn instead of taken in turn, so
//! that one test sees many schedules; a failure names its seed.

#![allow(
    dead_code,
    reason = "no single test file uses all of the support module"
)]

mod platform;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use coopt_sync::{Instant, Outcome, ReadLocks, Reason, ThreadId, Word};
use corosensei::{Coroutine, CoroutineResult, Yielder};

type Body = Coroutine<(), (), ()>;

/// A thread that was parked when the world could not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    pub thread: ThreadId,
    pub reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Runnable,
    Parked {
        word: usize,
        deadline: Option<Instant>,
        reason: Reason,
    },
    Ended,
}

struct Thread {
    body: Rc<RefCell<Option<Body>>>,
    yielder: Cell<*const Yielder<(), ()>>,
    state: State,
    outcome: Outcome,
    read_locks: Rc<ReadLocks>,
}

#[derive(Default)]
struct Inner {
    threads: RefCell<Vec<Thread>>,
    run_queue: RefCell<VecDeque<usize>>,
    /// All parked threads, those that have waited longest first.
    waiters: RefCell<VecDeque<usize>>,
    current: Cell<usize>,
    monotonic_ns: Cell<u64>,
    realtime_ahead_ns: Cell<i64>,
    clock_reads: Cell<u32>,
    switches: Cell<u32>,
    dice: Cell<Option<u64>>,
    log: RefCell<Vec<u32>>,
}

/// A handle to the world; clones are the same world.
#[derive(Clone, Default)]
pub struct World(Rc<Inner>);

/// How far ahead of the monotonic clock the time of day is at first.
pub const REALTIME_AHEAD_NS: i64 = 1_000_000_000_000;

impl World {
    pub fn new() -> Self {
        let world = Self::default();
        world.0.realtime_ahead_ns.set(REALTIME_AHEAD_NS);
        world
    }

    /// A world whose schedule is drawn.
    pub fn seeded(seed: u64) -> Self {
        let world = Self::new();
        world
            .0
            .dice
            .set(Some(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1));
        world
    }

    /// Adds a thread. Ids count up from 1.
    pub fn spawn(&self, body: impl FnOnce(&World) + 'static) -> ThreadId {
        let index = self.0.threads.borrow().len();
        let world = self.clone();
        let coroutine = Coroutine::new(move |yielder, ()| {
            world.0.threads.borrow()[index]
                .yielder
                .set(std::ptr::from_ref(yielder));
            body(&world);
        });
        self.0.threads.borrow_mut().push(Thread {
            body: Rc::new(RefCell::new(Some(coroutine))),
            yielder: Cell::new(std::ptr::null()),
            state: State::Runnable,
            outcome: Outcome::Woken,
            read_locks: Rc::default(),
        });
        self.0.run_queue.borrow_mut().push_back(index);
        id_of(index)
    }

    /// Runs until nobody can go on; says who is stuck.
    pub fn run(&self) -> Vec<Stuck> {
        loop {
            while let Some(index) = self.draw() {
                self.resume(index);
            }
            if !self.expire_next() {
                return self.stuck();
            }
        }
    }

    /// Runs to the end of all threads.
    pub fn run_to_end(&self) {
        assert_eq!(
            self.run(),
            [],
            "threads are stuck, seed {:?}",
            self.0.dice.get()
        );
    }

    /// Lets time pass without giving up the turn.
    pub fn spend(&self, ns: u64) {
        self.0.monotonic_ns.set(self.0.monotonic_ns.get() + ns);
        self.expire();
    }

    /// Sets the time of day ahead (or back) by some nanoseconds.
    pub fn set_realtime_ahead(&self, ns: i64) {
        self.0
            .realtime_ahead_ns
            .set(self.0.realtime_ahead_ns.get() + ns);
    }

    /// Ends the wait of a thread; false when it is not parked.
    pub fn interrupt(&self, thread: ThreadId) -> bool {
        let index = index_of(thread);
        let parked = matches!(self.0.threads.borrow()[index].state, State::Parked { .. });
        if parked {
            self.end_wait(index, Outcome::Interrupted);
        }
        parked
    }

    /// A number below `limit`, from the seed.
    pub fn roll(&self, limit: u64) -> u64 {
        let mut x = self.0.dice.get().expect("only a seeded world rolls dice");
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0.dice.set(Some(x));
        (x >> 11) % limit
    }

    /// Notes an event.
    pub fn note(&self, event: u32) {
        self.0.log.borrow_mut().push(event);
    }

    /// The events so far.
    pub fn notes(&self) -> Vec<u32> {
        self.0.log.borrow().clone()
    }

    pub fn clock_reads(&self) -> u32 {
        self.0.clock_reads.get()
    }

    /// How often a thread lost its turn.
    pub fn switches(&self) -> u32 {
        self.0.switches.get()
    }

    pub fn monotonic_ns(&self) -> u64 {
        self.0.monotonic_ns.get()
    }

    fn draw(&self) -> Option<usize> {
        let waiting = self.0.run_queue.borrow().len();
        if waiting == 0 {
            return None;
        }
        let position = match self.0.dice.get() {
            Some(_) => usize::try_from(self.roll(waiting as u64)).expect("small"),
            None => 0,
        };
        self.0.run_queue.borrow_mut().remove(position)
    }

    fn resume(&self, index: usize) {
        self.0.current.set(index);
        let cell = Rc::clone(&self.0.threads.borrow()[index].body);
        let mut body = cell
            .borrow_mut()
            .take()
            .expect("a thread that runs has not ended");
        self.0.switches.set(self.0.switches.get() + 1);
        match body.resume(()) {
            CoroutineResult::Yield(()) => *cell.borrow_mut() = Some(body),
            CoroutineResult::Return(()) => {
                self.0.threads.borrow_mut()[index].state = State::Ended;
            }
        }
    }

    fn suspend(&self) {
        let index = self.0.current.get();
        let yielder = self.0.threads.borrow()[index].yielder.get();
        #[expect(unsafe_code, reason = "corosensei lends the yielder to the body only")]
        // SAFETY: the current thread's body runs, and its yielder lives as long.
        let yielder = unsafe { &*yielder };
        yielder.suspend(());
    }

    fn stuck(&self) -> Vec<Stuck> {
        let threads = self.0.threads.borrow();
        let parked = threads
            .iter()
            .enumerate()
            .filter_map(|(index, thread)| match thread.state {
                State::Parked { reason, .. } => Some(Stuck {
                    thread: id_of(index),
                    reason,
                }),
                State::Runnable | State::Ended => None,
            });
        let stuck = parked.collect();
        for thread in threads.iter() {
            // Unwinding a stuck thread would have it call into the world.
            std::mem::forget(thread.body.borrow_mut().take());
        }
        stuck
    }

    /// Moves the clock to the earliest deadline; false when there is none.
    fn expire_next(&self) -> bool {
        let next = self.parked().filter_map(|(_, deadline)| deadline).min();
        if let Some(next) = next {
            self.0
                .monotonic_ns
                .set(self.0.monotonic_ns.get().max(next.as_ns()));
            self.expire();
        }
        next.is_some()
    }

    fn expire(&self) {
        let now = Instant::from_ns(self.monotonic_ns());
        let mut due: Vec<_> = self
            .parked()
            .filter_map(|(index, deadline)| Some((deadline?, index)))
            .filter(|&(deadline, _)| deadline <= now)
            .collect();
        due.sort_by_key(|&(deadline, _)| deadline);
        for (_, index) in due {
            self.end_wait(index, Outcome::TimedOut);
        }
    }

    fn parked(&self) -> impl Iterator<Item = (usize, Option<Instant>)> {
        let threads = self.0.threads.borrow();
        let parked: Vec<_> = threads
            .iter()
            .enumerate()
            .filter_map(|(index, thread)| match thread.state {
                State::Parked { deadline, .. } => Some((index, deadline)),
                State::Runnable | State::Ended => None,
            })
            .collect();
        parked.into_iter()
    }

    fn end_wait(&self, index: usize, outcome: Outcome) {
        self.0
            .waiters
            .borrow_mut()
            .retain(|&waiter| waiter != index);
        let thread = &mut self.0.threads.borrow_mut()[index];
        assert!(matches!(thread.state, State::Parked { .. }));
        thread.state = State::Runnable;
        thread.outcome = outcome;
        self.0.run_queue.borrow_mut().push_back(index);
    }

    fn waiters_of(&self, word: &Word) -> Vec<usize> {
        self.waiters_at(word.address())
    }

    fn waiters_at(&self, address: usize) -> Vec<usize> {
        let threads = self.0.threads.borrow();
        let on_word = |index: &usize| matches!(threads[*index].state, State::Parked { word: on, .. } if on == address);
        self.0
            .waiters
            .borrow()
            .iter()
            .copied()
            .filter(on_word)
            .collect()
    }
}

fn id_of(index: usize) -> ThreadId {
    ThreadId::new(u32::try_from(index).expect("small") + 1).expect("an id")
}

fn index_of(thread: ThreadId) -> usize {
    thread.get() as usize - 1
}
