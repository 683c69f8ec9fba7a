//! WASI preview 1 over a WASI 0.3 host that a script plays.
//!
//! The [`host`] keeps files in memory, carries operations out as a test says, and fails a test that
//! breaks a rule of the canonical ABI. A [`world`] is a program with its layer and its host; as it
//! goes, it fails the test when a handle or a byte of the layer's room is left over.

mod call;
mod host;
mod world;

mod at_once;
mod blocking;
mod descriptors;
mod explore;
mod input;
mod interruptions;
mod listing;
mod paths;
mod pipes;
mod polls;
mod process;
mod random;
mod reads;
mod room;
mod slashes;
mod sockets;
mod stats;
mod writes;
