//! Read-write locks among threads of several priorities (POSIX XSH
//! `pthread_rwlock_rdlock`, Thread Execution Scheduling): exclusion, no lock that
//! is lost, and who goes before whom.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::rc::Rc;

use coopt_sim::threads::Threads;
use coopt_sync::{Deadline, Error, Priority};
use coopt_threads::System as _;
use coopt_threads::objects::{Preference, RwLock, Semaphore};

use super::check_some;
use super::tools::{self, Handle, dawdle, get, join, spawn_at};
use crate::Size;

/// Priorities are below this.
const ABOVE: usize = 3;

/// A thread that waits, or is about to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Waiter {
    writes: bool,
    priority: Priority,
    /// When it came.
    ticket: u32,
    thread: Handle,
}

struct Shared {
    lock: RwLock,
    preference: Preference,
    readers: Cell<u32>,
    writers: Cell<u32>,
    waiters: RefCell<Vec<Waiter>>,
    tickets: Cell<u32>,
    /// The writer that was handed the lock and has yet to run.
    next_writer: Cell<Option<u32>>,
    /// The readers that were let in and have yet to run.
    admitted: RefCell<Vec<u32>>,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Waits,
    GoesOn,
    /// Some have been woken, and what they will do is not known.
    Unclear,
}

impl Shared {
    fn new(t: &Threads) -> Rc<Self> {
        let preference = [Preference::Readers, Preference::Turns][t.world.choose(2)];
        Rc::new(Self {
            lock: RwLock::new(preference),
            preference,
            readers: Cell::new(0),
            writers: Cell::new(0),
            waiters: RefCell::default(),
            tickets: Cell::new(0),
            next_writer: Cell::new(None),
            admitted: RefCell::default(),
        })
    }

    /// Takes the lock until `deadline`; false when that takes too long.
    fn take(&self, t: &Threads, writes: bool, deadline: Deadline) -> bool {
        let ticket = self.tickets.replace(self.tickets.get() + 1);
        let waiter = Waiter {
            writes,
            priority: t.me().priorities.present(),
            ticket,
            thread: std::ptr::from_ref(t.me()),
        };
        let step = if writes {
            Step::Unclear
        } else {
            self.read_is_to(t)
        };
        self.waiters.borrow_mut().push(waiter);
        let turns = t.world.turns();
        let answer = if writes {
            self.lock.write(t, deadline)
        } else {
            self.lock.read(t, deadline)
        };
        match (step, t.world.turns() == turns) {
            (Step::Waits, true) => assert_eq!(answer, Err(Error::TimedOut), "it went past"),
            (Step::GoesOn, same) => assert!(same, "it waited for nothing"),
            _ => {}
        }
        self.waiters
            .borrow_mut()
            .retain(|other| other.ticket != ticket);
        match answer {
            Ok(()) => {}
            Err(Error::TimedOut) => return false,
            Err(error) => panic!("{error:?}"),
        }
        self.note_taken(writes, ticket);
        let count = if writes { &self.writers } else { &self.readers };
        count.set(count.get() + 1);
        self.assert_exclusive();
        true
    }

    fn release(&self, t: &Threads, writes: bool) {
        self.assert_exclusive();
        let count = if writes { &self.writers } else { &self.readers };
        count.set(count.get() - 1);
        self.note_next(t, writes);
        assert_eq!(self.lock.unlock(t), Ok(()));
    }

    fn assert_exclusive(&self) {
        match (self.writers.get(), self.readers.get()) {
            (0, _) | (1, 0) => {}
            (writers, readers) => panic!("{writers} write and {readers} read"),
        }
    }

    /// Whether a waiter is in the queue, and not on its way out of it.
    fn is_queued(&self, t: &Threads, waiter: &Waiter) -> bool {
        let id = get(t, waiter.thread).id.get();
        t.world.is_parked(id.expect("it lives"))
    }

    /// The first in the queue of one side.
    fn first(&self, t: &Threads, writes: bool) -> Option<Waiter> {
        let waiters = self.waiters.borrow();
        let queued = waiters.iter().filter(|waiter| waiter.writes == writes);
        let queued = queued.filter(|waiter| self.is_queued(t, waiter));
        queued
            .copied()
            .max_by_key(|waiter| (waiter.priority, Reverse(waiter.ticket)))
    }

    /// What a call to read that begins now has to do.
    fn read_is_to(&self, t: &Threads) -> Step {
        let writer = self.first(t, true).map(|waiter| waiter.priority);
        let takes_turns = self.preference == Preference::Turns;
        let goes_behind = |first: Priority| {
            let yields = takes_turns || first > Priority::LOWEST;
            yields && first >= t.me().priorities.present()
        };
        if self.writers.get() > 0 || writer.is_some_and(goes_behind) {
            return Step::Waits;
        }
        let waiters = self.waiters.borrow();
        let unclear = waiters
            .iter()
            .any(|waiter| waiter.writes && !self.is_queued(t, waiter));
        if unclear { Step::Unclear } else { Step::GoesOn }
    }

    /// Notes who is to get the lock from the caller, who is about to unlock it.
    fn note_next(&self, t: &Threads, writes: bool) {
        if self.readers.get() > 0 || !self.admitted.borrow().is_empty() {
            return;
        }
        let waiters = self.waiters.borrow();
        if waiters
            .iter()
            .any(|waiter| !waiter.writes && !self.is_queued(t, waiter))
        {
            // That reader may have been let in, or have given up.
            return;
        }
        let (writer, reader) = (self.first(t, true), self.first(t, false));
        let goes_first = |writer: &Waiter| {
            let above = |reader: Waiter| writer.priority >= reader.priority;
            !writes || reader.is_none_or(above) && writer.priority > Priority::LOWEST
        };
        match writer {
            Some(writer) if reader.is_none() || goes_first(&writer) => {
                self.next_writer.set(Some(writer.ticket));
            }
            // The last of the writers that gave up lets the readers in.
            _ if !writes => {}
            _ => {
                let readers = waiters.iter().filter(|waiter| !waiter.writes);
                self.admitted
                    .borrow_mut()
                    .extend(readers.map(|waiter| waiter.ticket));
            }
        }
    }

    /// Notes that the caller has the lock, and asserts that it was to have it.
    fn note_taken(&self, writes: bool, ticket: u32) {
        if let Some(next) = self.next_writer.take() {
            assert_eq!(ticket, next, "another was to have it");
        }
        let mut admitted = self.admitted.borrow_mut();
        assert!(!writes || admitted.is_empty(), "readers were to have it");
        admitted.retain(|&other| other != ticket);
    }

    fn inspect(&self, t: &Threads) {
        assert!(self.waiters.borrow().is_empty());
        for _ in 0..2 {
            assert_eq!(self.lock.try_write(t), Ok(()));
            assert_eq!(self.lock.unlock(t), Ok(()));
            assert_eq!(self.lock.try_read(t), Ok(()), "a writer is still counted");
            assert_eq!(self.lock.unlock(t), Ok(()));
        }
        assert_eq!(self.lock.destroy(t), Ok(()));
    }
}

/// Everybody reads or writes, with or without a deadline, at a priority of its
/// own.
fn share(t: &Threads, size: Size) {
    t.spawn(move |t| {
        let shared = Shared::new(t);
        let threads: Vec<_> = (0..=size.threads)
            .map(|_| {
                let shared = Rc::clone(&shared);
                spawn_at(t, t.world.choose(ABOVE) as u32, move |t| {
                    for _ in 0..size.rounds {
                        let writes = t.world.choose(2) == 1;
                        if shared.take(t, writes, tools::some_deadline(t)) {
                            dawdle(t);
                            shared.release(t, writes);
                        }
                        dawdle(t);
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| {
            join(t, thread);
        });
        shared.inspect(t);
    });
}

#[test]
fn the_lock_goes_to_whom_priorities_say() {
    check_some(&share);
}

/// A reader waits, with the lock held, for another reader, which comes while a
/// writer of the lowest priority waits.
#[test]
fn a_reader_waits_for_a_reader_past_a_writer() {
    check_some(&|t, size| {
        t.spawn(move |t| {
            let lock = Rc::new(RwLock::new(Preference::Readers));
            let came = Rc::new(Semaphore::new(0));
            let writers: Vec<_> = (0..size.threads)
                .map(|_| {
                    let lock = Rc::clone(&lock);
                    spawn_at(t, 0, move |t| {
                        assert_eq!(lock.write(t, Deadline::Never), Ok(()));
                        dawdle(t);
                        assert_eq!(lock.unlock(t), Ok(()));
                    })
                })
                .collect();
            assert_eq!(lock.read(t, Deadline::Never), Ok(()));
            dawdle(t);
            let (other, coming) = (Rc::clone(&lock), Rc::clone(&came));
            let reader = spawn_at(t, 0, move |t| {
                assert_eq!(other.read(t, Deadline::Never), Ok(()));
                assert_eq!(coming.post(t), Ok(()));
                assert_eq!(other.unlock(t), Ok(()));
            });
            assert_eq!(came.wait(t, Deadline::Never), Ok(()));
            assert_eq!(lock.unlock(t), Ok(()));
            join(t, reader);
            writers.into_iter().for_each(|writer| {
                join(t, writer);
            });
        });
    });
}
