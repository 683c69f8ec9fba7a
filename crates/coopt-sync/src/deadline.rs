//! Deadlines on either clock, and what the platform is told about them.

use crate::error::Error;
use crate::platform::Platform;
use crate::time::{Clock, Instant};

/// Until when a call may wait.
///
/// All variants carry the same kind of payload or none, so that a deadline
/// travels in two registers and an uncontended call spills nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// For ever.
    Never,
    /// Until the monotonic clock shows this.
    Monotonic(Instant),
    /// Until the time of day is this.
    Realtime(Instant),
    /// Not a point in time. POSIX looks at a deadline only when the call has to
    /// wait (such as XSH `pthread_mutex_timedlock`), so a malformed deadline is
    /// a value, which becomes [`Error::Malformed`] only then.
    Malformed,
}

impl Deadline {
    /// Until `clock` shows `at`.
    #[must_use]
    pub const fn at(clock: Clock, at: Instant) -> Self {
        match clock {
            Clock::Monotonic => Self::Monotonic(at),
            Clock::Realtime => Self::Realtime(at),
        }
    }

    /// The deadline as the platform wants it, for a wait that starts now.
    ///
    /// A monotonic deadline goes through untouched: the platform compares it
    /// itself. A time of day is compared here, and the time left is counted on
    /// the monotonic clock. Nothing tells a parked thread that the time of day
    /// was set, so [`Self::is_over`] compares again.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] when a time of day has passed; [`Error::Malformed`].
    #[inline]
    pub fn start<P: Platform>(self, p: &P) -> Result<Option<Instant>, Error> {
        match self {
            Self::Never => Ok(None),
            Self::Monotonic(at) => Ok(Some(at)),
            Self::Realtime(at) => {
                let now = p.now(Clock::Realtime);
                if at <= now {
                    return Err(Error::TimedOut);
                }
                Ok(Some(at.rebase(now, p.now(Clock::Monotonic))))
            }
            Self::Malformed => Err(Error::Malformed),
        }
    }

    /// Whether a wait that the platform ended as timed out is really over, or
    /// only seems so because the time of day was set back meanwhile.
    // Inlined, as is `start`, so that a wait without a deadline need not have
    // one in memory.
    #[inline]
    #[must_use]
    pub fn is_over<P: Platform>(self, p: &P) -> bool {
        debug_assert_ne!(self, Self::Never, "a wait without deadline timed out");
        match self {
            Self::Realtime(at) => at <= p.now(Clock::Realtime),
            Self::Never | Self::Monotonic(_) | Self::Malformed => true,
        }
    }
}
