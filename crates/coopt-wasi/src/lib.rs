//! WASI preview 1 calls that block only their caller.
//!
//! A call is a future. It is generic over one trait, [`Host`]: the streams of a WASI 0.3 host and
//! the program's memory. The runtime polls a call in the thread that made it, and parks the thread
//! while the call is pending. So the state of a blocked call lives in the runtime's memory, and no
//! frame of Rust is alive while another thread runs (ARCHITECTURE.md, I1).
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | words | `errno`, `memory` |
//! | what the calls need from the world | `host` |
//! | means: the ends of operations, who is told of a change, whose turn it is | `events`, `changes`, `turns` |
//! | what a descriptor stands for | `input` |
//! | calls | `read`, `poll` |
//!
//! # Invariants
//!
//! - **W1** An operation of the host that has begun is finished by its object, not by the call that
//!   began it. A call that is dropped loses no byte.
//! - **W2** A stream has one read under way at a time: further readers queue, in their order, and a
//!   poll beside a read waits for that read's end.
//! - **W3** A poll says "readable" only when a read would not wait: bytes have been read ahead, or
//!   the stream has ended.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod changes;
mod errno;
mod events;
mod host;
mod input;
mod memory;
mod poll;
mod read;
mod turns;

pub use errno::Errno;
pub use events::Events;
pub use host::{Host, Progress, Stream};
pub use input::Input;
pub use memory::{Buffers, Memory, PAGE_SIZE};
pub use poll::{Subscription, awaits_input, earliest, poll, subscriptions};
pub use read::read;
