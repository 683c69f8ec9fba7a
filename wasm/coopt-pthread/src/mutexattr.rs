//! `pthread_mutexattr_*`.

use core::cell::Cell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;

use coopt_abi::header::{
    PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ROBUST,
    PTHREAD_MUTEX_STALLED, PTHREAD_PRIO_INHERIT, PTHREAD_PRIO_NONE, PTHREAD_PRIO_PROTECT,
};
use coopt_sync::{Kind, Mutex};
use coopt_threads::mutex::Protocol;
use coopt_threads::mutex::kind::{self, INHERIT, PROTECT, SHARED};

use crate::answer::{c_functions, fits};
use crate::errno::Errno;
use crate::{priority, shared};

/// `pthread_mutexattr_t`: the first word of the mutexes to be made ([`kind`]).
#[repr(transparent)]
pub struct MutexAttr(Cell<c_uint>);

fits!(MutexAttr, "pthread_mutexattr_t");

/// The types' numbers are those of [`Kind`]: static initialisers hold them.
const _: () = assert!(Kind::Normal.number() == PTHREAD_MUTEX_NORMAL.cast_unsigned());
const _: () = assert!(Kind::Recursive.number() == PTHREAD_MUTEX_RECURSIVE.cast_unsigned());
const _: () = assert!(Kind::ErrorCheck.number() == PTHREAD_MUTEX_ERRORCHECK.cast_unsigned());

impl MutexAttr {
    /// The attributes of a mutex of this kind, the rest as by default.
    pub const fn of(kind: Kind) -> Self {
        Self(Cell::new(kind.number()))
    }

    /// The first word of a mutex with these attributes.
    pub fn bits(&self) -> u32 {
        self.0.get()
    }

    /// Replaces the bits in `mask`.
    fn put(&self, mask: u32, bits: u32) {
        debug_assert!(bits & !mask == 0, "one attribute at a time");
        self.0.set(self.bits() & !mask | bits);
    }
}

c_functions! {
    /// POSIX XSH `pthread_mutexattr_init`.
    fn pthread_mutexattr_init(attr: &mut MaybeUninit<MutexAttr>) -> status {
        attr.write(MutexAttr::of(Kind::Normal));
    }

    /// POSIX XSH `pthread_mutexattr_destroy`. There is nothing to free.
    fn pthread_mutexattr_destroy(_attr: &MutexAttr) -> status {}

    /// POSIX XSH `pthread_mutexattr_settype`.
    fn pthread_mutexattr_settype(attr: &MutexAttr, kind: c_int) -> status {
        match kind {
            PTHREAD_MUTEX_NORMAL | PTHREAD_MUTEX_RECURSIVE | PTHREAD_MUTEX_ERRORCHECK => {
                attr.put(Kind::MASK, kind.cast_unsigned());
            }
            _ => return Err(Errno::INVAL),
        }
    }

    /// POSIX XSH `pthread_mutexattr_gettype`.
    fn pthread_mutexattr_gettype(attr: &MutexAttr, kind: &Cell<c_int>) -> status {
        kind.set(Kind::from_number(attr.bits()).number().cast_signed());
    }

    /// POSIX XSH `pthread_mutexattr_setpshared`.
    fn pthread_mutexattr_setpshared(attr: &MutexAttr, pshared: c_int) -> status {
        attr.put(SHARED, if shared::parse(pshared)? { SHARED } else { 0 });
    }

    /// POSIX XSH `pthread_mutexattr_getpshared`.
    fn pthread_mutexattr_getpshared(attr: &MutexAttr, pshared: &Cell<c_int>) -> status {
        pshared.set(shared::number(attr.bits() & SHARED != 0));
    }

    /// POSIX XSH `pthread_mutexattr_setrobust`.
    fn pthread_mutexattr_setrobust(attr: &MutexAttr, robust: c_int) -> status {
        attr.put(Mutex::ROBUST, match robust {
            PTHREAD_MUTEX_STALLED => 0,
            PTHREAD_MUTEX_ROBUST => Mutex::ROBUST,
            _ => return Err(Errno::INVAL),
        });
    }

    /// POSIX XSH `pthread_mutexattr_getrobust`.
    fn pthread_mutexattr_getrobust(attr: &MutexAttr, robust: &Cell<c_int>) -> status {
        robust.set(match attr.bits() & Mutex::ROBUST {
            0 => PTHREAD_MUTEX_STALLED,
            _ => PTHREAD_MUTEX_ROBUST,
        });
    }

    /// POSIX XSH `pthread_mutexattr_setprotocol`.
    fn pthread_mutexattr_setprotocol(attr: &MutexAttr, protocol: c_int) -> status {
        attr.put(INHERIT | PROTECT, match protocol {
            PTHREAD_PRIO_NONE => 0,
            PTHREAD_PRIO_INHERIT => INHERIT,
            PTHREAD_PRIO_PROTECT => PROTECT,
            _ => return Err(Errno::INVAL),
        });
    }

    /// POSIX XSH `pthread_mutexattr_getprotocol`.
    fn pthread_mutexattr_getprotocol(attr: &MutexAttr, protocol: &Cell<c_int>) -> status {
        protocol.set(match kind::protocol(attr.bits()) {
            Protocol::None => PTHREAD_PRIO_NONE,
            Protocol::Inherit => PTHREAD_PRIO_INHERIT,
            Protocol::Protect => PTHREAD_PRIO_PROTECT,
        });
    }

    /// POSIX XSH `pthread_mutexattr_setprioceiling`: `EINVAL` for a priority
    /// that `SCHED_FIFO` does not have.
    fn pthread_mutexattr_setprioceiling(attr: &MutexAttr, ceiling: c_int) -> status {
        let ceiling = priority::realtime(ceiling).ok_or(Errno::INVAL)?;
        attr.0.set(kind::with_ceiling(attr.bits(), ceiling));
    }

    /// POSIX XSH `pthread_mutexattr_getprioceiling`.
    fn pthread_mutexattr_getprioceiling(attr: &MutexAttr, ceiling: &Cell<c_int>) -> status {
        ceiling.set(priority::as_int(kind::ceiling(attr.bits())));
    }
}
