//! Points in time as C writes them.

use core::ffi::{c_int, c_long};

use coopt_sync::{Clock, Deadline, Instant};

use crate::errno::Errno;

const NS_PER_S: u64 = 1_000_000_000;
const S_MAX: u64 = u64::MAX / NS_PER_S - 1;

/// `struct timespec` (`__struct_timespec.h`; `time_t` has 64 bits).
#[repr(C)]
pub struct Timespec {
    tv_sec: i64,
    tv_nsec: c_long,
}

const _: () = assert!(size_of::<Timespec>() == 16 && align_of::<Timespec>() == 8);

impl Timespec {
    /// The deadline at which `clock` shows this time.
    pub fn deadline(&self, clock: Clock) -> Deadline {
        let ns = match u64::try_from(self.tv_nsec) {
            Ok(ns) if ns < NS_PER_S => ns,
            _ => return Deadline::Malformed,
        };
        // A time before the clock's origin has passed like the origin itself;
        // one that cannot be counted in nanoseconds never comes.
        let at = match u64::try_from(self.tv_sec) {
            Ok(s) if s <= S_MAX => s * NS_PER_S + ns,
            Ok(_) => u64::MAX,
            Err(_negative) => 0,
        };
        Deadline::at(clock, Instant::from_ns(at))
    }

    /// How long this is, as a duration; what cannot be counted in nanoseconds
    /// is as good as for ever.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a negative one and for nanoseconds that make a second.
    pub fn duration_ns(&self) -> Result<u64, Errno> {
        if self.tv_sec < 0 {
            return Err(Errno::INVAL);
        }
        match self.deadline(Clock::Monotonic) {
            Deadline::Monotonic(since_zero) => Ok(since_zero.as_ns()),
            _ => Err(Errno::INVAL),
        }
    }

    /// The deadline at which the clock that a program chose shows this time.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a clock that nobody can wait on.
    pub fn deadline_on(&self, clock: &ClockId) -> Result<Deadline, Errno> {
        Ok(self.deadline(clock.clock()?))
    }
}

/// `struct __clockid` of wasi-libc: a clock is a pointer to its WASI number.
#[repr(C)]
pub struct ClockId {
    number: c_int,
}

unsafe extern "C" {
    safe static _CLOCK_REALTIME: ClockId;
    safe static _CLOCK_MONOTONIC: ClockId;
}

impl ClockId {
    /// The clock, if deadlines can be given on it.
    pub fn clock(&self) -> Result<Clock, Errno> {
        match self.number {
            0 => Ok(Clock::Realtime),
            1 => Ok(Clock::Monotonic),
            _ => Err(Errno::INVAL),
        }
    }

    /// C's `clockid_t` of a clock.
    pub fn of(clock: Clock) -> &'static Self {
        match clock {
            Clock::Realtime => &_CLOCK_REALTIME,
            Clock::Monotonic => &_CLOCK_MONOTONIC,
        }
    }
}
