//! The function that a thread runs, in the form its creator gave.

use core::ffi::{c_int, c_void};
use core::ptr;

/// The function of `pthread_create`.
pub type Posix = extern "C" fn(*mut c_void) -> *mut c_void;
/// The function of `thrd_create`: `thrd_start_t` of `threads.h`.
pub type C11 = extern "C" fn(*mut c_void) -> c_int;

/// A thread's function.
#[derive(Clone, Copy)]
pub enum Entry {
    Posix(Posix),
    C11(C11),
}

impl Entry {
    /// Runs the function; returns its result, as `pthread_join` has it.
    pub fn run(self, argument: *mut c_void) -> *mut c_void {
        match self {
            // SWITCH: the thread's program.
            Self::Posix(entry) => entry(argument),
            // SWITCH: the thread's program.
            Self::C11(entry) => from_code(entry(argument)),
        }
    }
}

/// The result of a thread that returns a number.
pub fn from_code(code: c_int) -> *mut c_void {
    ptr::without_provenance_mut(code.cast_unsigned() as usize)
}

/// The number that a thread returned.
pub fn to_code(result: *mut c_void) -> c_int {
    // An address has as many bits as an int (wasm32).
    (result.addr() as u32).cast_signed()
}

const _: () = assert!(size_of::<c_int>() == size_of::<*mut c_void>());
