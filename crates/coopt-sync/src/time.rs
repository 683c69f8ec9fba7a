//! Clocks, and points in time on them.

/// A clock that deadlines are given on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Never set, never goes back. The only clock the platform waits on.
    Monotonic,
    /// The time of day, which somebody may set.
    Realtime,
}

/// A point in time in nanoseconds since its clock's origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Instant(u64);

impl Instant {
    /// The point in time this many nanoseconds after the clock's origin.
    #[inline]
    #[must_use]
    pub const fn from_ns(ns: u64) -> Self {
        Self(ns)
    }

    /// Nanoseconds since the clock's origin.
    #[inline]
    #[must_use]
    pub const fn as_ns(self) -> u64 {
        self.0
    }

    /// The same distance from `to` as this point is from the earlier `from`.
    pub(crate) const fn rebase(self, from: Self, to: Self) -> Self {
        Self(to.0.saturating_add(self.0.saturating_sub(from.0)))
    }
}
