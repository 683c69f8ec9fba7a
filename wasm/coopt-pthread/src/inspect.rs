//! What one thread may ask about another.

use core::mem::MaybeUninit;
use core::ops::Range;
use core::ptr;

use coopt_threads::scheduling::Scheduling;
use coopt_threads::thread::Fate;
use coopt_threads::{calls, switch};

use crate::answer::c_functions;
use crate::attr::Attr;
use crate::coopt::{Coopt, main};
use crate::errno::Errno;
use crate::libc;
use crate::record::{Thread, find};
use crate::time::ClockId;

/// Where the stack of a thread lies.
fn stack(thread: &Thread) -> Range<*mut u8> {
    if ptr::eq(thread, main()) {
        libc::main_stack()
    } else {
        thread.own.stack_low..thread.own.stack_top
    }
}

fn attributes(thread: &Thread) -> Attr {
    let stack = stack(thread);
    let size = stack.end.addr() - stack.start.addr();
    let is_detached = thread.fate.get() == Fate::Detached;
    Attr::of_thread(
        stack.start,
        size,
        thread.own.guard_size,
        is_detached,
        Scheduling::of(thread),
    )
}

c_functions! {
    /// `pthread_getattr_np`, which initialises `attr`.
    fn pthread_getattr_np(thread: *const Thread, attr: &mut MaybeUninit<Attr>) -> status {
        switch::begin(&Coopt, calls::ASK);
        attr.write(attributes(find(thread)?));
    }

    /// POSIX XSH `pthread_getcpuclockid`: `ENOENT`, as WASI has no clock for the
    /// processor time of one thread.
    fn pthread_getcpuclockid(thread: *const Thread, _clock: *mut ClockId) -> status {
        find(thread)?;
        Err(Errno::NOENT)?
    }
}
