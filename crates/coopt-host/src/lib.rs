//! Runs a component on the embedded Wasmtime.
//!
//! This is the only crate that names Wasmtime (invariant I5). It takes the
//! bytes of a component that exports `wasi:cli/run` (0.3, or 0.2 without
//! threads), offers it WASI 0.2, WASI 0.3 and the Component Model's threading
//! built-ins, and says how it ended:
//!
//! ```no_run
//! use coopt_host::{Cache, Host, Options, Program, Source};
//!
//! let host = Host::new(&Options::default())?;
//! let bytes = std::fs::read("app.component.wasm")?;
//! let source = Source { wasm: &bytes, build: b"" };
//! let loaded = host.load(source, &Cache::off(), || Ok::<_, std::io::Error>(bytes.clone()))?;
//! let program = Program { args: vec!["app".into()], ..Program::default() };
//! let exit = host.run(&loaded.component, &program)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What it adds to a plain embedding:
//!
//! - **H1** A wait ends within tens of microseconds of its deadline, never
//!   before it ([`timers`], [`executor`]): the thread that runs the guest is
//!   the thread that sleeps, so nothing stands between the kernel's timer and
//!   the guest.
//! - **H2** A program that was run before starts without being converted or
//!   compiled ([`Cache`]).
//! - **H3** A trap names the guest's thread ([`Trap`]).
//! - **H4** A program in which nothing can happen any more ends
//!   ([`Exit::Deadlock`]); it does not hang.
//! - **H5** Ctrl-C ends the process at once, whatever the guest does, and
//!   leaves no half-written file ([`interrupt`], [`atomic`]).

pub mod atomic;
mod backtrace;
mod cache;
mod clock;
mod error;
mod executor;
mod exit;
mod host;
pub mod interrupt;
mod linker;
mod load;
mod program;
mod run;
mod state;
mod thread_info;
mod timers;
mod trap;

pub use cache::Cache;
pub use error::Error;
pub use exit::Exit;
pub use host::{Host, Options, STACK_SIZE_MAX, STACK_SIZE_MIN};
pub use load::{Loaded, Origin, Source};
pub use program::{Dir, Program};
pub use trap::{Detail, Trap};
