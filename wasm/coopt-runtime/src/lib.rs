//! The runtime: the code that coopt merges into a program.
//!
//! It is glue around [`coopt_sched`]: exports that trampolines and programs
//! call, imports that reach the host and the program's memory, and one static
//! with the state.
//!
//! - It never suspends (invariant I1): a call that blocks returns an action
//!   (see [`coopt_abi::action`]), and the trampoline that called performs it.
//!   So no frame of this crate is alive while another thread runs, and one
//!   small stack serves every thread.
//! - It lives in its own linear memory (invariant I2) and touches the program's
//!   only through [`program_memory`].
//!
//! | file | what it exports |
//! |---|---|
//! | [`threads`] | spawn, begin, end, yield, preemption, priorities, names |
//! | [`futex`] | waits and wake-ups |
//! | [`clock`] | sleeps and clocks |
//! | [`mod@preview1`] | the calls of WASI preview 1, and pipes, which it lacks |
//! | [`mod@wasi`] | what the host calls for their results |
//! | [`events`] | what the host has to say when nobody runs |
//! | [`report`] | the deadlock report |
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | the runtime's memory, the program's, the host | `allocator`, `program_memory`, `host` |
//! | what a reader finds after the end | `record` |
//! | what the runtime keeps | `alarm`, `window`, `info`, `outside` |
//! | WASI 0.3 | `wasi` |
//! | the calls that wait | `calls` |
//! | what ends a program | `report` |
//! | the one static | `runtime` |
//! | the calls | `clock`, `events`, `futex`, `preview1`, `stack`, `fault`, `threads` |
//! | all of them | `exports` |
//!
//! [`exports`] holds the calls against their table, [`mod@coopt_abi::calls`].
#![no_std]

extern crate alloc;

mod alarm;
mod allocator;
mod calls;
mod clock;
mod events;
mod exports;
mod fault;
mod futex;
mod host;
mod info;
mod outside;
mod preview1;
mod program_memory;
mod record;
mod report;
mod runtime;
mod stack;
mod threads;
mod wasi;
mod window;

#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator::new();

/// A panic is a defect of the runtime: no input of a program leads to one. The
/// trap's backtrace names the place.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
