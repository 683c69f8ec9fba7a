//! `pthread_condattr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;

use coopt_sync::Clock;

use crate::answer::{c_functions, fits};
use crate::shared;
use crate::time::ClockId;

/// `pthread_condattr_t`: bit 0 is set for the monotonic clock, bit 31 for
/// process-shared.
#[repr(transparent)]
pub struct CondAttr(Cell<c_uint>);

fits!(CondAttr, "pthread_condattr_t");

const MONOTONIC: c_uint = 1;
const SHARED: c_uint = 1 << 31;

impl CondAttr {
    /// The clock of deadlines.
    pub fn clock(&self) -> Clock {
        match self.0.get() & MONOTONIC {
            0 => Clock::Realtime,
            _ => Clock::Monotonic,
        }
    }

    fn put(&self, bit: c_uint, on: bool) {
        let others = self.0.get() & !bit;
        self.0.set(if on { others | bit } else { others });
    }
}

c_functions! {
    /// POSIX XSH `pthread_condattr_init`: the time of day, private.
    fn pthread_condattr_init(attr: &mut MaybeUninit<CondAttr>) -> status {
        attr.write(CondAttr(Cell::new(0)));
    }

    /// POSIX XSH `pthread_condattr_destroy`. There is nothing to free.
    fn pthread_condattr_destroy(_attr: &CondAttr) -> status {}

    /// POSIX XSH `pthread_condattr_setclock`: `EINVAL` for a CPU-time clock.
    fn pthread_condattr_setclock(attr: &CondAttr, clock: ClockId) -> status {
        attr.put(MONOTONIC, clock.clock()? == Clock::Monotonic);
    }

    /// POSIX XSH `pthread_condattr_getclock`.
    fn pthread_condattr_getclock(attr: &CondAttr, clock: &Cell<ClockId>) -> status {
        clock.set(ClockId::of(attr.clock()));
    }

    /// POSIX XSH `pthread_condattr_setpshared`.
    fn pthread_condattr_setpshared(attr: &CondAttr, pshared: c_int) -> status {
        attr.put(SHARED, shared::parse(pshared)?);
    }

    /// POSIX XSH `pthread_condattr_getpshared`.
    fn pthread_condattr_getpshared(attr: &CondAttr, pshared: &Cell<c_int>) -> status {
        pshared.set(shared::number(attr.0.get() & SHARED != 0));
    }
}
