//! The process as a whole: what its id means, and what `pthread.h` says of it.
//!
//! There is one process. The functions of `sched.h` that take a process id act
//! on the calling thread, as on Linux.

use core::cell::Cell;
use core::ffi::c_int;

use coopt_threads::{calls, switch};

use crate::answer::c_functions;
use crate::cooperative::Cooperative;
use crate::coopt::{Coopt, current};
use crate::errno::Errno;
use crate::pid;
use crate::record::Thread;

/// The thread that a process id means: `EINVAL` for a negative id, `ESRCH` for
/// another process.
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
    /// forks, which it never does: WASI has no `fork`. So no list of handlers
    /// is kept.
    fn pthread_atfork(_prepare: ForkHandler, _parent: ForkHandler, _child: ForkHandler) -> status {
        switch::begin(&Coopt, calls::ASK);
    }

    /// POSIX XSH `pthread_setconcurrency`: a hint, which is kept and of no
    /// consequence where one thread runs at a time; `EINVAL` for a negative
    /// level.
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
