//! `pthread_cleanup_push` and `pthread_cleanup_pop`, which are macros around
//! a handler on the caller's stack.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr;

use crate::thread::{self, Thread};

type Routine = extern "C" fn(*mut c_void);

/// `struct __ptcb` (`pthread.h`: three pointers).
#[repr(C)]
pub struct Handler {
    routine: Cell<Option<Routine>>,
    argument: Cell<*mut c_void>,
    next: Cell<*const Handler>,
}

const _: () = assert!(size_of::<Handler>() == 12 && align_of::<Handler>() == 4);

/// The handlers a thread has pushed and not yet popped, newest first.
pub struct Handlers(Cell<*const Handler>);

impl Handlers {
    pub const fn new() -> Self {
        Self(Cell::new(ptr::null()))
    }

    fn push(&self, handler: &Handler) {
        handler.next.set(self.0.get());
        self.0.set(handler);
    }

    fn pop(&self) -> Option<&Handler> {
        // SAFETY: null, or a handler whose block of code (POSIX XSH
        // `pthread_cleanup_push`) has not been left: its frame is alive.
        let handler = unsafe { self.0.get().as_ref() }?;
        self.0.set(handler.next.get());
        Some(handler)
    }
}

impl Handler {
    fn run(&self) {
        if let Some(routine) = self.routine.get() {
            // SWITCH: the routine is the program's code.
            routine(self.argument.get());
        }
    }
}

/// Pops and runs all handlers of a thread, which is the calling one.
pub fn run_all(thread: &Thread) {
    while let Some(handler) = thread.cleanup.pop() {
        handler.run();
    }
}

/// Runs `work`; if that ends the thread, `routine` runs first.
pub fn guarded(routine: Routine, argument: *mut c_void, work: impl FnOnce()) {
    let handler = Handler {
        routine: Cell::new(Some(routine)),
        argument: Cell::new(argument),
        next: Cell::new(ptr::null()),
    };
    let handlers = &thread::current().cleanup;
    handlers.push(&handler);
    // SWITCH: the work is the program's code.
    work();
    let popped = handlers.pop();
    debug_assert!(
        popped.is_some_and(|popped| ptr::eq(popped, &raw const handler)),
        "pairs nest"
    );
}

/// What the macro `pthread_cleanup_push` calls.
#[unsafe(no_mangle)]
pub extern "C" fn _pthread_cleanup_push(
    handler: &Handler,
    routine: Option<Routine>,
    argument: *mut c_void,
) {
    handler.routine.set(routine);
    handler.argument.set(argument);
    thread::current().cleanup.push(handler);
}

/// What the macro `pthread_cleanup_pop` calls.
#[unsafe(no_mangle)]
pub extern "C" fn _pthread_cleanup_pop(handler: &Handler, run: c_int) {
    let popped = thread::current().cleanup.pop();
    debug_assert!(
        popped.is_some_and(|popped| ptr::eq(popped, handler)),
        "pairs nest"
    );
    if run != 0 {
        handler.run();
    }
}
