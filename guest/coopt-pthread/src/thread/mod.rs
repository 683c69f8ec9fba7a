//! Threads: their records, their blocks of memory, their beginning and end.
//!
//! | file | what it does |
//! |---|---|
//! | [`block`] | the memory of a thread: stack, thread-local storage, record |
//! | [`cache`] | blocks of ended threads, kept for the next |
//! | [`registry`] | all threads that have not ended |
//! | [`create`], [`exit`], [`join`] | a thread's life, and who takes note of its end |
//! | [`name`] | names, for reports |

mod block;
mod cache;
mod create;
mod exit;
mod join;
mod name;
mod record;
mod registry;

pub use record::{Thread, current};
pub use registry::{find, for_each};

#[allow(
    unused_imports,
    reason = "the signature asserts name every exported function"
)]
pub mod exports {
    //! The functions of `pthread.h` that are defined in this module.
    pub use super::create::{coopt_thread_start, pthread_create};
    pub use super::exit::pthread_exit;
    pub use super::join::{pthread_detach, pthread_join};
    pub use super::name::{pthread_getname_np, pthread_setname_np};
    pub use super::record::{pthread_equal, pthread_self};
}
