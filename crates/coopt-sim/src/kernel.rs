//! The queues behind the platform, and who may run next.

mod model;
mod scheduled;

use coopt_sync::{Handoff, Outcome, Priority, Reason, ThreadId};

pub use model::Model;
pub use scheduled::Scheduled;

/// Keeps the threads: who runs, who could, who waits where and until when.
///
/// Threads are numbered from 0 in the order of their spawning; a futex is the
/// address of its word. No call switches: the caller leaves its turn itself
/// after one that takes it away.
pub trait Kernel {
    /// Adds a thread and returns its id.
    fn spawn(&mut self) -> ThreadId;

    /// The threads that may run next, the usual one first.
    fn candidates(&mut self, now_ns: u64) -> Vec<usize>;

    /// One of the candidates runs now.
    fn run(&mut self, thread: usize);

    /// The running thread has ended.
    fn end(&mut self);

    /// The running thread parks on `futex`.
    fn park(&mut self, futex: usize, deadline_ns: Option<u64>, reason: Reason);

    /// How the last wait of the running thread ended.
    fn outcome(&self) -> Outcome;

    /// The running thread goes behind the other runnable ones.
    fn yield_now(&mut self);

    /// The running thread lets others run first if they are to; false when it
    /// keeps its turn.
    fn preempt(&mut self) -> bool;

    /// Wakes up to `count` waiters, and returns how many.
    fn wake(&mut self, futex: usize, count: u32) -> u32;

    /// Wakes the first waiter; says who it is and whether there are more.
    fn handoff(&mut self, futex: usize) -> Option<Handoff>;

    /// Moves up to `count` waiters, and returns how many.
    fn requeue(&mut self, from: usize, to: usize, count: u32) -> u32;

    /// The highest priority of the waiters on `futex`; `None` when there are
    /// none.
    fn highest(&mut self, futex: usize) -> Option<Priority>;

    /// Sets a thread's priority, which decides about its place in queues.
    fn set_priority(&mut self, thread: usize, priority: Priority);

    /// The priority that this kernel goes by for a thread; `None` when it changes
    /// priorities by itself.
    fn priority(&self, thread: usize) -> Option<Priority>;

    /// Whether no thread runs while one of higher priority could.
    fn obeys_priorities(&self) -> bool;

    /// Whether a thread waits and may be interrupted.
    fn is_interruptible(&self, thread: usize) -> bool;

    /// Whether a thread waits.
    fn is_parked(&self, thread: usize) -> bool;

    /// Ends a thread's wait; false when it does not wait.
    fn interrupt(&mut self, thread: usize) -> bool;

    /// The earliest deadline of a wait.
    fn next_deadline(&self) -> Option<u64>;

    /// Ends the waits whose deadline has come.
    fn expire(&mut self, now_ns: u64);

    /// All threads have ended: panics if something is left of them.
    fn finish(&mut self);
}
