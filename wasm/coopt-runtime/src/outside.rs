//! The last path that the program asked for and no directory of its own leads to, for a reader of
//! the memory after its end.
//!
//! `coopt run` finds this record by its magic, and says which option was missing. C libraries look
//! a path up in their own list of directories, and make no call when they find none. So
//! coopt-build has them call [`path_outside`].

use coopt_abi::outside::{MAGIC, Outside, PATH_LEN_MAX};
use coopt_wasi::Span;

use crate::program_memory;
use crate::record::Record;

#[used]
static OUTSIDE: Record<Outside> = Record::new(Outside {
    magic: MAGIC,
    len: 0,
    path: [0; PATH_LEN_MAX],
});

/// Writes down a path.
pub fn note(path: Span) {
    OUTSIDE.change(|outside| {
        outside.len = path.len;
        let kept = PATH_LEN_MAX.min(path.len as usize);
        if let Some(to) = outside.path.get_mut(..kept) {
            program_memory::read(path.address, to);
        }
    });
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
