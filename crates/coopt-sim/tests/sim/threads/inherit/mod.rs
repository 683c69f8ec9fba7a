//! Present priorities: a thread has the priority that its mutexes give it at
//! once, and no longer than it should.
//! [`check`](coopt_sim::threads::Threads::check) asserts so of every thread
//! between any two turns; these programs bring about what could go wrong.

mod crowd;
mod order;
