//! WASI preview 1 over WASI 0.3, by calls that block only their caller.
//!
//! A call is a method of [`Wasi`]. One that may wait returns a future, which the runtime polls in
//! the thread that called, and it parks that thread while the future is pending. So the state of a
//! blocked call lives in the runtime's memory, and no frame of Rust is alive while another thread
//! runs (ARCHITECTURE.md, I1).
//!
//! Everything is generic over one trait, [`Host`]: the functions of WASI 0.3 as a core module
//! imports them, and the program's memory. What no call of a program reaches is not in its
//! component; so what a descriptor stands for is behind a `dyn` [`Object`](object::Object), and the code of files is
//! reached through the calls that make a file, not through a read.
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | words | `errno`, `memory`, `progress` |
//! | what the calls need from the world | `host` |
//! | means: who is told of a change, whose turn it is, the ends of operations, our room in the program's memory | `changes`, `turns`, `events`, `scratch`, `area` |
//! | what a descriptor stands for, and the strings of a program | `object`, `table`, `strings` |
//! | what all calls share | `wasi` |
//! | what the host answers | `answer`, `stream` |
//! | several buffers as one, waits that end by themselves | `joined`, `wait` |
//! | bytes that come and go by the host's streams | `incoming`, `outgoing` |
//! | the objects | `input`, `output`, `pipe`, `node`, `socket` |
//! | the descriptors that are open from the start | `descriptors` |
//! | the calls | `calls` |
//!
//! # Invariants
//!
//! - **W1** An operation of the host that has begun is finished by its object. A call whose
//!   descriptor is closed loses no byte, and nothing is written to its buffer after it has ended.
//! - **W2** A stream has one operation under way at a time: further calls queue, in their order, and
//!   a poll beside a read waits for that read's end.
//! - **W3** A poll says "readable" only when a read would not wait: bytes have been read ahead, or
//!   the stream has ended.
//! - **W4** A write that has returned is the host's: nothing is kept back, so nothing is lost when
//!   the program ends.
//! - **W5** A read sees what was written before it in this program, through whichever descriptor.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod answer;
mod area;
mod calls;
mod changes;
mod descriptors;
mod errno;
mod events;
mod host;
mod incoming;
mod input;
mod joined;
mod memory;
mod node;
mod object;
mod outgoing;
mod output;
mod pipe;
mod progress;
mod scratch;
mod socket;
mod stream;
mod strings;
mod table;
mod turns;
mod wait;
mod wasi;

pub use calls::{Lookup, OpenAt, Path, Poll, Times, Ways};
pub use errno::Errno;
pub use events::Events;
pub use host::{Clocks, Files, FlatAddress, Host, Random, Sockets, Stdio, Surroundings, Waitables};
pub use memory::{Buffers, Memory, PAGE_SIZE, Span};
pub use object::{Begun, Call, Future, Patience, Rights, Transfer};
pub use progress::{Progress, Started};
pub use scratch::Scratch;
pub use wasi::Wasi;
