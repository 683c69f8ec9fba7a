//! The record of a thread: all that the thread logic knows of it.

use core::cell::Cell;
use core::ffi::c_void;
use core::mem::offset_of;
use core::ptr;

use coopt_abi::header;
use coopt_abi::thread::ThreadId;
use coopt_sync::{KeyValues, Latch};

use super::cancellation::Cancellation;
use super::cleanup::Handlers;
use super::priorities::Priorities;
use super::waiting::Waiting;
use crate::list::{Linked, Links, List};
use crate::mutex::Mutex;
use crate::signal::Signals;

/// How many keys there can be (`PTHREAD_KEYS_MAX`).
pub const KEYS_MAX: usize = header::PTHREAD_KEYS_MAX as usize;

/// The mutexes that a thread has to know that it holds, newest first.
///
/// A mutex that is [tracked](Mutex::is_tracked) is in the list of the thread
/// that its word names. A thread that was handed the mutex and has yet to run
/// is the exception: it has the mutex as [`Waiting::lent_to`].
pub type Held = List<Mutex>;

/// What happens to a thread's record and memory after its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They wait until another thread joins it.
    Joinable,
    /// Another thread is joining it, and frees them.
    Joining,
    /// It frees them itself.
    Detached,
}

/// The record of a thread. `pthread_t` is a pointer to it.
///
/// | | `mark` | `ended` | who may free it |
/// |---|---|---|---|
/// | alive | [`MARK`] | closed | nobody |
/// | ended, joinable | [`MARK`] | open | who joins or detaches it |
/// | freed | 0 | | |
///
/// `O` is what the program keeps of a thread itself: its stack, its name. It
/// comes first, so that code which knows nothing else of the record finds it.
#[repr(C)]
pub struct Thread<O> {
    /// What the program keeps.
    pub own: O,
    mark: Cell<u32>,
    /// The id, from the moment the thread is spawned.
    pub id: Cell<Option<ThreadId>>,
    /// What the thread's function returned, or `pthread_exit` was given.
    pub result: Cell<*mut c_void>,
    /// What happens to the record after the thread's end.
    pub fate: Cell<Fate>,
    /// Who waits, without a deadline, to join it; or null.
    pub(crate) joiner: Cell<*const Self>,
    /// Opened when the thread ends.
    pub ended: Latch,
    /// Its neighbours among all threads, and later among freed records.
    links: Links<Self>,
    /// The handlers of `pthread_cleanup_push`.
    pub cleanup: Handlers,
    /// Requests to cancel it.
    pub cancellation: Cancellation,
    /// Its signals.
    pub signals: Signals,
    /// The wait it is in.
    pub waiting: Waiting,
    /// Its policy and priorities.
    pub priorities: Priorities,
    /// The tracked mutexes it holds.
    pub held: Held,
    /// The values of its keys.
    pub values: KeyValues<KEYS_MAX>,
}

/// Tells a record from other memory, and from a record that was freed.
const MARK: u32 = 0x7468_7264;

impl<O> Linked for Thread<O> {
    fn links(&self) -> &Links<Self> {
        &self.links
    }
}

impl<O> Thread<O> {
    /// The record of a thread that has not been spawned.
    #[must_use]
    pub const fn new(own: O) -> Self {
        Self {
            own,
            mark: Cell::new(MARK),
            id: Cell::new(None),
            result: Cell::new(ptr::null_mut()),
            fate: Cell::new(Fate::Joinable),
            joiner: Cell::new(ptr::null()),
            ended: Latch::new(),
            links: Links::new(),
            cleanup: Handlers::new(),
            cancellation: Cancellation::new(),
            signals: Signals::new(),
            waiting: Waiting::new(),
            priorities: Priorities::new(),
            held: Held::new(),
            values: KeyValues::new(),
        }
    }

    /// The record of the thread that runs `main`.
    #[must_use]
    pub const fn main(own: O) -> Self {
        let mut main = Self::new(own);
        main.id = Cell::new(Some(ThreadId::MAIN));
        main
    }

    /// The thread a program means by a `pthread_t`, unless its record was
    /// freed. (POSIX leaves the use of such a `pthread_t` undefined.)
    ///
    /// # Safety
    ///
    /// A handle that is neither null nor misaligned is the address of a record
    /// that existed, and its memory can still be read.
    #[expect(unsafe_code, reason = "a handle is an address")]
    #[must_use]
    pub unsafe fn find<'a>(handle: *const Self) -> Option<&'a Self> {
        if handle.is_null() || !handle.is_aligned() {
            return None;
        }
        let mark = handle.wrapping_byte_add(offset_of!(Self, mark));
        // SAFETY: the caller's promise. Any four bytes are a number.
        let mark = unsafe { mark.cast::<u32>().read() };
        if mark != MARK {
            return None;
        }
        // SAFETY: the mark is cleared before a record is freed. Memory that has
        // the mark by chance is taken for a record, all of whose fields but the
        // first are cells; POSIX leaves the use of such a handle undefined.
        Some(unsafe { &*handle })
    }

    /// Takes note that the record is freed.
    pub fn unmark(&self) {
        debug_assert!(self.mark.get() == MARK, "a record is freed once");
        self.mark.set(0);
    }

    /// Whether the thread has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended.is_open()
    }
}
