//! The running thread, for a reader of the memory after a trap.
//!
//! `coopt run` finds this record by its magic in a dump of the runtime's
//! memory and names the thread in the backtrace.

use coopt_abi::info::{Info, MAGIC};
use coopt_abi::thread::ThreadId;
use coopt_sched::Scheduler;

use crate::record::Record;

#[used]
static INFO: Record<Info> = Record::new(Info {
    magic: MAGIC,
    current: ThreadId::MAIN.get(),
    name_len: 0,
    name: [0; 16],
});

/// Writes down the current thread, if there is one.
#[inline(always)]
pub fn publish(scheduler: &Scheduler) {
    let Some((current, name)) = scheduler.current_and_name() else {
        return;
    };
    INFO.change(|info| {
        info.current = current.get();
        info.name_len = name.len() as u32;
        if name.is_empty() {
            return;
        }
        if let Some(to) = info.name.get_mut(..name.len()) {
            to.copy_from_slice(name);
        }
    });
}
