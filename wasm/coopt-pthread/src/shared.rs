//! The process-shared attribute, which four kinds of objects have.
//!
//! There is one process, so both values mean the same and both are accepted.

use core::ffi::c_int;

use coopt_abi::header::{PTHREAD_PROCESS_PRIVATE, PTHREAD_PROCESS_SHARED};

use crate::errno::Errno;

/// Whether `pshared` asks for a shared object.
pub fn parse(pshared: c_int) -> Result<bool, Errno> {
    match pshared {
        PTHREAD_PROCESS_PRIVATE => Ok(false),
        PTHREAD_PROCESS_SHARED => Ok(true),
        _ => Err(Errno::INVAL),
    }
}

/// The value of the attribute, as C has it.
pub fn number(shared: bool) -> c_int {
    if shared {
        PTHREAD_PROCESS_SHARED
    } else {
        PTHREAD_PROCESS_PRIVATE
    }
}
