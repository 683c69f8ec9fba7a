//! `pthread_mutexattr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;

use coopt_sync::{Kind, Mutex};

use super::kind::{self, INHERIT, PROTECT, Protocol, SHARED};
use crate::errno::{Errno, status};
use crate::priority;
use crate::shared;

/// `pthread_mutexattr_t` (`bits/alltypes.h`: one unsigned): the first word of
/// the mutexes to be made ([`kind`]).
#[repr(transparent)]
pub struct MutexAttr(Cell<c_uint>);

const _: () = assert!(size_of::<MutexAttr>() == 4 && align_of::<MutexAttr>() == 4);

/// `PTHREAD_MUTEX_*` of `pthread.h` are the numbers of [`Kind`].
const _: () = assert!(Kind::Normal.number() == 0);
const _: () = assert!(Kind::Recursive.number() == 1);
const _: () = assert!(Kind::ErrorCheck.number() == 2);

/// `PTHREAD_MUTEX_STALLED`, `_ROBUST`, `PTHREAD_PRIO_*` (`pthread.h`).
const STALLED: c_int = 0;
const ROBUST: c_int = 1;
const PRIO_NONE: c_int = 0;
const PRIO_INHERIT: c_int = 1;
const PRIO_PROTECT: c_int = 2;

impl MutexAttr {
    /// The attributes of a mutex of this kind, the rest as by default.
    pub const fn of(kind: Kind) -> Self {
        Self(Cell::new(kind.number()))
    }

    /// The first word of a mutex with these attributes.
    pub fn bits(&self) -> u32 {
        self.0.get()
    }

    fn kind(&self) -> Kind {
        Kind::from_number(self.bits())
    }

    /// Replaces the bits in `mask`.
    fn put(&self, mask: u32, bits: u32) {
        debug_assert!(bits & !mask == 0, "one attribute at a time");
        self.0.set(self.bits() & !mask | bits);
    }

    fn set_kind(&self, number: c_int) -> Result<(), Errno> {
        let number = u32::try_from(number).map_err(|_| Errno::INVAL)?;
        if number > Kind::ErrorCheck.number() {
            return Err(Errno::INVAL);
        }
        self.put(Kind::MASK, number);
        Ok(())
    }

    fn set_shared(&self, pshared: c_int) -> Result<(), Errno> {
        let bit = if shared::parse(pshared)? { SHARED } else { 0 };
        self.put(SHARED, bit);
        Ok(())
    }

    fn set_robust(&self, robust: c_int) -> Result<(), Errno> {
        let bit = match robust {
            STALLED => 0,
            ROBUST => Mutex::ROBUST,
            _ => return Err(Errno::INVAL),
        };
        self.put(Mutex::ROBUST, bit);
        Ok(())
    }

    fn set_protocol(&self, protocol: c_int) -> Result<(), Errno> {
        let bit = match protocol {
            PRIO_NONE => 0,
            PRIO_INHERIT => INHERIT,
            PRIO_PROTECT => PROTECT,
            _ => return Err(Errno::INVAL),
        };
        self.put(INHERIT | PROTECT, bit);
        Ok(())
    }

    fn set_ceiling(&self, ceiling: c_int) -> Result<(), Errno> {
        let ceiling = priority::realtime(ceiling).ok_or(Errno::INVAL)?;
        self.0.set(kind::with_ceiling(self.bits(), ceiling));
        Ok(())
    }
}

/// POSIX XSH `pthread_mutexattr_init`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_init(attr: &mut MaybeUninit<MutexAttr>) -> c_int {
    attr.write(MutexAttr::of(Kind::Normal));
    0
}

/// POSIX XSH `pthread_mutexattr_destroy`. It holds nothing.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_destroy(_attr: &MutexAttr) -> c_int {
    0
}

/// POSIX XSH `pthread_mutexattr_settype`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_settype(attr: &MutexAttr, kind: c_int) -> c_int {
    status(attr.set_kind(kind))
}

/// POSIX XSH `pthread_mutexattr_gettype`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_gettype(attr: &MutexAttr, kind: &Cell<c_int>) -> c_int {
    kind.set(attr.kind().number().cast_signed());
    0
}

/// POSIX XSH `pthread_mutexattr_setpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_setpshared(attr: &MutexAttr, pshared: c_int) -> c_int {
    status(attr.set_shared(pshared))
}

/// POSIX XSH `pthread_mutexattr_getpshared`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_getpshared(attr: &MutexAttr, pshared: &Cell<c_int>) -> c_int {
    pshared.set(shared::number(attr.bits() & SHARED != 0));
    0
}

/// POSIX XSH `pthread_mutexattr_setrobust`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_setrobust(attr: &MutexAttr, robust: c_int) -> c_int {
    status(attr.set_robust(robust))
}

/// POSIX XSH `pthread_mutexattr_getrobust`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_getrobust(attr: &MutexAttr, robust: &Cell<c_int>) -> c_int {
    let is_robust = attr.bits() & Mutex::ROBUST != 0;
    robust.set(if is_robust { ROBUST } else { STALLED });
    0
}

/// POSIX XSH `pthread_mutexattr_setprotocol`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_setprotocol(attr: &MutexAttr, protocol: c_int) -> c_int {
    status(attr.set_protocol(protocol))
}

/// POSIX XSH `pthread_mutexattr_getprotocol`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_getprotocol(attr: &MutexAttr, protocol: &Cell<c_int>) -> c_int {
    protocol.set(match kind::protocol(attr.bits()) {
        Protocol::None => PRIO_NONE,
        Protocol::Inherit => PRIO_INHERIT,
        Protocol::Protect => PRIO_PROTECT,
    });
    0
}

/// POSIX XSH `pthread_mutexattr_setprioceiling`: `EINVAL` for a priority that
/// is none of `SCHED_FIFO`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_setprioceiling(attr: &MutexAttr, ceiling: c_int) -> c_int {
    status(attr.set_ceiling(ceiling))
}

/// POSIX XSH `pthread_mutexattr_getprioceiling`.
#[unsafe(no_mangle)]
pub extern "C" fn pthread_mutexattr_getprioceiling(
    attr: &MutexAttr,
    ceiling: &Cell<c_int>,
) -> c_int {
    ceiling.set(priority::as_int(kind::ceiling(attr.bits())));
    0
}
