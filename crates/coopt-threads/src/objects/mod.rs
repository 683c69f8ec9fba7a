//! The blocking objects of POSIX: those of coopt-sync, with what POSIX adds to
//! their calls. Their layout is C's.

pub mod barrier;
pub mod condvar;
pub mod futex;
pub mod mutex;
pub mod once;
pub mod rwlock;
pub mod semaphore;
pub mod spin;

pub use barrier::Barrier;
pub use condvar::Condvar;
pub use rwlock::{Preference, RwLock};
pub use semaphore::Semaphore;
