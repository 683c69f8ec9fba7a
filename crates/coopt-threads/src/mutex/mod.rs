//! Mutexes as data: what their bits mean, and how their owners keep them. They
//! are locked and unlocked [above](crate::objects::mutex).

pub mod kind;
pub mod object;

pub use kind::{Protocol, REALTIME_MIN};
pub use object::Mutex;
