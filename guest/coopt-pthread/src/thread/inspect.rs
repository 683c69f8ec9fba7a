//! What one thread may ask about another.

use core::ffi::c_int;
use core::mem::MaybeUninit;
use core::ops::Range;
use core::ptr;

use crate::attr::Attr;
use crate::errno::{Errno, status};
use crate::libc;
use crate::sched::Scheduling;
use crate::thread::record::{self, Fate, Thread};
use crate::time::ClockId;

/// Where the stack of a thread lies.
fn stack(thread: &Thread) -> Range<*mut u8> {
    if ptr::eq(thread, record::main()) {
        libc::main_stack()
    } else {
        thread.stack_low..thread.stack_top
    }
}

fn attributes(thread: &Thread) -> Attr {
    let stack = stack(thread);
    let size = stack.end.addr() - stack.start.addr();
    let is_detached = thread.fate.get() == Fate::Detached;
    Attr::of_thread(
        stack.start,
        size,
        thread.guard_size,
        is_detached,
        Scheduling::of(thread),
    )
}

/// `pthread_getattr_np`. It initialises `attr`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_getattr_np(thread: *const Thread, attr: &mut MaybeUninit<Attr>) -> c_int {
    status(Thread::find(thread).map(|thread| {
        attr.write(attributes(thread));
    }))
}

/// POSIX XSH `pthread_getcpuclockid`: `ENOENT`, as WASI has no clock for the
/// processor time of one thread.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_getcpuclockid(thread: *const Thread, _clock: *mut ClockId) -> c_int {
    status(Thread::find(thread).and(Err::<(), _>(Errno::NOENT)))
}
