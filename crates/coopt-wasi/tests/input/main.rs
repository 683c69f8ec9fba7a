//! Standard input, read and polled by several threads, on a host that a script plays.

mod calls;
mod explore;
mod host;
mod polls;
mod reads;
