//! Where a change of priority puts a thread.

use coopt_abi::thread::Priority;

/// Where a thread enters a queue, among its equals: the threads of its own priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before its equals: the thread was there already, and lost no turn.
    First,
    /// Behind its equals, as every new arrival.
    Last,
}

impl Place {
    /// The place of a thread whose priority has changed: behind its new equals when
    /// it was raised, before them when it was lowered. So says POSIX of
    /// `pthread_setschedprio` (XSH 2.8.4, `SCHED_FIFO`, rule 8): a thread that
    /// returns from a borrowed priority must not lose its turn by that.
    pub(crate) fn after_change(from: Priority, to: Priority) -> Self {
        debug_assert_ne!(from, to, "a thread that keeps its priority keeps its place");
        if to > from { Self::Last } else { Self::First }
    }
}
