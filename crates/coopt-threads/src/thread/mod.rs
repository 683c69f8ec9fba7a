//! The record of a thread, and its parts. State alone: modules on higher floors
//! act on it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`record`] | the record |
//! | [`cancellation`] | requests to cancel the thread |
//! | [`cleanup`] | the handlers of `pthread_cleanup_push` |
//! | [`waiting`] | the wait that the thread is in |
//! | [`priorities`] | its policy and priorities |

pub mod cancellation;
pub mod cleanup;
pub mod priorities;
pub mod record;
pub mod waiting;

pub use cancellation::Cancellation;
pub use record::{Fate, Held, KEYS_MAX, Thread};
