//! What this library knows of a thread, and which thread is the calling one.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::mem::offset_of;
use core::ptr;

use coopt_sync::{Latch, ThreadId};

use crate::cancel::Cancellation;
use crate::cleanup::Handlers;
use crate::cooperative::Cooperative;
use crate::errno::Errno;
use crate::key::Values;
use crate::mutex::Held;
use crate::priority::Priorities;
use crate::signal::Signals;
use crate::thread::block::Block;
use crate::thread::entry::Entry;
use crate::thread::name::Name;

/// What happens to a thread's record and block after its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They wait for somebody to join it.
    Joinable,
    /// Somebody is joining it, and frees them.
    Joining,
    /// It frees them itself.
    Detached,
}

/// The record of a thread. `pthread_t` is a pointer to it.
///
/// It lies in the thread's own block of memory, except for the main thread's.
///
/// | | `mark` | `ended` | who may free it |
/// |---|---|---|---|
/// | alive | [`MARK`] | closed | nobody |
/// | ended, joinable | [`MARK`] | open | who joins or detaches it |
/// | freed | 0 | | |
#[repr(C)]
pub struct Thread {
    /// One past the highest byte of the stack, and the thread-local storage:
    /// what `wasi_thread_start` puts into the new thread's globals.
    pub stack_top: *mut u8,
    pub tls: *mut u8,
    mark: Cell<u32>,
    /// The id, from the moment the thread is spawned.
    pub id: Cell<Option<ThreadId>>,
    /// The lowest byte of the stack; null for the main thread.
    pub stack_low: *mut u8,
    /// How many bytes below the stack are its guard.
    pub guard_size: usize,
    pub block: Block,
    pub entry: Option<Entry>,
    pub argument: *mut c_void,
    pub result: Cell<*mut c_void>,
    pub fate: Cell<Fate>,
    /// Who waits, without a deadline, to join it.
    pub joiner: Cell<Option<&'static Thread>>,
    pub ended: Latch,
    /// The neighbours in the registry of threads; `next` also links cached
    /// blocks.
    pub next: Cell<*const Thread>,
    pub previous: Cell<*const Thread>,
    pub cleanup: Handlers,
    pub cancellation: Cancellation,
    pub signals: Signals,
    /// A `SCHED_*`; it decides which priorities the thread can be given.
    pub policy: Cell<c_int>,
    pub priorities: Priorities,
    pub held: Held,
    pub name: Name,
    pub values: Values,
}

/// `StartArgs` of `sysroot/src/wasi_thread_start.s`.
const _: () = assert!(offset_of!(Thread, stack_top) == 0);
const _: () = assert!(offset_of!(Thread, tls) == 4);

/// Tells a record from memory that is none, or none any more.
const MARK: u32 = 0x7468_7264;

impl Thread {
    /// The record of a thread that has not been spawned.
    pub const fn new(block: Block, stack_top: *mut u8, tls: *mut u8) -> Self {
        Self {
            stack_top,
            tls,
            mark: Cell::new(MARK),
            id: Cell::new(None),
            stack_low: ptr::null_mut(),
            guard_size: 0,
            block,
            entry: None,
            argument: ptr::null_mut(),
            result: Cell::new(ptr::null_mut()),
            fate: Cell::new(Fate::Joinable),
            joiner: Cell::new(None),
            ended: Latch::new(),
            next: Cell::new(ptr::null()),
            previous: Cell::new(ptr::null()),
            cleanup: Handlers::new(),
            cancellation: Cancellation::new(),
            signals: Signals::new(),
            policy: Cell::new(0),
            priorities: Priorities::new(),
            held: Held::new(),
            name: Name::new(),
            values: Values::new(),
        }
    }

    const fn main() -> Self {
        let mut main = Self::new(Block::NONE, ptr::null_mut(), ptr::null_mut());
        main.id = Cell::new(Some(ThreadId::MAIN));
        main
    }

    /// The thread a program means by a `pthread_t`, unless its record was
    /// freed: `ESRCH`. (POSIX leaves using such a one undefined.)
    pub fn find(handle: *const Self) -> Result<&'static Self, Errno> {
        if handle.is_null() || !handle.is_aligned() {
            return Err(Errno::SRCH);
        }
        let mark = handle.wrapping_byte_add(offset_of!(Self, mark));
        // SAFETY: a handle is the address of a record that existed, and memory
        // never goes away. Whatever is there now, its bytes make some number.
        let mark = unsafe { mark.cast::<u32>().read() };
        if mark != MARK {
            return Err(Errno::SRCH);
        }
        // SAFETY: the mark is cleared before a record is freed, so this one is
        // not.
        Ok(unsafe { &*handle })
    }

    /// As [`Self::find`], for what makes sense only before the thread ends:
    /// `ESRCH` after that.
    pub fn find_live(handle: *const Self) -> Result<&'static Self, Errno> {
        let thread = Self::find(handle)?;
        if thread.ended.is_open() {
            return Err(Errno::SRCH);
        }
        Ok(thread)
    }

    /// Takes note that the record is freed.
    pub fn unmark(&self) {
        debug_assert!(self.mark.get() == MARK, "a record is freed once");
        self.mark.set(0);
    }
}

static MAIN: Cooperative<Thread> = Cooperative::new(Thread::main());

/// The calling thread's record. A new thread's first copy of this is the main
/// thread's.
#[thread_local]
static CURRENT: Cell<&'static Thread> = Cell::new(main());

/// The record of the thread that runs `main`.
pub const fn main() -> &'static Thread {
    // SAFETY: the wrapper is transparent, and `MAIN` lives for ever. (`Deref`
    // cannot be called in a constant.)
    unsafe { &*(&raw const MAIN).cast::<Thread>() }
}

/// The record of the calling thread.
#[inline]
pub fn current() -> &'static Thread {
    CURRENT.get()
}

/// Makes `thread` the calling thread's record, at its beginning.
pub fn enter(thread: &'static Thread) {
    debug_assert!(ptr::eq(current(), main()), "a thread begins once");
    CURRENT.set(thread);
}

/// POSIX XSH `pthread_self`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_self() -> *const Thread {
    current()
}

/// POSIX XSH `pthread_equal` (a macro in C, a function for others).
#[unsafe(no_mangle)]
pub extern "C" fn pthread_equal(one: *const Thread, other: *const Thread) -> c_int {
    c_int::from(ptr::eq(one, other))
}
