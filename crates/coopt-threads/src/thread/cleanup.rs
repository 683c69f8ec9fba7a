//! The handlers of `pthread_cleanup_push`, which lie on their thread's stack.

use core::cell::Cell;
use core::ffi::c_void;
use core::ptr;

/// What a handler runs.
pub type Routine = extern "C" fn(*mut c_void);

/// A handler: `struct __ptcb` of `pthread.h`.
#[repr(C)]
pub struct Handler {
    routine: Cell<Option<Routine>>,
    argument: Cell<*mut c_void>,
    next: Cell<*const Self>,
}

impl Handler {
    /// A handler that was not pushed.
    #[must_use]
    pub const fn new(routine: Option<Routine>, argument: *mut c_void) -> Self {
        Self {
            routine: Cell::new(routine),
            argument: Cell::new(argument),
            next: Cell::new(ptr::null()),
        }
    }

    /// Sets what the handler runs.
    pub fn set(&self, routine: Option<Routine>, argument: *mut c_void) {
        self.routine.set(routine);
        self.argument.set(argument);
    }

    /// Runs the handler's routine, which it has no more from then on: in C++, who leaves the block of
    /// code by an exception looks whether the routine is still to run.
    pub fn run(&self) {
        if let Some(routine) = self.routine.take() {
            // SWITCH: the routine is the program's code.
            routine(self.argument.get());
        }
    }
}

/// The handlers that a thread has pushed and not yet popped, newest first.
///
/// The handlers are counted. A program that leaves a block of code without its
/// pop, and uses the stack for another handler, makes a circle of handlers. By
/// the count, a circle does not keep an ending thread busy for ever.
pub struct Handlers {
    newest: Cell<*const Handler>,
    count: Cell<usize>,
}

impl Handlers {
    /// No handlers.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            newest: Cell::new(ptr::null()),
            count: Cell::new(0),
        }
    }

    /// Adds a handler.
    ///
    /// # Safety
    ///
    /// The handler stays where it is until it is popped.
    #[expect(unsafe_code, reason = "the list keeps the handler's address")]
    pub unsafe fn push(&self, handler: &Handler) {
        handler.next.set(self.newest.get());
        self.newest.set(handler);
        self.count.set(self.count.get() + 1);
    }

    /// Removes and returns the newest handler.
    pub fn pop(&self) -> Option<&Handler> {
        self.count.set(self.count.get().checked_sub(1)?);
        #[expect(unsafe_code, reason = "the list keeps addresses")]
        // SAFETY: by the promise to `push`, the handler stays where it is: its
        // block of code (POSIX XSH `pthread_cleanup_push`) was not left.
        // Leaving the block is undefined by POSIX; the bytes there are still of
        // the thread's own stack.
        let handler = unsafe { self.newest.get().as_ref() }?;
        self.newest.set(handler.next.get());
        Some(handler)
    }

    /// Pops and runs all handlers.
    pub fn run_all(&self) {
        while let Some(handler) = self.pop() {
            // SWITCH: the handler is the program's code.
            handler.run();
        }
    }

    /// Runs `work`; if that ends the thread, `routine` runs first.
    pub fn guarded(&self, routine: Routine, argument: *mut c_void, work: impl FnOnce()) {
        let handler = Handler::new(Some(routine), argument);
        #[expect(unsafe_code, reason = "the list keeps the handler's address")]
        // SAFETY: this frame outlives the work, and pops the handler then.
        unsafe {
            self.push(&handler);
        }
        // SWITCH: the work is the program's code.
        work();
        let popped = self.pop();
        debug_assert!(
            popped.is_some_and(|popped| ptr::eq(popped, &raw const handler)),
            "pairs nest"
        );
    }
}

impl Default for Handlers {
    fn default() -> Self {
        Self::new()
    }
}
