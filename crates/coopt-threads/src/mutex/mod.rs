//! Mutexes as data: what their bits mean, and how their owners keep them.
//! [`objects::mutex`](crate::objects::mutex) locks and unlocks them.

pub mod kind;
pub mod object;

pub use kind::{Protocol, REALTIME_MIN};
pub use object::Mutex;
