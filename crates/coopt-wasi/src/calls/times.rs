//! Times that a program sets: preview 1's `fstflags`.

use crate::errno::Errno;
use crate::host::Host;
use crate::wasi::Wasi;

/// The times of a file that are to be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Of the last access, in nanoseconds since 1970.
    pub access: u64,
    /// Of the last modification.
    pub modification: u64,
    /// Which of them are to be set, and which to now: `fstflags`.
    pub flags: u32,
}

impl Times {
    const ACCESS: u32 = 1;
    const ACCESS_NOW: u32 = 2;
    const MODIFICATION: u32 = 4;
    const MODIFICATION_NOW: u32 = 8;
    const ALL: u32 = 15;

    /// Whether the flags make sense.
    pub(crate) fn check(self) -> Result<(), Errno> {
        let has = |both| self.flags & both == both;
        let is_wrong = has(Self::ACCESS | Self::ACCESS_NOW)
            || has(Self::MODIFICATION | Self::MODIFICATION_NOW)
            || self.flags & !Self::ALL != 0;
        if is_wrong {
            return Err(Errno::INVAL);
        }
        Ok(())
    }
}

/// A `new-timestamp`.
mod new_timestamp {
    pub const SIZE: u32 = 24;
    pub const NO_CHANGE: u32 = 0;
    pub const NOW: u32 = 1;
    pub const TIMESTAMP: u32 = 2;
    pub const INSTANT: u32 = 8;
}

impl<H: Host> Wasi<H> {
    /// Stores two `new-timestamp`s.
    pub(crate) fn store_times(&self, to: u32, times: Times) {
        let is_set = |flag| times.flags & flag != 0;
        let (set, now) = (is_set(Times::ACCESS), is_set(Times::ACCESS_NOW));
        self.store_time(to, times.access, set, now);
        let (set, now) = (is_set(Times::MODIFICATION), is_set(Times::MODIFICATION_NOW));
        self.store_time(to + new_timestamp::SIZE, times.modification, set, now);
    }

    fn store_time(&self, to: u32, time: u64, set: bool, now: bool) {
        let case = match (set, now) {
            (true, _) => new_timestamp::TIMESTAMP,
            (false, true) => new_timestamp::NOW,
            (false, false) => new_timestamp::NO_CHANGE,
        };
        self.host.store32(to, case);
        self.store_instant(to + new_timestamp::INSTANT, time);
    }
}
