//! Who takes note of a thread's end: `pthread_join`, `pthread_detach`.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr;

use coopt_sync::{Deadline, Object, Reason};

use crate::errno::{Errno, status};
use crate::platform::Coopt;
use crate::thread::block;
use crate::thread::record::{Fate, Thread, current};

fn join(thread: &'static Thread, result: Option<&Cell<*mut c_void>>) -> Result<(), Errno> {
    if ptr::eq(thread, current()) {
        return Err(Errno::DEADLK);
    }
    if thread.fate.get() != Fate::Joinable {
        return Err(Errno::INVAL);
    }
    thread.fate.set(Fate::Joining);
    let reason = Reason::held_by(Object::Join, thread.id.get());
    // SWITCH: the thread runs to its end. Its record stays, as nobody else may
    // free it.
    thread.ended.wait(&Coopt, Deadline::Never, reason)?;
    if let Some(result) = result {
        result.set(thread.result.get());
    }
    block::free(thread);
    Ok(())
}

fn detach(thread: &'static Thread) -> Result<(), Errno> {
    if thread.fate.get() != Fate::Joinable {
        return Err(Errno::INVAL);
    }
    thread.fate.set(Fate::Detached);
    if thread.ended.is_open() {
        block::free(thread);
    }
    Ok(())
}

/// POSIX XSH `pthread_join`: `EDEADLK` for the caller itself, `EINVAL` when it
/// is detached or somebody else joins it, `ESRCH` when it was freed.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_join(thread: *const Thread, result: Option<&Cell<*mut c_void>>) -> c_int {
    status(Thread::find(thread).and_then(|thread| join(thread, result)))
}

/// POSIX XSH `pthread_detach`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_detach(thread: *const Thread) -> c_int {
    status(Thread::find(thread).and_then(detach))
}
