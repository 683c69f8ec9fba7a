//! The first word of a mutex: what kind of mutex it is.
//!
//! | bits | meaning |
//! |---|---|
//! | 0, 1 | type: normal, recursive, error-checking ([`Kind`]) |
//! | 2 | robust ([`coopt_sync::Mutex::ROBUST`]) |
//! | 3 | priority inheritance |
//! | 4 | priority ceiling |
//! | 7 | process-shared |
//! | 8 to 15 | the ceiling |
//!
//! A static initialiser has the type and nothing else.

use coopt_abi::thread::Priority;
use coopt_sync::Kind;

/// The bit of priority inheritance.
pub const INHERIT: u32 = 1 << 3;
/// The bit of a priority ceiling.
pub const PROTECT: u32 = 1 << 4;
/// The bit of a mutex that processes share.
pub const SHARED: u32 = 1 << 7;

const ROBUST: u32 = coopt_sync::Mutex::ROBUST;
const CEILING_SHIFT: u32 = 8;
const CEILING_MASK: u32 = 0xff << CEILING_SHIFT;

const _: () = assert!(
    (INHERIT | PROTECT | SHARED | CEILING_MASK) & (Kind::MASK | ROBUST) == 0,
    "coopt-sync has the bits of its own"
);

/// A mutex with one of these bits is in its owner's list: the owner may die
/// with the mutex, or has another priority because of it.
const TRACKED: u32 = ROBUST | INHERIT | PROTECT;

/// How a mutex changes the priority of its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Not at all.
    None,
    /// The owner has at least the priority of every waiter.
    Inherit,
    /// The owner has at least the priority of the ceiling.
    Protect,
}

/// The lowest priority of `SCHED_FIFO` and `SCHED_RR`, and of a ceiling. The
/// highest is [`Priority::MAX`]; `SCHED_OTHER` has [`Priority::LOWEST`] alone.
pub const REALTIME_MIN: Priority = match Priority::new(1) {
    Some(priority) => priority,
    None => Priority::MAX,
};

/// Whether owners keep mutexes with these bits in a list.
#[inline]
#[must_use]
pub fn is_tracked(bits: u32) -> bool {
    bits & TRACKED != 0
}

/// The protocol that the bits say.
#[must_use]
pub fn protocol(bits: u32) -> Protocol {
    match bits & (INHERIT | PROTECT) {
        INHERIT => Protocol::Inherit,
        PROTECT => Protocol::Protect,
        _ => Protocol::None,
    }
}

/// The ceiling that the bits say; [`REALTIME_MIN`] if none was set.
#[must_use]
pub fn ceiling(bits: u32) -> Priority {
    let number = (bits & CEILING_MASK) >> CEILING_SHIFT;
    Priority::new(number)
        .unwrap_or(Priority::MAX)
        .max(REALTIME_MIN)
}

/// `bits` with another ceiling.
#[must_use]
pub fn with_ceiling(bits: u32, ceiling: Priority) -> u32 {
    bits & !CEILING_MASK | ceiling.get() << CEILING_SHIFT
}
