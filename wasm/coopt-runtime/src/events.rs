//! The host's events while no thread runs.

use core::ops::RangeInclusive;

use crate::runtime::with;
use crate::wasi::wasi;

/// The event code of a subtask whose state has changed.
const SUBTASK: u32 = 1;
/// The event codes of an operation on a stream or a future that has ended.
const OPERATIONS: RangeInclusive<u32> = 2..=5;

/// Called before the host is asked for an event; returns the waitable set.
#[unsafe(no_mangle)]
pub extern "C" fn event_window_open() -> u32 {
    with(|runtime| {
        runtime.window.open();
        runtime.waitables
    })
}

/// Called with the event; returns the next action.
#[unsafe(no_mangle)]
pub extern "C" fn event_window_close(event: u32) -> u32 {
    with(|runtime| {
        let (subject, payload) = runtime.window.close();
        if let Some(report) = &mut runtime.report {
            report.note(subject, payload);
            return runtime.report();
        }
        match event {
            SUBTASK if runtime.alarm.rang(subject) => {}
            _ if event == SUBTASK || OPERATIONS.contains(&event) => {
                let known = wasi().events.deliver(subject, payload);
                debug_assert!(known, "what is not the alarm's is a call's");
                runtime.notice();
            }
            _ => {}
        }
        let action = runtime.resume();
        runtime.settle(action)
    })
}
