//! `pthread_condattr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;

use coopt_sync::Clock;

use crate::errno::{Errno, status};
use crate::shared;
use crate::time::ClockId;

/// `pthread_condattr_t` (`bits/alltypes.h`: one unsigned): bit 0 is set for
/// the monotonic clock, bit 31 for process-shared.
#[repr(transparent)]
pub struct CondAttr(Cell<c_uint>);

const _: () = assert!(size_of::<CondAttr>() == 4 && align_of::<CondAttr>() == 4);

const MONOTONIC_BIT: c_uint = 1;
const SHARED_BIT: c_uint = 1 << 31;

impl CondAttr {
    pub fn clock(&self) -> Clock {
        match self.0.get() & MONOTONIC_BIT {
            0 => Clock::Realtime,
            _ => Clock::Monotonic,
        }
    }

    fn set_clock(&self, clock: ClockId) -> Result<(), Errno> {
        self.set_bit(MONOTONIC_BIT, clock.clock()? == Clock::Monotonic);
        Ok(())
    }

    fn set_shared(&self, pshared: c_int) -> Result<(), Errno> {
        self.set_bit(SHARED_BIT, shared::parse(pshared)?);
        Ok(())
    }

    fn set_bit(&self, bit: c_uint, on: bool) {
        let others = self.0.get() & !bit;
        self.0.set(if on { others | bit } else { others });
    }
}

/// POSIX XSH `pthread_condattr_init`: the time of day, private.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_condattr_init(attr: &mut MaybeUninit<CondAttr>) -> c_int {
    attr.write(CondAttr(Cell::new(0)));
    0
}

/// POSIX XSH `pthread_condattr_destroy`. It holds nothing.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_condattr_destroy(_attr: &CondAttr) -> c_int {
    0
}

/// POSIX XSH `pthread_condattr_setclock`: `EINVAL` for a CPU-time clock.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_condattr_setclock(attr: &CondAttr, clock: ClockId) -> c_int {
    status(attr.set_clock(clock))
}

/// POSIX XSH `pthread_condattr_getclock`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_condattr_getclock(attr: &CondAttr, clock: &Cell<ClockId>) -> c_int {
    clock.set(ClockId::of(attr.clock()));
    0
}

/// POSIX XSH `pthread_condattr_setpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_condattr_setpshared(attr: &CondAttr, pshared: c_int) -> c_int {
    status(attr.set_shared(pshared))
}

/// POSIX XSH `pthread_condattr_getpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_condattr_getpshared(attr: &CondAttr, pshared: &Cell<c_int>) -> c_int {
    pshared.set(shared::number(attr.0.get() & SHARED_BIT != 0));
    0
}
