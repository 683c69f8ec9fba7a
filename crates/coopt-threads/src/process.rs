//! What all threads of a process share.

use core::cell::Cell;
use core::ffi::c_void;
use core::iter;

use coopt_abi::thread::ThreadId;
use coopt_sync::{KeyTable, Latch};

use crate::list::List;
use crate::patience::Patience;
use crate::signal::{Action, Pending, Signal};
use crate::thread::{KEYS_MAX, Thread};

/// The destructor of a key.
pub type Destructor = extern "C" fn(*mut c_void);

/// A process: `O` is what the program keeps of each thread, `A` its action on a
/// signal.
pub struct Process<O, A> {
    /// The thread that runs `main`.
    pub main: Thread<O>,
    /// The other threads that have not ended.
    others: List<Thread<O>>,
    count: Cell<usize>,
    /// Opened when the main thread has ended by `pthread_exit` and so has the
    /// last of the others.
    pub(crate) all_ended: Latch,
    /// How long threads that poll may go on.
    pub patience: Patience,
    /// Whether any thread ever had another priority than the rest. Until then,
    /// no thread can become runnable that goes before the caller.
    pub(crate) priorities_differ: Cell<bool>,
    /// Whether any thread ever waited for a mutex with a ceiling. Until then, a
    /// hand-off changes nobody's priority.
    pub(crate) has_ceilings: Cell<bool>,
    /// The signals that every thread blocks (S2).
    pub(crate) kept: Pending,
    actions: [Cell<A>; Signal::MAX as usize],
    /// The keys.
    pub keys: KeyTable<Destructor, KEYS_MAX>,
}

impl<O, A: Action> Process<O, A> {
    /// A process with one thread, which keeps `main`.
    #[must_use]
    pub const fn new(main: O) -> Self {
        Self {
            main: Thread::main(main),
            others: List::new(),
            count: Cell::new(0),
            all_ended: Latch::new(),
            patience: Patience::new(),
            priorities_differ: Cell::new(false),
            has_ceilings: Cell::new(false),
            kept: Pending::new(),
            actions: [const { Cell::new(A::DEFAULT) }; Signal::MAX as usize],
            keys: KeyTable::new(),
        }
    }

    /// The action on a signal.
    pub fn action(&self, signal: Signal) -> A {
        self.actions[signal.index()].get()
    }

    pub(crate) fn replace_action(&self, signal: Signal, action: A) -> A {
        self.actions[signal.index()].replace(action)
    }
}

impl<O, A> Process<O, A> {
    /// Whether the main thread is, or would be, the only one.
    #[must_use]
    pub fn is_lone(&self) -> bool {
        self.count.get() == 0
    }

    /// Adds a thread that was spawned.
    ///
    /// # Safety
    ///
    /// Its record stays where it is until the thread ends.
    #[expect(unsafe_code, reason = "the list keeps the record's address")]
    pub(crate) unsafe fn insert(&self, thread: &Thread<O>) {
        // SAFETY: the caller's promise.
        unsafe { self.others.insert(thread) };
        self.count.set(self.count.get() + 1);
    }

    /// Removes a thread that ends.
    pub(crate) fn remove(&self, thread: &Thread<O>) {
        debug_assert!(!self.is_lone(), "it was inserted");
        self.others.remove(thread);
        self.count.set(self.count.get() - 1);
    }

    /// The main thread, even when it has ended, and then all others that have
    /// not. No other thread may run while the iterator lives.
    pub fn all(&self) -> impl Iterator<Item = &Thread<O>> {
        iter::once(&self.main).chain(self.others.iter())
    }

    /// The thread with this id: the main thread, or one that has not ended.
    #[must_use]
    pub fn find(&self, id: ThreadId) -> Option<&Thread<O>> {
        self.all().find(|thread| thread.id.get() == Some(id))
    }
}
