//! What comes from outside: timers, interruptions, somebody who sets the clock.

use std::cell::{Cell, RefCell};

use crate::kernel::Kernel;

/// How far ahead of the monotonic clock the time of day is at first.
const REALTIME_AHEAD_NS: i64 = 1_000_000_000_000;

/// The two clocks.
#[derive(Debug)]
pub struct Clocks {
    monotonic_ns: Cell<u64>,
    realtime_ahead_ns: Cell<i64>,
}

impl Clocks {
    pub const fn new() -> Self {
        Self {
            monotonic_ns: Cell::new(0),
            realtime_ahead_ns: Cell::new(REALTIME_AHEAD_NS),
        }
    }

    pub fn monotonic_ns(&self) -> u64 {
        self.monotonic_ns.get()
    }

    pub fn realtime_ns(&self) -> u64 {
        self.monotonic_ns()
            .saturating_add_signed(self.realtime_ahead_ns.get())
    }

    pub fn spend(&self, ns: u64) {
        self.monotonic_ns.set(self.monotonic_ns() + ns);
    }

    fn advance_to(&self, ns: u64) {
        self.monotonic_ns.set(self.monotonic_ns().max(ns));
    }

    fn set_realtime(&self, ahead_ns: i64) {
        self.realtime_ahead_ns
            .set(self.realtime_ahead_ns.get() + ahead_ns);
    }
}

/// Something that can happen to the threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The earliest deadline comes. (It may have come long ago: nothing says
    /// how soon the threads get to know.)
    Timer,
    /// Somebody ends a thread's wait.
    Interrupt { thread: usize },
    /// Somebody sets the time of day.
    SetClock { ahead_ns: i64 },
}

/// What a program allows to happen, each at most once but for timers.
#[derive(Debug, Default)]
pub struct Environment {
    allowed: RefCell<Vec<Event>>,
}

impl Environment {
    pub fn allow(&self, event: Event) {
        self.allowed.borrow_mut().push(event);
    }

    /// The events that can happen now, each with a key that stays the same.
    pub fn possible(&self, kernel: &dyn Kernel) -> Vec<(usize, Event)> {
        let timer = kernel.next_deadline().map(|_| (0, Event::Timer));
        let allowed = self.allowed.borrow();
        let others = allowed.iter().enumerate().filter(|(_, event)| match event {
            Event::Interrupt { thread } => kernel.is_interruptible(*thread),
            Event::SetClock { .. } => true,
            Event::Timer => false,
        });
        let others = others.map(|(index, &event)| (1 + index, event));
        timer.into_iter().chain(others).collect()
    }

    /// Lets an event happen. Its key is not used again, except a timer's.
    pub fn happen(&self, key: usize, event: Event, kernel: &mut dyn Kernel, clocks: &Clocks) {
        match event {
            Event::Timer => {
                clocks.advance_to(kernel.next_deadline().unwrap_or(0));
                kernel.expire(clocks.monotonic_ns());
                return;
            }
            Event::Interrupt { thread } => {
                assert!(kernel.interrupt(thread), "it was interruptible");
            }
            Event::SetClock { ahead_ns } => clocks.set_realtime(ahead_ns),
        }
        // A spent event leaves its place to one that never happens.
        self.allowed.borrow_mut()[key - 1] = Event::Timer;
    }
}
