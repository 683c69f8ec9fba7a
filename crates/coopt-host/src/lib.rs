//! Runs a component on the embedded Wasmtime.
//!
//! This is the only crate that names Wasmtime (invariant I5). A host takes the
//! bytes of a component that exports `wasi:cli/run` (0.3, or 0.2 without
//! threads), provides WASI 0.2, WASI 0.3 and the Component Model's threading
//! built-ins, and says how the program ended:
//!
//! ```no_run
//! use coopt_host::{Cache, Host, Options, Program, Source};
//!
//! let host = Host::new(&Options::default())?;
//! let bytes = std::fs::read("app.component.wasm")?;
//! let source = Source { wasm: &bytes, build: b"" };
//! let loaded = host.load(source, &Cache::off(), || Ok::<_, std::io::Error>(bytes.clone()))?;
//! let program = Program { args: vec!["app".into()], ..Program::default() };
//! let ended = host.run(&loaded.component, &program)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate adds to a plain embedding of Wasmtime:
//!
//! - **H1** A wait ends within tens of microseconds of its deadline, and never
//!   before it ([`timers`], [`executor`]). The thread that runs the program is
//!   the thread that sleeps, so nothing stands between the kernel's timer and
//!   the program.
//! - **H2** A program that was run before starts without being converted or
//!   compiled ([`cache`]).
//! - **H3** The report of a trap names the thread of the program ([`Trap`]).
//! - **H4** A program in which nothing can happen any more ends
//!   ([`Exit::Deadlock`]); it does not hang.
//! - **H5** A program's code is compiled without checks of whether it should
//!   stop. Only the end of the process ends a program from outside, as Ctrl-C
//!   does ([`coopt_files::interrupt`]).
//! - **H6** What a program writes is in the kernel at once, by one system call. A
//!   program that writes by WASI 0.3 goes on while the pipe is full ([`output`]).
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | words: what can be chosen, what can go wrong | `options`, `error` |
//! | time | `timers`, `executor`, `clock` |
//! | standard input, output and error | `input`, `output` |
//! | what is known of a file | `metadata` |
//! | what a program may reach, what it is given, and what it may import | `network`, `program`, `state`, `files`, `names`, `linker` |
//! | what a program leaves in its memory | `record`, `fault`, `outside`, `thread_info` |
//! | how a program ended | `backtrace`, `trap`, `exit` |
//! | the engine | `host` |
//! | compiled programs between runs | `cache` |
//! | what a host does: get a program's code, run it | `load`, `run` |

mod backtrace;
mod cache;
mod clock;
mod error;
mod executor;
mod exit;
mod fault;
#[cfg(unix)]
mod files;
mod host;
#[cfg(unix)]
mod input;
mod linker;
mod load;
#[cfg(unix)]
mod metadata;
mod names;
mod network;
mod options;
#[cfg(unix)]
mod output;
mod outside;
mod program;
mod record;
mod run;
mod state;
mod thread_info;
mod timers;
mod trap;

pub use cache::{Cache, Source};
pub use error::Error;
pub use exit::{Ended, Exit};
pub use fault::Fault;
pub use host::Host;
pub use load::{Loaded, Origin};
pub use network::{Network, Reach, Refusal, Refused};
pub use options::{Options, STACK_SIZE_MAX, STACK_SIZE_MIN};
pub use program::{Dir, Program};
pub use trap::{Detail, Trap};
