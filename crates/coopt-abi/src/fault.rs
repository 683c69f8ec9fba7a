//! The record of what a program has done wrong before it traps, which the runtime keeps in its
//! memory. A host that finds it can say more than that the program trapped.

/// The first bytes of the record, by which a host finds it.
pub const MAGIC: [u8; 16] = *b"coopt-fault-v0\0\0";

/// Nothing has been done wrong.
pub const NONE: u32 = 0;
/// A stack has overflowed. The first detail is its size in bytes, or 0 when it is not known.
pub const STACK: u32 = 1;
/// A function was called by a pointer of another type. The details are the pointer, which is a place
/// in the program's table, and the index of the type in the program.
pub const FUNCTION_TYPE: u32 = 2;

/// The record. It is 16-byte aligned in the runtime's memory, little-endian.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// [`MAGIC`].
    pub magic: [u8; 16],
    /// What was wrong: [`NONE`], [`STACK`] or [`FUNCTION_TYPE`].
    pub kind: u32,
    /// What is known of it.
    pub details: [u32; 2],
}

const _: () = assert!(core::mem::offset_of!(Fault, kind) == 16);
const _: () = assert!(core::mem::offset_of!(Fault, details) == 20);
const _: () = assert!(size_of::<Fault>() == 32);
