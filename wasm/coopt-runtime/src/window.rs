//! The window that the host writes its events to.
//!
//! The host writes an event's payload to the program's memory, which is the one
//! the component exports. The runtime borrows eight bytes there: it saves
//! them before the host is asked, reads the payload, and puts them back. No
//! code of the program runs in between.

use coopt_abi::action::EVENT_WINDOW;

use crate::program_memory;

/// The bytes that the event window covers, while it is open.
pub struct Window(Option<u64>);

impl Window {
    /// No event is being asked for.
    pub const CLOSED: Self = Self(None);

    pub fn open(&mut self) {
        debug_assert!(
            self.0.is_none(),
            "one host thread at a time asks for events"
        );
        self.0 = Some(program_memory::load64(EVENT_WINDOW));
    }

    /// The payload: two numbers.
    pub fn close(&mut self) -> (u32, u32) {
        debug_assert!(self.0.is_some());
        let payload = (
            program_memory::load32(EVENT_WINDOW),
            program_memory::load32(EVENT_WINDOW + 4),
        );
        if let Some(covered) = self.0.take() {
            program_memory::store64(EVENT_WINDOW, covered);
        }
        payload
    }
}
