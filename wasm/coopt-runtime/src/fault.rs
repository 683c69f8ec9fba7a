//! The record of what the program has done wrong before it traps. `coopt run` finds it by its magic,
//! and says what that was.

use coopt_abi::fault::{FUNCTION_TYPE, Fault, MAGIC, NONE, STACK};

use crate::record::Record;
use crate::runtime::with;

#[used]
static FAULT: Record<Fault> = Record::new(Fault {
    magic: MAGIC,
    kind: NONE,
    details: [0; 2],
});

fn note(kind: u32, details: [u32; 2]) {
    FAULT.change(|fault| {
        fault.kind = kind;
        fault.details = details;
    });
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
