//! Turns a core WebAssembly module written for threads (the wasi-threads
//! style that clang, rustc and zig produce) into a WASI 0.3 component that
//! runs its threads with the Component Model's cooperative threads.
//!
//! The crate is a pure function of bytes (invariant I5): it reads no file,
//! runs no code, gives the same output for the same input, and answers bad
//! input with a typed [`Error`], never with a panic.
//!
//! The core module we are given is called the *program*, the module that is merged into it the
//! *runtime*, and the merged module the *result*.
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | words | `error`, `options`, `kind`, `printable` |
//! | a core module, parsed and validated | `module` |
//! | the modules that come together | `program`, `runtime`, `wit` |
//! | what each import becomes, and the index of everything in the result | `plan` |
//! | moving the indices of program and runtime into the result | `reencode` |
//! | the functions that coopt-build writes itself | `generated` |
//! | walking a body, copying what stays, added locals: what a pass is given | `rewrite` |
//! | the changes to the program's code, one file each | `passes` |
//! | the result, section by section, and the limits it must keep | `merge` |
//! | the whole way of a module | `world`, `componentize`, `inspect`, `pointer` |

mod printable;

mod error;
mod kind;
mod options;

mod module;

mod program;
mod runtime;
mod wit;

mod plan;

mod reencode;

mod generated;

mod rewrite;

mod passes;

mod merge;

mod componentize;
mod inspect;
mod pointer;
mod world;

pub use componentize::componentize;
pub use error::Error;
pub use inspect::{
    AtomicsInspection, ComponentInspection, ImportInspection, Inspection, ModuleInspection, inspect,
};
pub use kind::{Kind, kind};
pub use options::{Options, Preempt, Threads};
pub use pointer::{Function, Mismatch};
