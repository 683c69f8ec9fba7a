//! The record of the running thread that the runtime keeps in its memory, so
//! that a host can name the thread that trapped.

/// The first bytes of the record, by which a host finds it.
pub const MAGIC: [u8; 16] = *b"coopt-runtime-v0";

/// The record. It is 16-byte aligned in the runtime's memory, little-endian.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// [`MAGIC`].
    pub magic: [u8; 16],
    /// The id of the current thread.
    pub current: u32,
    /// The length of the name, in bytes.
    pub name_len: u32,
    /// The name of the current thread; empty when it has none.
    pub name: [u8; 16],
}

const _: () = assert!(core::mem::offset_of!(Info, current) == 16);
const _: () = assert!(core::mem::offset_of!(Info, name_len) == 20);
const _: () = assert!(core::mem::offset_of!(Info, name) == 24);
const _: () = assert!(size_of::<Info>() == 48);
const _: () = assert!(crate::thread::NAME_LEN_MAX < 16);
