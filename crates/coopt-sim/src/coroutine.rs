//! Threads as coroutines.
//!
//! A program runs many thousand times, so stacks are kept for the next run.

use std::cell::{Cell, RefCell};
use std::ptr;

use coopt_sync::ReadLocks;
use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};

/// Room for a panic's message; the programs themselves need little.
const STACK_BYTES: usize = 256 * 1024;

thread_local! {
    static STACKS: RefCell<Vec<DefaultStack>> = const { RefCell::new(Vec::new()) };
}

/// How a thread leaves its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// It will go on.
    Turn,
    /// It has ended: its function returned, or it ended in the middle.
    Ended,
}

/// A thread: what it has still to do.
pub struct Thread {
    body: RefCell<Option<Coroutine<(), Leave, (), DefaultStack>>>,
    /// Lent by the coroutine while it runs; null before.
    yielder: Cell<*const Yielder<(), Leave>>,
    /// The locks that the thread reads, which the platform asks for.
    pub read_locks: ReadLocks,
    /// How many functions of C are on its stack, through which nothing unwinds.
    c_frames: Cell<u32>,
}

impl Thread {
    /// A thread that has yet to begin. `body` gets what it needs to
    /// [suspend](Self::suspend) itself.
    pub fn new(body: impl FnOnce(*const Yielder<(), Leave>) + 'static) -> Self {
        let coroutine = Coroutine::with_stack(take_stack(), move |yielder: &Yielder<_, _>, ()| {
            body(ptr::from_ref(yielder));
        });
        Self {
            body: RefCell::new(Some(coroutine)),
            yielder: Cell::new(ptr::null()),
            read_locks: ReadLocks::new(),
            c_frames: Cell::new(0),
        }
    }

    /// Notes, inside the body, how to suspend it.
    pub fn begin(&self, yielder: *const Yielder<(), Leave>) {
        self.yielder.set(yielder);
    }

    /// Lets the thread go on until it leaves its turn.
    pub fn resume(&self) -> Leave {
        let mut body = self.body.borrow_mut().take().expect("it has not ended");
        match body.resume(()) {
            CoroutineResult::Yield(Leave::Turn) => {
                *self.body.borrow_mut() = Some(body);
                Leave::Turn
            }
            // The rest of its body never runs.
            CoroutineResult::Yield(Leave::Ended) => {
                self.forget(body);
                Leave::Ended
            }
            CoroutineResult::Return(()) => {
                keep_stack(body.into_stack());
                Leave::Ended
            }
        }
    }

    /// Leaves the turn; to be called by the body.
    pub fn suspend(&self, leave: Leave) {
        let yielder = self.yielder.get();
        assert!(!yielder.is_null(), "the thread has not begun");
        #[expect(unsafe_code, reason = "corosensei lends the yielder to the body only")]
        // SAFETY: `begin` stored it, and its coroutine, which executes, keeps
        // it alive until the body returns.
        let yielder = unsafe { &*yielder };
        yielder.suspend(leave);
    }

    /// Forgets the rest of the body; destructors run unless C is on its stack.
    pub fn discard(&self) {
        let body = self.body.borrow_mut().take();
        if let Some(body) = body {
            self.forget(body);
        }
    }

    /// Runs `f` as a function that C would call: the thread may end inside, and
    /// then what is on its stack is lost instead of dropped.
    pub fn in_c<R>(&self, f: impl FnOnce() -> R) -> R {
        self.c_frames.set(self.c_frames.get() + 1);
        let result = f();
        self.c_frames.set(self.c_frames.get() - 1);
        result
    }

    fn forget(&self, mut body: Coroutine<(), Leave, (), DefaultStack>) {
        if self.c_frames.get() == 0 {
            body.force_unwind();
        } else {
            #[expect(unsafe_code, reason = "nothing unwinds through a function of C")]
            // SAFETY: what is on the stack is forgotten, and nobody else refers
            // to it: the thread never goes on.
            unsafe {
                body.force_reset();
            }
        }
        keep_stack(body.into_stack());
    }
}

fn take_stack() -> DefaultStack {
    STACKS
        .with_borrow_mut(Vec::pop)
        .unwrap_or_else(|| DefaultStack::new(STACK_BYTES).expect("there is memory"))
}

fn keep_stack(stack: DefaultStack) {
    STACKS.with_borrow_mut(|stacks| stacks.push(stack));
}
