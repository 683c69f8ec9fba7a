//! The process as a whole: the thread it means, and what `pthread.h` says of it.
//!
//! There is one process. The functions that name one mean the calling thread, as
//! on Linux.

use core::cell::Cell;
use core::ffi::c_int;

use coopt_threads::{calls, switch};

use crate::answer::c_functions;
use crate::cooperative::Cooperative;
use crate::coopt::{Coopt, current};
use crate::errno::Errno;
use crate::pid;
use crate::record::Thread;

/// The thread that a process id means.
pub fn find(process: c_int) -> Result<&'static Thread, Errno> {
    if process < 0 {
        Err(Errno::INVAL)
    } else if pid::is_own(process) {
        Ok(current())
    } else {
        Err(Errno::SRCH)
    }
}

/// The level of concurrency that the program asked for.
static CONCURRENCY: Cooperative<Cell<c_int>> = Cooperative::new(Cell::new(0));

/// A handler of `pthread_atfork`.
pub type ForkHandler = Option<extern "C" fn()>;

c_functions! {
    /// POSIX XSH `pthread_atfork`. The handlers are to run whenever the process
    /// forks, which it never does: WASI has no `fork`. So there is nothing to
    /// keep, and no list of theirs to wait for.
    fn pthread_atfork(_prepare: ForkHandler, _parent: ForkHandler, _child: ForkHandler) -> status {
        switch::begin(&Coopt, calls::ASK);
    }

    /// POSIX XSH `pthread_setconcurrency`: a hint, which is kept and of no
    /// consequence where one thread runs at a time; `EINVAL` for a negative one.
    fn pthread_setconcurrency(level: c_int) -> status {
        if level < 0 {
            return Err(Errno::INVAL);
        }
        CONCURRENCY.set(level);
    }

    /// POSIX XSH `pthread_getconcurrency`: what was set last.
    fn pthread_getconcurrency() -> (c_int) {
        CONCURRENCY.get()
    }
}
