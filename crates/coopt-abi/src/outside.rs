//! The record of a path that a program asked for and no folder of its own leads to, which the
//! runtime keeps in its memory. A host that finds it can say what the program was not given.

/// The first bytes of the record, by which a host finds it.
pub const MAGIC: [u8; 16] = *b"coopt-outside-v0";

/// The most bytes of a path that are kept.
pub const PATH_LEN_MAX: usize = 108;

/// The record. It is 16-byte aligned in the runtime's memory, little-endian.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// [`MAGIC`].
    pub magic: [u8; 16],
    /// The length of the path, in bytes, be it longer than what is kept; 0 when there was none.
    pub len: u32,
    /// The first bytes of the path.
    pub path: [u8; PATH_LEN_MAX],
}

const _: () = assert!(core::mem::offset_of!(Outside, len) == 16);
const _: () = assert!(core::mem::offset_of!(Outside, path) == 20);
const _: () = assert!(size_of::<Outside>() == 128);
