//! The record of what the program has done wrong before it traps. `coopt run` finds it by its magic,
//! and says what that was.

use core::cell::UnsafeCell;

use coopt_abi::fault::{FUNCTION_TYPE, Fault, MAGIC, NONE, STACK};

use crate::runtime::with;

#[repr(transparent)]
struct Record(UnsafeCell<Fault>);

// SAFETY: one thread at a time executes in this module.
unsafe impl Sync for Record {}

// The runtime only writes the record, so the compiler must be told that
// somebody reads it.
#[used]
static FAULT: Record = Record(UnsafeCell::new(Fault {
    magic: MAGIC,
    kind: NONE,
    details: [0; 2],
}));

fn note(kind: u32, details: [u32; 2]) {
    // SAFETY: this is the only function that refers to the record, and it
    // calls nothing that calls it.
    let fault = unsafe { &mut *FAULT.0.get() };
    fault.kind = kind;
    fault.details = details;
}

/// Writes down that the calling thread's stack has overflowed.
#[unsafe(no_mangle)]
pub extern "C" fn fault_stack() {
    note(STACK, [with(|runtime| runtime.scheduler.stack_size()), 0]);
}

/// Writes down that the function at `pointer` does not have the program's type `wanted`.
#[unsafe(no_mangle)]
pub extern "C" fn fault_function_type(pointer: u32, wanted: u32) {
    note(FUNCTION_TYPE, [pointer, wanted]);
}
