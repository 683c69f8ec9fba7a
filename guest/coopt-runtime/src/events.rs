//! What the host has to say while nobody runs.
//!
//! The host writes an event's payload to the guest's memory, which is the one
//! the component exports. The runtime borrows eight bytes there: it saves
//! them before the host is asked, reads the payload, and puts them back. No
//! guest code runs in between.

use coopt_abi::action::EVENT_WINDOW;

use crate::guest_memory;
use crate::runtime::with;

/// The bytes that the event window covers, while it is open.
pub struct Window(Option<u64>);

impl Window {
    /// No event is being asked for.
    pub const CLOSED: Self = Self(None);

    fn open(&mut self) {
        debug_assert!(
            self.0.is_none(),
            "one host thread at a time asks for events"
        );
        self.0 = Some(guest_memory::load64(EVENT_WINDOW));
    }

    /// The payload: two numbers.
    fn close(&mut self) -> (u32, u32) {
        debug_assert!(self.0.is_some());
        let payload = (
            guest_memory::load32(EVENT_WINDOW),
            guest_memory::load32(EVENT_WINDOW + 4),
        );
        if let Some(covered) = self.0.take() {
            guest_memory::store64(EVENT_WINDOW, covered);
        }
        payload
    }
}

/// The event code of a subtask whose state has changed.
const SUBTASK: u32 = 1;

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
        let (subject, _state) = runtime.window.close();
        if event == SUBTASK {
            let known = runtime.alarm.rang(subject);
            debug_assert!(known, "every subtask is the alarm's");
        }
        let action = runtime.resume();
        runtime.settle(action)
    })
}
