//! Threads: their records, their blocks of memory, their beginning and end.
//!
//! | file | what it does |
//! |---|---|
//! | [`block`] | the memory of a thread: stack, thread-local storage, record |
//! | [`cache`] | blocks of ended threads, kept for the next |
//! | [`registry`] | all threads that have not ended |
//! | [`entry`], [`defaults`] | what a thread runs, and its attributes when none are given |
//! | [`create`], [`exit`], [`join`] | a thread's life, and who takes note of its end |
//! | [`inspect`] | what one thread may ask about another |
//! | [`name`] | names, for reports |

mod block;
mod cache;
mod create;
mod defaults;
mod entry;
mod exit;
mod inspect;
mod join;
mod name;
mod record;
mod registry;

pub use create::create;
pub use defaults::get as default_attributes;
pub use entry::{C11, Entry, from_code, to_code};
pub use join::join;
pub use record::{Thread, current};
pub use registry::{all, find};

#[allow(
    unused_imports,
    reason = "the signature asserts name every exported function"
)]
pub mod exports {
    //! The functions of `pthread.h` that are defined in this module.
    pub use super::create::{coopt_thread_start, pthread_create};
    pub use super::defaults::{pthread_getattr_default_np, pthread_setattr_default_np};
    pub use super::exit::pthread_exit;
    pub use super::inspect::{pthread_getattr_np, pthread_getcpuclockid};
    pub use super::join::{
        pthread_clockjoin_np, pthread_detach, pthread_join, pthread_timedjoin_np,
        pthread_tryjoin_np,
    };
    pub use super::name::{pthread_getname_np, pthread_setname_np};
    pub use super::record::{pthread_equal, pthread_self};
}
