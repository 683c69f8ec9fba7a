//! The clocks.

use crate::errno::Errno;
use crate::host::Host;
use crate::wasi::Wasi;

/// A clock that WASI 0.3 has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The time of day.
    Realtime,
    /// The clock that nobody sets.
    Monotonic,
}

impl Clock {
    /// Reads preview 1's `clockid`. WASI 0.3 has no clocks of processor time.
    pub const fn from_id(id: u32) -> Result<Self, Errno> {
        match id {
            0 => Ok(Self::Realtime),
            1 => Ok(Self::Monotonic),
            _ => Err(Errno::INVAL),
        }
    }
}

impl<H: Host> Wasi<H> {
    /// `clock_time_get`
    pub fn clock_time_get(&self, id: u32, to: u32) -> Result<(), Errno> {
        let now = match Clock::from_id(id)? {
            Clock::Realtime => self.realtime()?,
            Clock::Monotonic => self.host.monotonic_now(),
        };
        self.host.store64(to, now);
        Ok(())
    }

    /// `clock_res_get`
    pub fn clock_res_get(&self, id: u32, to: u32) -> Result<(), Errno> {
        let resolution = match Clock::from_id(id)? {
            Clock::Realtime => self.host.system_resolution(),
            Clock::Monotonic => self.host.monotonic_resolution(),
        };
        self.host.store64(to, resolution);
        Ok(())
    }

    /// Nanoseconds since 1970.
    pub(crate) fn realtime(&self) -> Result<u64, Errno> {
        const SIZE: u32 = 16;
        let area = self.area(SIZE)?;
        self.host.system_now(area.address());
        Ok(self.instant_at(area.address()))
    }
}
