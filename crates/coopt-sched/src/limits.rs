//! The limits a scheduler is made with.

use coopt_abi::thread::{LIVE_DEFAULT, LIVE_MAX};

/// Bounds on what the scheduler holds and how long it keeps the host waiting.
///
/// A value out of range is brought into range rather than refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Threads that may live at once, the main thread included:
    /// 1 to [`LIVE_MAX`].
    pub live_max: u32,
    /// Host threads of exited threads that are kept for reuse: 0 to [`LIVE_MAX`].
    pub pool_max: u32,
    /// After how many switches and yields, counted together, the host gets a turn.
    /// At least 1.
    ///
    /// While no timer and no host operation is pending, the host owes the program
    /// nothing, and only one in [`Self::QUIET_TURNS`] of these turns is taken.
    pub switches_per_host_yield: u32,
}

impl Limits {
    /// One turn in this many is taken while nothing is asked of the host. The host
    /// still gets that turn, because other components may share the host.
    pub const QUIET_TURNS: u32 = 8;

    /// The limits used unless the builder is told otherwise.
    pub const DEFAULT: Self = Self {
        live_max: LIVE_DEFAULT,
        pool_max: 256,
        switches_per_host_yield: 128,
    };

    /// The limits with each value brought into its range.
    pub(crate) fn clamped(self) -> Self {
        Self {
            live_max: self.live_max.clamp(1, LIVE_MAX),
            pool_max: self.pool_max.min(LIVE_MAX),
            switches_per_host_yield: self.switches_per_host_yield.max(1),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
