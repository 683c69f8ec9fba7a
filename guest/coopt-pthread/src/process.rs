//! What `pthread.h` says about the process as a whole.

use core::cell::Cell;
use core::ffi::c_int;

use crate::cooperative::Cooperative;
use crate::errno::{Errno, status};
use crate::patience;

/// The level of concurrency that the program asked for.
static CONCURRENCY: Cooperative<Cell<c_int>> = Cooperative::new(Cell::new(0));

/// A handler of `pthread_atfork`.
pub type ForkHandler = Option<extern "C" fn()>;

/// POSIX XSH `pthread_atfork`. The handlers are to run whenever the process
/// forks, which it never does: WASI has no `fork`. So there is nothing to keep,
/// and no list of theirs to wait for.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_atfork(
    _prepare: ForkHandler,
    _parent: ForkHandler,
    _child: ForkHandler,
) -> c_int {
    patience::spend();
    0
}

/// POSIX XSH `pthread_setconcurrency`: a hint, which is kept and of no
/// consequence where one thread runs at a time; `EINVAL` for a negative one.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_setconcurrency(level: c_int) -> c_int {
    if level < 0 {
        return status(Err(Errno::INVAL));
    }
    CONCURRENCY.set(level);
    0
}

/// POSIX XSH `pthread_getconcurrency`: what was set last.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_getconcurrency() -> c_int {
    CONCURRENCY.get()
}
