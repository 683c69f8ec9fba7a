//! What a thread's priority is at the moment.
//!
//! A thread has a *base* priority, which its policy and parameters say, and a
//! *present* one, which the scheduler goes by: the highest of its base, the
//! ceilings of the mutexes it holds, and the priorities of the threads that
//! wait for a mutex of its with priority inheritance (POSIX XSH 2.9.9). The
//! mutexes that raise it are in the thread's list of held mutexes, so
//! [`settle`] can compute it anew whenever something has changed.
//!
//! Nothing in this file switches but [`lend`], which runs a wait.

use core::ptr;

use coopt_abi::thread::{Priority, ThreadId};
use coopt_sync::Word;

use crate::mutex::{Mutex, Protocol};
use crate::system::System;
use crate::thread::Thread;
use crate::thread::waiting::Wait;

/// The highest priority of a thread that waits on `word`.
pub fn first_waiter<S: System>(s: &S, word: &Word) -> Option<Priority> {
    if !s.process().priorities_differ.get() {
        // Every waiter has the lowest priority.
        return None;
    }
    s.futex_priority(word.address())
}

/// The thread that holds a mutex, if it has not ended.
fn owner<'s, S: System>(s: &'s S, mutex: &Mutex) -> Option<&'s Thread<S::Own>> {
    s.process().find(mutex.owner_id()?)
}

/// Whether a thread holds a mutex: after a hand-off, also before it runs.
pub fn holds<O>(thread: &Thread<O>, mutex: &Mutex) -> bool {
    mutex.owner_id() == thread.id.get()
}

/// Runs a wait of `waiter`, the calling thread, for `mutex`, which is tracked.
/// The mutex is noted with the wait, so that a hand-off of it is noticed before
/// the thread runs. Whenever the thread parks for the mutex, the mutex's owner
/// inherits the thread's priority if that is the protocol ([`raise_owner`]).
pub fn lend<S: System, R>(
    s: &S,
    waiter: &Thread<S::Own>,
    mutex: &Mutex,
    wait: impl FnOnce() -> R,
) -> R {
    let inherits = mutex.protocol() == Protocol::Inherit;
    if mutex.protocol() == Protocol::Protect {
        s.process().has_ceilings.set(true);
    }
    // SWITCH: the owner, and others.
    let result = waiter.waiting.lending(mutex, wait);
    if inherits {
        // The owner may be another by now, and the caller may have given up.
        settle_owner(s, mutex);
    }
    result
}

/// Raises the owner of the mutex that the calling thread [lends](lend) to. The
/// thread is about to park for the mutex, for the first time or again.
#[inline]
pub fn raise_owner<S: System>(s: &S, waiter: &Thread<S::Own>) {
    if let Some(mutex) = waiter.waiting.lent_to()
        && mutex.protocol() == Protocol::Inherit
        && let Some(owner) = owner(s, mutex)
    {
        settle_at_least(s, owner, waiter.priorities.present());
    }
}

/// Brings the priority of a mutex's owner up to date.
pub fn settle_owner<S: System>(s: &S, mutex: &Mutex) {
    if let Some(owner) = owner(s, mutex) {
        settle(s, owner);
    }
}

/// Takes note that a thread holds a tracked mutex.
pub fn note_taken<S: System>(s: &S, me: &Thread<S::Own>, mutex: &Mutex) {
    #[expect(unsafe_code, reason = "the list keeps the mutex's address")]
    // SAFETY: POSIX forbids to destroy a mutex that is held, and a mutex is
    // removed before it is released. (The list checks its links because a
    // program may make a held mutex anew all the same.)
    unsafe {
        me.held.insert(mutex);
    }
    settle(s, me);
}

/// Takes note that what the thread `to` waits for is being handed to it. A
/// thread that is handed a mutex has the mutex's ceiling at once. Otherwise
/// threads between its own priority and the ceiling would run before it.
/// (Inheritance changes nothing here: no remaining waiter is above the thread.)
pub fn hand_over<S: System>(s: &S, to: ThreadId) {
    if !s.process().has_ceilings.get() {
        return;
    }
    let Some(thread) = s.process().find(to) else {
        return;
    };
    if let Some(mutex) = thread.waiting.lent_to()
        && mutex.protocol() == Protocol::Protect
    {
        // The mutex's word does not name the thread yet.
        settle_at_least(s, thread, mutex.ceiling());
    }
}

/// Takes the calling thread out of its wait: a handler is to run, or the thread
/// ends. The thread lends nothing until its wait is [put
/// back](crate::thread::waiting::Waiting::put) and it parks again. A mutex that
/// was handed to the thread already joins its list.
pub fn set_wait_aside<S: System>(s: &S, me: &Thread<S::Own>) -> Wait {
    let lent_to = me.waiting.lent_to();
    let mut wait = me.waiting.take();
    match lent_to {
        Some(mutex) if holds(me, mutex) => {
            wait.lent_to = ptr::null();
            note_taken(s, me, mutex);
        }
        Some(mutex) => settle_owner(s, mutex),
        None => {}
    }
    wait
}

/// Brings the present priority of a thread up to date, and then those of the
/// threads that inherit from it. No other thread runs inside.
pub fn settle<S: System>(s: &S, thread: &Thread<S::Own>) {
    settle_at_least(s, thread, Priority::LOWEST);
}

/// As [`settle`], for a thread that is about to have a waiter of priority
/// `floor`.
fn settle_at_least<S: System>(s: &S, thread: &Thread<S::Own>, floor: Priority) {
    set_present(s, thread, due(s, thread).max(floor));
    let mut thread = thread;
    // Each step changes something, and priorities along the chain only go one
    // way, so even a circle of threads that wait for each other comes to rest.
    while let Some(owner) = heir(s, thread) {
        let priority = due(s, owner);
        if priority == owner.priorities.present() {
            break;
        }
        set_present(s, owner, priority);
        thread = owner;
    }
}

/// Who inherits the priority of a thread that waits.
fn heir<'s, S: System>(s: &'s S, thread: &Thread<S::Own>) -> Option<&'s Thread<S::Own>> {
    let mutex = thread.waiting.lent_to()?;
    // A mutex that was handed to the thread is its own.
    if mutex.protocol() != Protocol::Inherit || holds(thread, mutex) {
        return None;
    }
    owner(s, mutex)
}

/// The priority a thread is to have.
fn due<S: System>(s: &S, thread: &Thread<S::Own>) -> Priority {
    let lent_to = thread.waiting.lent_to();
    let handed_over = lent_to.filter(|mutex| holds(thread, mutex));
    thread
        .held
        .iter()
        .chain(handed_over)
        .filter_map(|mutex| raises_to(s, mutex))
        .fold(thread.priorities.base.get(), Priority::max)
}

/// The priority that a mutex gives its owner.
fn raises_to<S: System>(s: &S, mutex: &Mutex) -> Option<Priority> {
    match mutex.protocol() {
        Protocol::None => None,
        Protocol::Protect => Some(mutex.ceiling()),
        Protocol::Inherit => first_waiter(s, mutex.inner().waiters()?),
    }
}

fn set_present<S: System>(s: &S, thread: &Thread<S::Own>, priority: Priority) {
    if thread.priorities.present.replace(priority) == priority {
        return;
    }
    s.process().priorities_differ.set(true);
    if let Some(id) = thread.id.get() {
        s.thread_set_priority(id, priority);
    }
}
