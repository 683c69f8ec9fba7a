//! Present priorities: what a thread has by its mutexes it has at once, and no
//! longer than it should. That is asserted between any two turns, of every thread
//! ([`check`](coopt_sim::threads::Threads::check)); these programs bring about what could go wrong.

mod crowd;
mod order;
