//! Points in time as C writes them.

use core::ffi::{c_int, c_long};

use coopt_sync::{Clock, Deadline, Instant};
use coopt_threads::Kernel as _;

use crate::answer::fits;
use crate::coopt::Coopt;
use crate::errno::Errno;

const NS_PER_S: u64 = 1_000_000_000;
const S_MAX: u64 = u64::MAX / NS_PER_S - 1;

/// `struct timespec`. (`time_t` has 64 bits.)
#[repr(C)]
pub struct Timespec {
    tv_sec: i64,
    tv_nsec: c_long,
}

fits!(Timespec, "struct timespec", tv_sec is "tv_sec", tv_nsec is "tv_nsec");

impl Timespec {
    /// The duration 0.
    pub const ZERO: Self = Self {
        tv_sec: 0,
        tv_nsec: 0,
    };

    /// The deadline at which `clock` shows this time.
    pub fn deadline(&self, clock: Clock) -> Deadline {
        let ns = match u64::try_from(self.tv_nsec) {
            Ok(ns) if ns < NS_PER_S => ns,
            _ => return Deadline::Malformed,
        };
        // A time before the clock's origin has passed like the origin itself; a
        // time that 64 bits of nanoseconds cannot hold never comes.
        let at = match u64::try_from(self.tv_sec) {
            Ok(s) if s <= S_MAX => s * NS_PER_S + ns,
            Ok(_) => u64::MAX,
            Err(_negative) => 0,
        };
        Deadline::at(clock, Instant::from_ns(at))
    }

    /// This duration in nanoseconds, or `u64::MAX` when 64 bits cannot hold it.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a negative time and for nanoseconds of a second or more.
    fn duration_ns(&self) -> Result<u64, Errno> {
        if self.tv_sec < 0 {
            return Err(Errno::INVAL);
        }
        match self.deadline(Clock::Monotonic) {
            Deadline::Monotonic(since_zero) => Ok(since_zero.as_ns()),
            _ => Err(Errno::INVAL),
        }
    }

    /// The deadline this far from now, whatever happens to the time of day.
    ///
    /// # Errors
    ///
    /// As [`Self::duration_ns`].
    pub fn deadline_from_now(&self) -> Result<Deadline, Errno> {
        let now = Coopt.now(Clock::Monotonic);
        let at = now.as_ns().saturating_add(self.duration_ns()?);
        Ok(Deadline::Monotonic(Instant::from_ns(at)))
    }

    /// The deadline at which the clock that a program chose shows this time.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a clock that has no deadlines.
    pub fn deadline_on(&self, clock: ClockId) -> Result<Deadline, Errno> {
        Ok(self.deadline(clock.clock()?))
    }
}

/// `clockid_t` of wasi-libc: the address of one of its clocks. A program may
/// pass any address, so it is compared and never followed.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ClockId(*const Record);

/// `struct __clockid`.
#[repr(C)]
struct Record {
    number: c_int,
}

unsafe extern "C" {
    static _CLOCK_REALTIME: Record;
    static _CLOCK_MONOTONIC: Record;
}

impl ClockId {
    /// The clock, if deadlines can be given on it.
    pub fn clock(self) -> Result<Clock, Errno> {
        [Clock::Realtime, Clock::Monotonic]
            .into_iter()
            .find(|&clock| Self::of(clock) == self)
            .ok_or(Errno::INVAL)
    }

    /// C's `clockid_t` of a clock.
    pub fn of(clock: Clock) -> Self {
        Self(match clock {
            Clock::Realtime => &raw const _CLOCK_REALTIME,
            Clock::Monotonic => &raw const _CLOCK_MONOTONIC,
        })
    }
}
