//! The running thread, for a reader of the memory after a trap.
//!
//! `coopt run` finds this record by its magic in a dump of the runtime's
//! memory and names the thread in the backtrace.

use core::cell::UnsafeCell;

use coopt_abi::info::{Info, MAGIC};
use coopt_abi::thread::ThreadId;
use coopt_sched::Scheduler;

#[repr(transparent)]
struct Record(UnsafeCell<Info>);

// SAFETY: one thread at a time executes in this module.
unsafe impl Sync for Record {}

// The runtime only writes the record, so the compiler must be told that
// somebody reads it.
#[used]
static INFO: Record = Record(UnsafeCell::new(Info {
    magic: MAGIC,
    current: ThreadId::MAIN.get(),
    name_len: 0,
    name: [0; 16],
}));

/// Writes down the current thread, if there is one.
#[inline(always)]
pub fn publish(scheduler: &Scheduler) {
    let Some((current, name)) = scheduler.current_and_name() else {
        return;
    };
    // SAFETY: this is the only function that refers to the record, and it
    // calls nothing that calls it.
    let info = unsafe { &mut *INFO.0.get() };
    info.current = current.get();
    info.name_len = name.len() as u32;
    if name.is_empty() {
        return;
    }
    if let Some(to) = info.name.get_mut(..name.len()) {
        to.copy_from_slice(name);
    }
}
