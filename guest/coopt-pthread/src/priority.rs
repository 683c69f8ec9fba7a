//! Priorities, and what a thread's is at the moment.
//!
//! A thread has a *base* priority, which its policy and parameters say, and a
//! *present* one, which the scheduler goes by: the highest of its base, the
//! ceilings of the mutexes it holds, and the priorities of the threads that
//! wait for a mutex of its with priority inheritance (POSIX XSH 2.9.9). What
//! raises it is in its list of held mutexes, so the present priority can be
//! computed anew whenever something has changed; [`settle`] does so.

use core::cell::Cell;
use core::ffi::c_int;
use core::ptr;

use coopt_sync::{Priority, ThreadId, Word};

use crate::cooperative::Cooperative;
use crate::imports;
use crate::mutex::{Protocol, PthreadMutex};
use crate::signal;
use crate::thread::{self, Thread};

/// The lowest priority of `SCHED_FIFO` and `SCHED_RR`; the highest is
/// [`Priority::MAX`], and `SCHED_OTHER` has [`Priority::LOWEST`] alone.
pub const REALTIME_MIN: Priority = match Priority::new(1) {
    Some(priority) => priority,
    None => Priority::MAX,
};

/// One of the priorities of `SCHED_FIFO` and `SCHED_RR`, as C has it.
pub fn realtime(number: c_int) -> Option<Priority> {
    let priority = Priority::new(u32::try_from(number).ok()?)?;
    (priority >= REALTIME_MIN).then_some(priority)
}

/// The priority as C has it.
pub fn as_int(priority: Priority) -> c_int {
    priority.get().cast_signed()
}

/// What a thread's record knows of its priority.
pub struct Priorities {
    pub base: Cell<Priority>,
    present: Cell<Priority>,
    /// The mutex with a protocol that the thread waits for, or is about to. The
    /// thread holds it once it was handed over, also before it runs again.
    /// Null without one. Set by [`lend`] alone, for as long as its `wait`.
    waits_for: Cell<*const PthreadMutex>,
}

impl Priorities {
    /// Those of a thread that was not given any.
    pub const fn new() -> Self {
        Self {
            base: Cell::new(Priority::LOWEST),
            present: Cell::new(Priority::LOWEST),
            waits_for: Cell::new(ptr::null()),
        }
    }

    /// What the scheduler goes by.
    pub fn present(&self) -> Priority {
        self.present.get()
    }

    fn waits_for(&self) -> Option<&PthreadMutex> {
        // SAFETY: null, or a mutex that `lend` has borrowed: its caller waits
        // for it, and whoever ends that wait for good calls `give_up_wait`.
        unsafe { self.waits_for.get().as_ref() }
    }
}

/// Whether any thread ever had another priority than the rest. Until then,
/// nothing can become runnable that goes before the caller.
static DIFFER: Cooperative<Cell<bool>> = Cooperative::new(Cell::new(false));

/// Whether any thread ever waited for a mutex with a ceiling. Until then, to
/// be handed something changes nobody's priority.
static CEILINGS: Cooperative<Cell<bool>> = Cooperative::new(Cell::new(false));

/// Lets a thread of higher priority run, if there is one.
#[inline]
pub fn preempt() {
    if DIFFER.get() {
        // SWITCH: threads of higher priority run, and handlers of signals that
        // they sent.
        imports::thread_preempt();
        signal::act();
    }
}

/// The highest priority of a thread that waits on `word`.
pub fn first_waiter(word: &Word) -> Option<Priority> {
    if !DIFFER.get() {
        // Whoever waits has the ordinary one.
        return None;
    }
    let priority = imports::futex_priority(word);
    Priority::new(u32::try_from(priority).ok()?)
}

/// Runs a wait for `mutex` of the thread `waiter`, the calling one, during
/// which the mutex's owner inherits its priority if that is its protocol.
pub fn lend<R>(waiter: &Thread, mutex: &PthreadMutex, wait: impl FnOnce() -> R) -> R {
    let inherits = match mutex.protocol() {
        // SWITCH: the owner, and others.
        Protocol::None => return wait(),
        Protocol::Inherit => true,
        Protocol::Protect => {
            CEILINGS.set(true);
            false
        }
    };
    // Taken back below, or by `give_up_wait` if the wait ends the thread.
    waiter.priorities.waits_for.set(mutex);
    if inherits && let Some(owner) = mutex.owner() {
        settle_at_least(owner, waiter.priorities.present());
    }
    // SWITCH: the owner, and others.
    let result = wait();
    waiter.priorities.waits_for.set(ptr::null());
    if inherits && let Some(owner) = mutex.owner() {
        // Whoever it is now, and whether the caller is one that gave up.
        settle(owner);
    }
    result
}

/// Whether [`hand_over`] may have something to do.
#[inline]
pub fn goes_with_hand_overs() -> bool {
    CEILINGS.get()
}

/// Takes note that what the thread `to` waits for is being handed to it. With a
/// mutex it has the mutex's ceiling at once: it holds it, and yet to run, would
/// let all go first that are above its own priority. (What it inherits is no
/// more than its own: those who wait on are not above it.)
pub fn hand_over(to: ThreadId) {
    if !CEILINGS.get() {
        return;
    }
    let Some(thread) = thread::find(to) else {
        return;
    };
    if let Some(mutex) = thread.priorities.waits_for()
        && mutex.protocol() == Protocol::Protect
    {
        // Its word does not name the thread yet.
        settle_at_least(thread, mutex.ceiling());
    }
}

/// Forgets the mutex that a thread waits for, in the middle of whose wait it
/// was cancelled.
pub fn give_up_wait(thread: &Thread) {
    let owner = thread.priorities.waits_for().and_then(PthreadMutex::owner);
    thread.priorities.waits_for.set(ptr::null());
    if let Some(owner) = owner {
        settle(owner);
    }
}

/// Brings the present priority of a thread up to date, and then those of the
/// threads that inherit from it. Nobody else runs inside.
pub fn settle(thread: &Thread) {
    settle_at_least(thread, Priority::LOWEST);
}

/// As [`settle`], for a thread that is about to have a waiter of priority
/// `floor`.
fn settle_at_least(thread: &Thread, floor: Priority) {
    set_present(thread, due(thread).max(floor));
    let mut thread = thread;
    // Each step changes something, and priorities along the chain only go one
    // way, so even a circle of threads that wait for each other comes to rest.
    while let Some(owner) = heir(thread) {
        let priority = due(owner);
        if priority == owner.priorities.present() {
            break;
        }
        set_present(owner, priority);
        thread = owner;
    }
}

/// Who inherits the priority of a thread that waits.
fn heir(thread: &Thread) -> Option<&'static Thread> {
    let mutex = thread.priorities.waits_for()?;
    // Not one that was handed to the thread.
    if mutex.protocol() != Protocol::Inherit || mutex.is_held_by(thread) {
        return None;
    }
    mutex.owner()
}

/// The priority a thread is to have.
fn due(thread: &Thread) -> Priority {
    let waited_for = thread.priorities.waits_for();
    let handed_over = waited_for.filter(|mutex| mutex.is_held_by(thread));
    thread
        .held
        .iter()
        .chain(handed_over)
        .filter_map(PthreadMutex::raises_to)
        .fold(thread.priorities.base.get(), Priority::max)
}

fn set_present(thread: &Thread, priority: Priority) {
    if thread.priorities.present.replace(priority) == priority {
        return;
    }
    DIFFER.set(true);
    if let Some(id) = thread.id.get() {
        let answer = imports::thread_set_priority(id.get(), priority.get());
        debug_assert_eq!(answer, 0, "the thread lives and the priority exists");
    }
}
