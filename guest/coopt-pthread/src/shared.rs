//! The process-shared attribute, which four kinds of objects have.
//!
//! There is one process, so both values mean the same and both are accepted.

use core::ffi::c_int;

use crate::errno::Errno;

/// The values of `PTHREAD_PROCESS_*` (`pthread.h`).
pub const PRIVATE: c_int = 0;
const SHARED: c_int = 1;

/// Whether `pshared` asks for a shared object.
pub fn parse(pshared: c_int) -> Result<bool, Errno> {
    match pshared {
        PRIVATE => Ok(false),
        SHARED => Ok(true),
        _ => Err(Errno::INVAL),
    }
}

/// `PTHREAD_PROCESS_SHARED` or `_PRIVATE`.
pub fn number(shared: bool) -> c_int {
    if shared { SHARED } else { PRIVATE }
}
