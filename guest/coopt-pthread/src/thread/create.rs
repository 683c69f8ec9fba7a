//! The beginning of a thread.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::{hint, ptr};

use coopt_sync::ThreadId;

use crate::attr::Attr;
use crate::errno::{Errno, status};
use crate::thread::entry::{self, Entry};
use crate::thread::record::{self, Fate, Thread};
use crate::thread::{block, defaults, exit, registry};
use crate::{imports, libc, priority, signal};

/// Starts a thread; its handle is written before it runs.
///
/// # Errors
///
/// `EAGAIN` for want of memory or at the cap on threads; `ENOTSUP` in a program
/// built without threads.
pub fn create(
    handle: &Cell<*const Thread>,
    attr: &Attr,
    entry: Entry,
    argument: *mut c_void,
) -> Result<(), Errno> {
    let scheduling = attr.scheduling(record::current())?;
    let thread = block::build(attr)?;
    thread.entry = Some(entry);
    thread.argument = argument;
    thread.signals.inherit(&record::current().signals);
    if attr.is_detached() {
        thread.fate = Cell::new(Fate::Detached);
    }
    let thread: &'static Thread = thread;
    // The thread does not run before this one is switched, so it finds its id
    // in its record, and the caller's handle written.
    match spawn(thread) {
        Ok(id) => thread.id.set(Some(id)),
        Err(error) => {
            block::free(thread);
            return Err(error);
        }
    }
    registry::insert(thread);
    handle.set(thread);
    scheduling.give_to(thread);
    // SWITCH: the thread begins at once if its priority is higher.
    priority::preempt();
    Ok(())
}

/// Has the runtime start a thread on `thread`'s block.
///
/// `EAGAIN` at the cap on live threads, `ENOTSUP` with threads off.
fn spawn(thread: &'static Thread) -> Result<ThreadId, Errno> {
    // The runtime enters the thread through this export, which nothing but
    // the mention here makes the linker keep.
    hint::black_box(libc::wasi_thread_start as *const c_void);
    // SAFETY: the record begins with what `wasi_thread_start` wants, and lives
    // until the thread has ended.
    let answer = unsafe { imports::thread_spawn(ptr::from_ref(thread).cast()) };
    Errno::check_id(answer)
}

/// Where `wasi_thread_start` goes, on the new thread's stack and with its
/// thread-local storage, once both are set.
#[unsafe(no_mangle)]
pub extern "C" fn coopt_thread_start(id: ThreadId, thread: &'static Thread) {
    debug_assert!(thread.id.get() == Some(id), "the creator ran on");
    libc::record().tid.set(id);
    record::enter(thread);
    // SWITCH: the handler of a signal that was sent to it meanwhile.
    signal::act();
    if let Some(entry) = thread.entry {
        // SWITCH: the thread's program. `thread` stays: only its end frees it.
        let result = entry.run(thread.argument);
        exit::finish(thread, result);
    }
}

/// POSIX XSH `pthread_create`: `EAGAIN` for want of memory or at the cap on
/// threads; `ENOTSUP` in a program built without threads.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_create(
    handle: &Cell<*const Thread>,
    attr: Option<&Attr>,
    entry: entry::Posix,
    argument: *mut c_void,
) -> c_int {
    let entry = Entry::Posix(entry);
    status(match attr {
        Some(attr) => create(handle, attr, entry, argument),
        None => create(handle, &defaults::get(), entry, argument),
    })
}
