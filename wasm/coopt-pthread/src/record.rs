//! What the C library keeps of a thread besides its record's own contents.

use core::cell::Cell;
use core::ffi::c_void;
use core::mem::offset_of;
use core::ptr;

use coopt_abi::thread::NAME_LEN_MAX;

use crate::entry::Entry;
use crate::errno::Errno;

/// The record of a thread. `pthread_t` is a pointer to it.
///
/// It lies in the thread's own block of memory, except for the main thread's.
pub type Thread = coopt_threads::Thread<Own>;

crate::answer::fits!(*const Thread, "pthread_t");

/// The C library's part of a record.
#[repr(C)]
pub struct Own {
    /// One past the highest byte of the stack, and the thread-local storage:
    /// what `wasi_thread_start` puts into the new thread's globals.
    pub stack_top: *mut u8,
    pub tls: *mut u8,
    /// The lowest byte of the stack; null for the main thread.
    pub stack_low: *mut u8,
    /// How many bytes below the stack are its guard.
    pub guard_size: usize,
    pub block: Block,
    pub entry: Option<Entry>,
    pub argument: *mut c_void,
    /// Its name, with a terminating zero.
    pub name: Cell<[u8; NAME_LEN_MAX + 1]>,
}

/// `StartArgs` of `sysroot/src/wasi_thread_start.s`.
const _: () = assert!(offset_of!(Thread, own) == 0);
const _: () = assert!(offset_of!(Own, stack_top) == 0);
const _: () = assert!(offset_of!(Own, tls) == 4);

/// The memory of a thread: where it starts and how long it is.
#[derive(Clone, Copy)]
pub struct Block {
    pub start: *mut u8,
    pub size: usize,
}

impl Block {
    /// No block: the main thread has none.
    pub const NONE: Self = Self {
        start: ptr::null_mut(),
        size: 0,
    };
}

impl Own {
    /// What is kept of a thread with a stack of its own.
    pub const fn new(block: Block, stack_top: *mut u8, tls: *mut u8) -> Self {
        Self {
            stack_top,
            tls,
            stack_low: ptr::null_mut(),
            guard_size: 0,
            block,
            entry: None,
            argument: ptr::null_mut(),
            name: Cell::new([0; NAME_LEN_MAX + 1]),
        }
    }

    /// What is kept of the thread that runs `main`.
    pub const fn main() -> Self {
        Self::new(Block::NONE, ptr::null_mut(), ptr::null_mut())
    }
}

/// The thread a program means by a `pthread_t`: `ESRCH` if its record was
/// freed.
pub fn find(handle: *const Thread) -> Result<&'static Thread, Errno> {
    // SAFETY: a handle is the address of a record that existed, and memory never
    // goes away.
    unsafe { Thread::find(handle) }.ok_or(Errno::SRCH)
}

/// [`find`], for calls that make sense only before the thread ends: `ESRCH`
/// afterwards.
pub fn find_live(handle: *const Thread) -> Result<&'static Thread, Errno> {
    let thread = find(handle)?;
    if thread.has_ended() {
        return Err(Errno::SRCH);
    }
    Ok(thread)
}
