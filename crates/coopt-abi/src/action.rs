//! What the runtime tells a trampoline to do next, packed into an `i32`.
//!
//! The runtime never switches threads itself (ARCHITECTURE.md, I1). It returns
//! an action, and generated code (a trampoline, or `coopt.perform`) performs
//! the action. A trampoline tests for [`CONTINUE`] first, so a call that need
//! not block costs one comparison.

/// Go on running the calling thread.
pub const CONTINUE: u32 = 0;

/// Bits of an action that hold the host thread index of `SWITCH` and `END`.
pub const HOST_BITS: u32 = 28;

/// Mask of the host thread index in an action.
pub const HOST_MASK: u32 = (1 << HOST_BITS) - 1;

/// `thread.suspend-then-resume` the host thread in the low bits.
pub const SWITCH: u32 = 1 << HOST_BITS;

/// `waitable-set.wait` on the runtime's set, then ask the runtime again.
pub const IDLE: u32 = 2 << HOST_BITS;

/// `thread.yield`, then `waitable-set.poll`, then ask the runtime again.
pub const YIELD_TO_HOST: u32 = 3 << HOST_BITS;

/// `thread.resume-later` the host thread in the low bits and return from the
/// start function: the calling host thread is not wanted for reuse.
pub const END: u32 = 4 << HOST_BITS;

/// The address in the program at which the host writes the payload of an event, two `i32`s.
///
/// `waitable-set.wait` writes to the memory that the component exports, which
/// is the program's. The runtime owns no place there, so it borrows these
/// bytes: it saves them before it asks the host and restores them afterwards.
/// No code of the program runs in between.
pub const EVENT_WINDOW: u32 = 16;

/// The kind of an action: one of the constants above without its host thread.
#[must_use]
pub const fn kind(action: u32) -> u32 {
    action & !HOST_MASK
}

/// The host thread index an action names; meaningful for `SWITCH` and `END`.
#[must_use]
pub const fn host(action: u32) -> u32 {
    action & HOST_MASK
}

const _: () = assert!(
    END >> HOST_BITS < 8,
    "an action must stay positive as an i32"
);
