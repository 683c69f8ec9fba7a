//! Threads of POSIX in a world: coopt-threads, explored natively.
//!
//! | file | what it is |
//! |---|---|
//! | [`record`] | the threads of a program, and their records |
//! | [`system`] | the world as coopt-threads sees it |
//! | [`handlers`] | actions on signals, and what handlers do |
//! | [`invariants`] | what must hold between turns, and at the end |

mod handlers;
mod invariants;
mod record;
mod system;

pub use handlers::Action;
pub use record::{Own, Record, Threads, result};
