//! One thread as the table holds it.
//!
//! The links of every list a thread can be in are part of the thread, so that
//! putting it into one cannot fail. Which fields mean something depends on the
//! state:
//!
//! | | `Free` | `Runnable` | `Running` | `Parked` |
//! |---|---|---|---|---|
//! | `id` | `None` | set | set | set |
//! | `priority` | stale | its list of the run queue | set | its place in the futex queue |
//! | `queued` | `No` | `No` | `No` | whether it is in a futex queue, and how it came there |
//! | `next` | free list | run queue | `None` | futex queue, when `queued` |
//! | `prev` | `None` | run queue; `None` for the first of its priority | `None` | futex queue, when `queued`; `None` for its head |
//! | `tail`, `chain` | `None` | `None` | `None` | set by the head of a futex queue |
//! | `timer` | `None` | `None` | `None` | set when the wait has a deadline |
//! | `wait` | stale | stale | stale | why it waits |
//! | `outcome` | stale | of its last wait | of its last wait | stale |
//!
//! A `Parked` thread that is neither queued nor has a timer waits for `unpark` or
//! `wake_thread` (host I/O). A `Moved` thread waits for a wake-up of its futex and
//! nothing else.

use coopt_abi::thread::{NAME_LEN_MAX, Priority, ThreadId};
use coopt_abi::wait::{Outcome, Owner, WaitKind};

use crate::host::HostThread;
use crate::place::Position;
use crate::place::Slot;
use crate::wait::WaitReason;

/// The state of a thread. Transitions:
///
/// | from | to | by |
/// |---|---|---|
/// | `Free` | `Runnable` | spawn |
/// | `Runnable` | `Running` | its turn in the run queue |
/// | `Running` | `Runnable` | yield, preemption |
/// | `Running` | `Parked` | a wait |
/// | `Running` | `Free` | exit |
/// | `Parked` | `Runnable` | wake-up, deadline, interruption |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The slot holds no thread.
    Free,
    /// In the run queue.
    Runnable,
    /// The current thread.
    Running,
    /// Waiting.
    Parked,
}

/// Whether a thread is in the futex queue of its `wait.address`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Queued {
    /// The thread is in no futex queue.
    No,
    /// The thread is in the queue where its wait began.
    Waiting,
    /// A requeue moved the thread to that queue. What the thread had waited for has
    /// come and is spent on it, so no timeout and no interruption may end its wait.
    Moved,
}

/// A slot of the thread table: what a wait, a wake-up or a switch looks at.
pub(crate) struct Thread {
    pub(crate) id: Option<ThreadId>,
    pub(crate) host: HostThread,
    pub(crate) state: State,
    pub(crate) priority: Priority,
    pub(crate) outcome: Outcome,
    pub(crate) queued: Queued,
    pub(crate) next: Option<Slot>,
    pub(crate) prev: Option<Slot>,
    /// The last waiter of the futex queue this thread heads.
    pub(crate) tail: Option<Slot>,
    /// The head of the next futex queue in the same hash bucket.
    pub(crate) chain: Option<Slot>,
    /// Where the timer heap holds this thread.
    pub(crate) timer: Option<Position>,
    pub(crate) wait: WaitReason,
    /// Whether its [`Detail`] holds a name.
    pub(crate) is_named: bool,
    /// Scratch space of the search for a cycle.
    pub(crate) mark: u32,
}

impl Thread {
    /// A thread that is in no list yet.
    pub(crate) const fn new(host: HostThread) -> Self {
        Self {
            id: None,
            host,
            state: State::Free,
            priority: Priority::LOWEST,
            outcome: Outcome::Woken,
            queued: Queued::No,
            next: None,
            prev: None,
            tail: None,
            chain: None,
            timer: None,
            wait: WaitReason::new(WaitKind::Futex, 0, Owner::Nobody),
            is_named: false,
            mark: 0,
        }
    }

    /// Whether the thread is in a futex queue.
    #[inline(always)]
    pub(crate) fn is_queued(&self) -> bool {
        self.queued != Queued::No
    }

    /// Whether an interruption may end the wait of the thread, which is parked.
    pub(crate) fn can_be_interrupted(&self) -> bool {
        self.wait.interruptible && self.queued != Queued::Moved
    }

    /// Whether no list holds the thread and it has no timer.
    pub(crate) fn is_detached(&self) -> bool {
        !self.is_queued() && self.timer.is_none() && self.next.is_none() && self.prev.is_none()
    }
}

/// The parts of a thread that no wait, wake-up or switch looks at.
pub(crate) struct Detail {
    pub(crate) start_arg: u32,
    pub(crate) name: Name,
    /// The size of its stack in bytes; 0 when it is not known.
    pub(crate) stack_size: u32,
}

impl Detail {
    /// The detail of a thread without a name.
    pub(crate) const fn new(start_arg: u32) -> Self {
        Self {
            start_arg,
            name: Name::EMPTY,
            stack_size: 0,
        }
    }
}

/// A thread's name, kept inline.
#[derive(Clone, Copy)]
pub(crate) struct Name {
    bytes: [u8; NAME_LEN_MAX],
    len: u8,
}

const _: () = assert!(
    NAME_LEN_MAX <= u8::MAX as usize,
    "a name's length fits its field"
);

impl Name {
    const EMPTY: Self = Self {
        bytes: [0; NAME_LEN_MAX],
        len: 0,
    };

    /// The name, cut after [`NAME_LEN_MAX`] bytes.
    pub(crate) fn truncated(name: &[u8]) -> Self {
        let len = name.len().min(NAME_LEN_MAX);
        let mut result = Self {
            len: len as u8,
            ..Self::EMPTY
        };
        result.bytes[..len].copy_from_slice(&name[..len]);
        result
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }
}
