//! The last path that the program asked for and no directory of its own leads to, for a reader of
//! the memory after its end.
//!
//! `coopt run` finds this record by its magic, and says which option was missing. C libraries look
//! a path up in their own list of directories, and make no call when they find none. So
//! coopt-build has them call [`path_outside`].

use core::cell::UnsafeCell;

use coopt_abi::outside::{MAGIC, Outside, PATH_LEN_MAX};
use coopt_wasi::Span;

use crate::program_memory;

#[repr(transparent)]
struct Record(UnsafeCell<Outside>);

// SAFETY: one thread at a time executes in this module.
unsafe impl Sync for Record {}

// The runtime only writes the record, so the compiler must be told that
// somebody reads it.
#[used]
static OUTSIDE: Record = Record(UnsafeCell::new(Outside {
    magic: MAGIC,
    len: 0,
    path: [0; PATH_LEN_MAX],
}));

/// Writes down a path.
pub fn note(path: Span) {
    // SAFETY: this is the only function that refers to the record, and it
    // calls nothing that calls it.
    let outside = unsafe { &mut *OUTSIDE.0.get() };
    outside.len = path.len;
    let kept = PATH_LEN_MAX.min(path.len as usize);
    if let Some(to) = outside.path.get_mut(..kept) {
        program_memory::read(path.address, to);
    }
}

/// Writes down the path at `path`, which ends with a zero.
#[unsafe(no_mangle)]
pub extern "C" fn path_outside(path: u32) {
    /// What a path may have, with its zero.
    const LEN_MAX: u32 = 4096;
    let is_zero = |index: &u32| program_memory::load8(path.wrapping_add(*index)) == 0;
    let len = (0..LEN_MAX).find(is_zero);
    note(Span::new(path, len.unwrap_or(LEN_MAX)));
}
