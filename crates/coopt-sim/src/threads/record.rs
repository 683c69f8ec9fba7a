//! The threads of a program, and their records.

use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::ptr;
use std::rc::Rc;

use coopt_sync::{ReadLocks, ThreadId, Word};
use coopt_threads::scheduling::Scheduling;
use coopt_threads::signal::Signal;
use coopt_threads::thread::Fate;
use coopt_threads::{End, Process, Thread, life, send};

use super::handlers::{Action, Handler};
use crate::World;

/// What a program keeps of a thread.
pub struct Own {
    /// The thread's record was freed.
    pub freed: Cell<bool>,
    /// The word that the thread sleeps on.
    pub(super) nap: Word,
    pub(super) read_locks: ReadLocks,
}

impl Own {
    const fn new() -> Self {
        Self {
            freed: Cell::new(false),
            nap: Word::new(0),
            read_locks: ReadLocks::new(),
        }
    }
}

/// The record of a thread.
pub type Record = Thread<Own>;

/// The threads of a program, and their [`System`](coopt_threads::System);
/// clones are the same threads.
#[derive(Clone)]
pub struct Threads {
    /// The world that the program runs in.
    pub world: World,
    inner: Rc<Inner>,
}

struct Inner {
    process: Process<Own, Action>,
    /// The records of all threads but the first, freed ones included, so that a
    /// stale reference is found out.
    records: RefCell<Vec<Rc<Record>>>,
    handlers: RefCell<Vec<Handler>>,
    end: Cell<Option<End>>,
}

/// Making threads.
impl Threads {
    /// A program without threads. The first that is [spawned](Self::spawn) is the
    /// main thread.
    #[must_use]
    pub fn new(world: &World) -> Self {
        let threads = Self {
            world: world.clone(),
            inner: Rc::new(Inner {
                process: Process::new(Own::new()),
                records: RefCell::default(),
                handlers: RefCell::default(),
                end: Cell::new(None),
            }),
        };
        let checked = threads.clone();
        world.always(move |_| checked.check());
        threads
    }

    /// Starts a thread with its creator's scheduling.
    pub fn spawn(&self, body: impl FnOnce(&Self) + 'static) -> &Record {
        let scheduling = Scheduling::of(coopt_threads::System::me(self));
        self.spawn_with(scheduling, body)
    }

    /// Starts a thread with this scheduling.
    pub fn spawn_with(
        &self,
        scheduling: Scheduling,
        body: impl FnOnce(&Self) + 'static,
    ) -> &Record {
        let program = self.clone();
        let body = move |_: &World| {
            life::begin(&program);
            body(&program);
            life::finish(&program, ptr::null_mut());
        };
        let spawn = || self.world.spawn(body);
        if self.world.thread_count() == 0 {
            let main = self.process().main_record();
            main.id.set(Some(spawn()));
            return main;
        }
        let record = self.new_record();
        #[expect(unsafe_code, reason = "records are kept by their addresses")]
        // SAFETY: the program keeps the record to its end.
        let started = unsafe {
            life::start(
                self,
                record,
                scheduling,
                || Ok::<ThreadId, ()>(spawn()),
                || {},
            )
        };
        started.expect("a world has room for it");
        record
    }

    /// Detaches a thread at its beginning.
    pub fn detach(&self, thread: &Record) {
        thread.fate.set(Fate::Detached);
    }

    fn new_record(&self) -> &Record {
        let mut records = self.inner.records.borrow_mut();
        records.push(Rc::new(Record::new(Own::new())));
        let record: *const Record = &raw const **records.last().expect("it was pushed");
        #[expect(unsafe_code, reason = "what is counted does not move")]
        // SAFETY: records are dropped with the program only, which `self` keeps.
        unsafe {
            &*record
        }
    }
}

/// What its threads do.
impl Threads {
    /// Sets the action on a signal: what `action` makes of the action that runs
    /// `handler`.
    pub fn handle(
        &self,
        signal: Signal,
        action: impl FnOnce(Action) -> Action,
        handler: impl Fn(&Self, Signal) + 'static,
    ) {
        let mut handlers = self.inner.handlers.borrow_mut();
        handlers.push(Rc::new(handler));
        let action = action(Action::handle(handlers.len() - 1));
        drop(handlers);
        send::replace_action(self, signal, action);
    }

    /// Notes that the process ended.
    pub(super) fn note_end(&self, end: End) {
        assert_eq!(self.inner.end.replace(Some(end)), None, "it ends once");
    }

    /// How the process was [ended](coopt_threads::Program::end_process), if it
    /// was.
    #[must_use]
    pub fn end(&self) -> Option<End> {
        self.inner.end.get()
    }

    /// What all threads share.
    #[must_use]
    pub fn process(&self) -> ProcessOf<'_> {
        ProcessOf(&self.inner.process)
    }

    pub(super) fn handler(&self, action: Action) -> Handler {
        Rc::clone(&self.inner.handlers.borrow()[action.handler()])
    }

    /// The record of the world's thread number `index`.
    pub(super) fn record(&self, index: usize) -> &Record {
        let Some(others) = index.checked_sub(1) else {
            return &self.inner.process.main;
        };
        let records = self.inner.records.borrow();
        let record: *const Record = &raw const *records[others];
        #[expect(unsafe_code, reason = "what is counted does not move")]
        // SAFETY: records are dropped with the program only, which `self` keeps.
        unsafe {
            &*record
        }
    }

    /// The thread that a handle means, unless it was freed.
    #[must_use]
    pub fn find(&self, handle: *const Record) -> Option<&Record> {
        self.records()
            .find(|record| ptr::eq(*record, handle))
            .filter(|record| !record.own.freed.get())
    }

    /// The records of all threads, ended ones included.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        let count = 1 + self.inner.records.borrow().len();
        (0..count).map(|index| self.record(index))
    }
}

/// The process of a program.
pub struct ProcessOf<'p>(&'p Process<Own, Action>);

impl<'p> ProcessOf<'p> {
    pub(super) fn get(&self) -> &'p Process<Own, Action> {
        self.0
    }

    fn main_record(&self) -> &'p Record {
        &self.0.main
    }
}

/// A thread's result, which is an address to POSIX and a number here.
#[must_use]
pub fn result(number: usize) -> *mut c_void {
    ptr::without_provenance_mut(number)
}
