//! The host's events while no thread runs.

use crate::runtime::with;

/// The event code of a subtask whose state has changed.
const SUBTASK: u32 = 1;
/// The event code of a read from a stream that has ended.
const STREAM_READ: u32 = 2;

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
        match event {
            SUBTASK => {
                let known = runtime.alarm.rang(subject);
                debug_assert!(known, "every subtask is the alarm's");
            }
            STREAM_READ => {
                let known = runtime.io.shared.events.deliver(subject, payload);
                debug_assert!(known, "every stream is a call's");
                runtime.notice();
            }
            _ => {}
        }
        let action = runtime.resume();
        runtime.settle(action)
    })
}
