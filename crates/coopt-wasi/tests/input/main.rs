//! Standard input, read and polled by several threads, on a host that a script plays.

mod calls;
mod host;
mod polls;
mod reads;
