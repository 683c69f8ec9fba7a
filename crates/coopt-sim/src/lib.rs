//! Runs the thread layer natively and explores its schedules. Tests only.
//!
//! A *program* is a few threads that use the objects of coopt-sync. It runs in
//! a [`World`]: coroutines for threads, virtual clocks, and a [kernel] that
//! keeps the queues. What the program does not decide is a *choice*: who runs
//! next, when a timer fires, when an interruption comes, when the time of day
//! is set, and what a program itself leaves open ([`World::choose`]). An
//! [`Explorer`] makes the choices: all of them in turn, at random, or by
//! priorities (PCT). A failure prints the choices made as a [`Schedule`], which
//! replays the run exactly.
//!
//! A program may also use the thread logic of coopt-threads, of which
//! [`threads::Threads`] makes threads of POSIX in a world.
//!
//! There are two kernels. The [model](kernel::Model) is a few obvious lists and
//! lets any runnable thread go next, so it covers every order that a scheduler
//! could choose. The [scheduled](kernel::Scheduled) kernel is coopt-sched
//! itself, so that scheduler and objects are seen to fit.
//!
//! # Invariants
//!
//! - **I1** A run is a function of its program and its choices: no time, no
//!   address and no hash order decides anything.
//! - **I2** A choice of one alternative is not recorded.
//! - **I3** A thread runs only inside [`World`]'s loop, one at a time, and
//!   leaves its turn only in a [`Platform`](coopt_sync::Platform) call, a yield
//!   or an end.
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | means: stacks, numbers drawn, schedules | `coroutine`, `rng`, `schedule` |
//! | who makes the choices, who keeps the queues | `chooser`, `kernel` |
//! | what comes from outside | `environment` |
//! | a run | `world` |
//! | what programs use | `platform`, `checks`, `threads` |
//! | many runs | `explorer` |
//!
//! `mutants.txt` lists broken variants of coopt-threads, coopt-sync and
//! coopt-sched; `cargo xtask mutants` demands that the tests catch each.

mod checks;
mod chooser;
mod coroutine;
mod environment;
mod explorer;
pub mod kernel;
mod platform;
mod rng;
mod schedule;
pub mod threads;
mod world;

pub use checks::{Exclusion, assert_like_new};
pub use explorer::{Explorer, Report};
pub use schedule::Schedule;
pub use world::World;
